import type { IDataObject } from 'n8n-workflow';

import { startSandbox, type Sandbox } from '../..';
import type { MastodonState } from '../../mastodon/model';
import { app, CLIENT_SECRET, DAY, tokenOf, worldOf, type World } from './world';

/** The account's posts, published and scheduled, and one by somebody else. */
function mastodonSeeds({ state }: Sandbox<MastodonState>): IDataObject {
	const [{ id: post, url }] = ['Post 1', 'Post 2'].map((text) =>
		state.addPost({ account: 'demo', text }),
	);
	const second = state.addPost({ account: 'second', text: 'Am I right?' });
	const draft = { account: 'demo', text: 'Later', media: [], options: second.options };
	const times = { scheduledAt: Date.now() + DAY, createdAt: Date.now() };
	const [scheduled] = ['115600000000000001', '115600000000000002'].map((id) => {
		state.scheduled.push({ id, account: 'demo', draft, ...times });
		return id;
	});
	return { post, url, second: second.id, secondUrl: second.url, scheduled };
}

export async function world(): Promise<World> {
	const sandbox = await startSandbox('mastodon', {
		...{ rateLimits: false, client: { secret: CLIENT_SECRET } },
	});
	const instanceUrl = sandbox.url;
	const scopes = ['read:accounts', 'read:statuses', 'read:search', 'write:statuses', 'write:media'];
	const issued = sandbox.issueToken({ scopes });
	const oauthTokenData = tokenOf(issued, ' ', 0);
	return worldOf(
		sandbox,
		{
			crosspostMastodonOAuth2Api: { instanceUrl, ...app('mastodon-client'), oauthTokenData },
			crosspostMastodonAccessTokenApi: { instanceUrl, accessToken: issued.accessToken },
		},
		mastodonSeeds(sandbox),
	);
}
