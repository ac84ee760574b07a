import { instagram } from '@/nodes/Instagram/instagram';
import { jpeg } from '@/test/support/mediaFixtures';
import { fromBinary } from '@/test/support/node';
import type { Subject } from '../readBack/subject';
import * as setup from './instagramSetup';

const square = { data: jpeg(100, 100), fileName: 'a.jpg', mimeType: 'image/jpeg' };

export const subjects: Subject[] = [
	{
		name: 'Instagram',
		platform: instagram,
		use: () => setup.useInstagram({ quota: 10_000 }),
		sandbox: () => setup.sandbox,
		node: (parameters) => setup.node(parameters),
		parameters: { media: fromBinary('square') },
		files: { square },
		posts: () => setup.held(),
		publish: { operation: 'publish' },
		looks: ['list'],
		unlisted: ['already_published', 'outcome_unknown'],
	},
];
