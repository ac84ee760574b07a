import { tikTok } from '@/nodes/TikTok/tikTok';
import { jpeg } from '@/test/support/mediaFixtures';
import { fromBinary } from '@/test/support/node';
import type { Subject } from '../readBack/subject';
import * as setup from './tikTokSetup';

const photo = { data: jpeg(540, 960), fileName: 'b.jpg', mimeType: 'image/jpeg' };
const options = { privacy: 'PUBLIC_TO_EVERYONE' };

const onTikTok = {
	platform: tikTok,
	use: () => setup.useTikTok(),
	sandbox: () => setup.sandbox,
	node: (parameters) => {
		const node = setup.node(parameters);
		const run: typeof node.run = async (...asked) =>
			await node.run(...asked).finally(setup.fetched);
		return { ...node, run };
	},
	posts: () => setup.sandbox.state.posts,
} satisfies Partial<Subject>;

export const subjects: Subject[] = [
	{
		...onTikTok,
		name: 'TikTok, a video',
		parameters: { media: fromBinary('film'), options },
		files: { film: setup.film },
		publish: { operation: 'upload' },
		looks: ['status'],
		toldByStatus: ['media_rejected'],
	},
	{
		...onTikTok,
		name: 'TikTok, photos',
		parameters: { media: fromBinary('photo'), options },
		files: { photo },
		publish: { operation: 'init.content' },
		looks: [],
		blind: true,
	},
];
