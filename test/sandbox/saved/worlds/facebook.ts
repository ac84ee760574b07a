import type { IDataObject } from 'n8n-workflow';

import { startSandbox, type Sandbox } from '../..';
import type { FacebookState } from '../../facebook/model';
import type { Crawl } from './files';
import { app, CLIENT_SECRET, DAY, longToken, minutesAgo, worldOf, type World } from './world';

/** Two posts of the first Page with comments, and a scheduled one. */
function facebookSeeds({ state, url }: Sandbox<FacebookState>): IDataObject {
	const { id: page, name } = state.pages[0];
	const post = { media: [], options: {}, page, account: name, kind: 'feed' as const };
	const [first, , later] = [1, 2, 3].map((at) => {
		const id = `${page}_12200000000000000${at}`;
		const scheduled = at === 3 && { scheduled: Math.floor((Date.now() + 2 * DAY) / 1000) };
		const made = { ...post, id, text: `Post ${at}`, createdAt: minutesAgo(at), published: at < 3 };
		state.posts.push({ ...made, url: `${url}/${id}`, ...scheduled });
		return id;
	});
	const comment = { on: first, from: 'second', message: 'Nice' };
	const [one] = [1, 2].map(() => state.addComment(comment).id);
	const address = `https://www.facebook.com/${first.replace('_', '/posts/')}`;
	return { page, post: first, url: address, comment: one, scheduled: later };
}

export async function world(crawl: Crawl): Promise<World> {
	const client = { secret: CLIENT_SECRET };
	const sandbox = await startSandbox('facebook', { chunk: 2000, crawl, client });
	const seeds = facebookSeeds(sandbox);
	const hosts = { apiBaseUrl: sandbox.url, videoBaseUrl: sandbox.url, webBaseUrl: sandbox.url };
	const { accessToken } = sandbox.issueToken();
	const scope = 'pages_manage_posts,pages_show_list';
	const token = longToken(accessToken, { id: '99', name: 'demo' }, scope);
	return worldOf(
		sandbox,
		{
			crosspostFacebookOAuth2Api: { ...hosts, ...app('facebook-client'), oauthTokenData: token },
			crosspostFacebookAccessTokenApi: { ...hosts, ...app('facebook-client'), accessToken },
		},
		seeds,
	);
}
