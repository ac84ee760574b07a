import { pinterest } from '@/nodes/Pinterest/pinterest';
import { png } from '@/test/support/mediaFixtures';
import { fromBinary } from '@/test/support/node';
import type { Subject } from '../readBack/subject';
import * as setup from './pinterestSetup';

const picture = { data: png(40, 60), fileName: 'a.png', mimeType: 'image/png' };

export const subjects: Subject[] = [
	{
		name: 'Pinterest',
		platform: pinterest,
		use: () => setup.usePinterest(),
		sandbox: () => setup.sandbox,
		node: (parameters) => setup.node(parameters),
		parameters: { media: fromBinary('picture') },
		files: { picture },
		posts: () => setup.sandbox.state.posts,
		publish: { operation: 'publish' },
		looks: ['board.pins'],
	},
];
