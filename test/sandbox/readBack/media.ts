import { instagram } from '@/nodes/Instagram/instagram';
import { pinterest } from '@/nodes/Pinterest/pinterest';
import { tikTok } from '@/nodes/TikTok/tikTok';
import { jpeg, png } from '@/test/support/mediaFixtures';
import * as instagramSetup from '../nodes/instagramSetup';
import * as pinterestSetup from '../nodes/pinterestSetup';
import * as tikTokSetup from '../nodes/tikTokSetup';
import type { Subject } from './subject';

const medium = (binaryProperty: string) => ({
	media: { medium: [{ source: 'binary', binaryProperty }] },
});
const photo = { data: jpeg(540, 960), fileName: 'b.jpg', mimeType: 'image/jpeg' };
const square = { data: jpeg(100, 100), fileName: 'a.jpg', mimeType: 'image/jpeg' };
const picture = { data: png(40, 60), fileName: 'a.png', mimeType: 'image/png' };
const options = { privacy: 'PUBLIC_TO_EVERYONE' };

const onTikTok = {
	platform: tikTok,
	use: () => tikTokSetup.useTikTok(),
	sandbox: () => tikTokSetup.sandbox,
	node: (parameters) => {
		const node = tikTokSetup.node(parameters);
		const run: typeof node.run = async (...asked) =>
			await node.run(...asked).finally(tikTokSetup.fetched);
		return { ...node, run };
	},
	posts: () => tikTokSetup.sandbox.state.posts,
} satisfies Partial<Subject>;

/** Platforms that take no posts without media. */
export const withMedia: Subject[] = [
	{
		name: 'Instagram',
		platform: instagram,
		use: () => instagramSetup.useInstagram({ quota: 10_000 }),
		sandbox: () => instagramSetup.sandbox,
		node: (parameters) => instagramSetup.node(parameters),
		parameters: medium('square'),
		files: { square },
		posts: () => instagramSetup.held(),
		publish: { operation: 'publish' },
		looks: ['list'],
		unlisted: ['already_published', 'outcome_unknown'],
	},
	{
		name: 'Pinterest',
		platform: pinterest,
		use: () => pinterestSetup.usePinterest(),
		sandbox: () => pinterestSetup.sandbox,
		node: (parameters) => pinterestSetup.node(parameters),
		parameters: medium('picture'),
		files: { picture },
		posts: () => pinterestSetup.sandbox.state.posts,
		publish: { operation: 'publish' },
		looks: ['board.pins'],
	},
	{
		...onTikTok,
		name: 'TikTok, a video',
		parameters: { ...medium('film'), options },
		files: { film: tikTokSetup.film },
		publish: { operation: 'upload' },
		looks: ['status'],
		toldByStatus: ['media_rejected'],
	},
	{
		...onTikTok,
		name: 'TikTok, photos',
		parameters: { ...medium('photo'), options },
		files: { photo },
		publish: { operation: 'init.content' },
		looks: [],
		blind: true,
	},
];
