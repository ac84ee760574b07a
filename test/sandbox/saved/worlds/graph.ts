import { createHash } from 'node:crypto';

import type { IDataObject } from 'n8n-workflow';

import { startSandbox, type Sandbox } from '../..';
import type { FacebookState } from '../../facebook/model';
import { userId, type InstagramState } from '../../instagram/model';
import type { Crawl } from './web';
import { CLIENT_SECRET, DAY, worldOf, type World } from './world';

/** A token as the pack leaves it in the credential. */
function longToken(access_token: string, account: IDataObject, scope?: string): IDataObject {
	return {
		...{ access_token, expires_in: 5_184_000, ...(scope && { scope }) },
		n8n_expires_at: String(Date.now() + 50 * DAY),
		crosspost: {
			...{ of: createHash('sha256').update(access_token).digest('hex'), own: true, account },
		},
	};
}

const app = (clientId: string) => ({ clientId, clientSecret: CLIENT_SECRET });
const timed = (at: number) => new Date(Date.now() - at * 60_000).toISOString();

/** Two posts of the first Page with comments, and one that waits. */
function facebookSeeds({ state, url }: Sandbox<FacebookState>): IDataObject {
	const { id: page, name } = state.pages[0];
	const post = { media: [], options: {}, page, account: name, kind: 'feed' as const };
	const [first, , later] = [1, 2, 3].map((at) => {
		const id = `${page}_12200000000000000${at}`;
		const scheduled = at === 3 && { scheduled: Math.floor((Date.now() + 2 * DAY) / 1000) };
		const made = { ...post, id, text: `Post ${at}`, createdAt: timed(at), published: at < 3 };
		state.posts.push({ ...made, url: `${url}/${id}`, ...scheduled });
		return id;
	});
	const comment = { on: first, from: 'second', message: 'Nice' };
	const [one] = [1, 2].map(() => state.addComment(comment).id);
	const address = `https://www.facebook.com/${first.replace('_', '/posts/')}`;
	return { page, post: first, url: address, comment: one, scheduled: later };
}

export async function facebookWorld(crawl: Crawl): Promise<World> {
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

/** A post of each kind, the first one with comments. */
function instagramSeeds({ state }: Sandbox<InstagramState>): IDataObject {
	const media = { ...{ id: '1', type: 'image/jpeg', length: 1, sha256: null }, width: 100 };
	const types = ['IMAGE', 'IMAGE', 'REELS', 'STORIES'] as const;
	const made = types.map((mediaType, at) => ({
		...{ id: `1220000000000000${at}`, account: 'demo', text: `Post ${at + 1}`, media: [media] },
		...{ url: `https://www.instagram.com/p/C${at}/`, shortcode: `C${at}`, mediaType },
		...{ createdAt: timed(4 - at), options: {}, commentEnabled: true },
	}));
	state.posts.push(...made);
	const [{ id: post, url }, , { id: reel }, { id: story }] = made;
	const comment = { post, account: 'second', text: 'Nice' };
	const [one] = [1, 2].map(() => state.addComment(comment).id);
	return { post, url, reel, story, comment: one };
}

export async function instagramWorld(crawl: Crawl): Promise<World> {
	const client = { secret: CLIENT_SECRET };
	const sandbox = await startSandbox('instagram', { crawl, client, facebook: { client } });
	const account = { id: userId('demo'), name: 'demo' };
	const seeds = { account: account.id, ...instagramSeeds(sandbox) };
	const { accessToken } = sandbox.issueToken();
	const facebook = sandbox.issueToken({ kind: 'facebook' }).accessToken;
	return worldOf(
		sandbox,
		{
			crosspostInstagramOAuth2Api: {
				...{ apiBaseUrl: sandbox.url, ...app('instagram-client') },
				oauthTokenData: longToken(accessToken, account),
			},
			crosspostInstagramFacebookOAuth2Api: {
				...{ apiBaseUrl: `${sandbox.url}/facebook`, ...app('facebook-client') },
				oauthTokenData: longToken(facebook, account),
			},
			crosspostInstagramAccessTokenApi: { apiBaseUrl: sandbox.url, accessToken },
		},
		seeds,
	);
}

export async function threadsWorld(crawl: Crawl): Promise<World> {
	const sandbox = await startSandbox('threads', { crawl, client: { secret: CLIENT_SECRET } });
	const [post, answer] = ['Post 1', 'Post 2'].map((text) =>
		sandbox.state.addPost({ account: 'demo', text }),
	);
	for (const text of ['Yes', 'No'])
		sandbox.state.addPost({ account: 'second', text, replyTo: post.id });
	const { accessToken } = sandbox.issueToken();
	const scope = 'threads_basic,threads_content_publish';
	const token = longToken(accessToken, { id: '99', name: 'demo' }, scope);
	const hosts = { apiBaseUrl: sandbox.url };
	return worldOf(
		sandbox,
		{
			crosspostThreadsOAuth2Api: { ...hosts, ...app('threads-client'), oauthTokenData: token },
			crosspostThreadsAccessTokenApi: { ...hosts, clientSecret: CLIENT_SECRET, accessToken },
		},
		{ post: post.id, url: post.url, second: answer.id },
	);
}
