import { mastodon } from '@/nodes/Mastodon/mastodon';
import { mastodonNode } from '@/test/Mastodon/setup';
import { served, type Subject } from '../readBack/subject';

const { use, sandbox } = served('mastodon', { rateLimits: false });
const scopes = ['read:accounts', 'read:statuses', 'write:statuses', 'write:media'];

export const subjects: Subject[] = [
	{
		name: 'Mastodon',
		...{ platform: mastodon, use, sandbox },
		node: (parameters) =>
			mastodonNode(parameters, {
				instanceUrl: sandbox().url,
				token: sandbox().issueToken({ scopes }).accessToken,
				continueOnFail: true,
			}),
		posts: () => sandbox().state.posts,
		publish: { operation: 'publish' },
		looks: ['list'],
		unlisted: ['published'],
	},
];
