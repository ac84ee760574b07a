import type { IDataObject } from 'n8n-workflow';

import { startSandbox, type Sandbox } from '../..';
import { MEMBER_SCOPES, ORGANIZATION_SCOPES } from '../../linkedIn/model';
import type { MastodonState } from '../../mastodon/model';
import type { TikTokState } from '../../tikTok/model';
import type { Crawl } from './web';
import { CLIENT_SECRET, DAY, worldOf, type World } from './world';

const HOUR = 3_600_000;

const app = (clientId: string) => ({ clientId, clientSecret: CLIENT_SECRET });

/** A token as n8n stores it. */
function tokenOf({ accessToken, refreshToken, scopes }: Issued, separator: string, life: number) {
	return {
		...{ token_type: 'bearer', access_token: accessToken, scope: scopes.join(separator) },
		...(refreshToken && { refresh_token: refreshToken }),
		...(life > 0 && { n8n_expires_at: String(Date.now() + life) }),
	};
}

type Issued = ReturnType<Sandbox<unknown>['issueToken']>;

export async function linkedInWorld(): Promise<World> {
	const sandbox = await startSandbox('linkedIn', {
		...{
			partSize: 80_000,
			processing: 3000,
			client: { id: 'linkedin-client', secret: CLIENT_SECRET },
		},
		// The last one LinkedIn gives to few.
		products: [...MEMBER_SCOPES, ...ORGANIZATION_SCOPES, 'r_member_social'],
	});
	const { state, url } = sandbox;
	const [post] = ['Post 1', 'Post 2'].map((text) => state.addPost({ account: 'demo', text }));
	const author = 'urn:li:organization:1001';
	const works = state.addPost({ account: 'demo', text: 'Ours', author });
	const second = state.addPost({ account: 'second', text: 'Earlier' }).id;
	const token = tokenOf(sandbox.issueToken({ kind: 'all' }), ',', 60 * DAY);
	const credential = {
		...{ apiBaseUrl: url, oauthBaseUrl: url, webBaseUrl: url, ...app('linkedin-client') },
		oauthTokenData: token,
	};
	return worldOf(
		sandbox,
		{ crosspostLinkedInOAuth2Api: credential },
		{
			...{ post: post.id, url: post.url, second },
			...{ organizationPost: works.id, organizationUrl: works.url },
		},
	);
}

/** Posts of the account, out and scheduled, and one of somebody else. */
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

export async function mastodonWorld(): Promise<World> {
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

export async function pinterestWorld(crawl: Crawl): Promise<World> {
	const sandbox = await startSandbox('pinterest', { crawl, client: { secret: CLIENT_SECRET } });
	const { state, url } = sandbox;
	const board = state.boards.find(({ name, account }) => name === 'Travel' && account === 'demo')!;
	const [{ id: section }] = board.sections;
	const pin = { account: 'demo', boardId: board.id, mediaType: 'image' as const };
	const [post] = ['Post 1', 'Post 2'].map((text) =>
		state.addPin({ ...pin, text, sectionId: section }),
	);
	const token = tokenOf(sandbox.issueToken({ kind: 'production' }), ' ', 30 * DAY);
	const hosts = { apiBaseUrl: url, sandboxBaseUrl: `${url}/api-sandbox`, webBaseUrl: url };
	const credential = { ...hosts, ...app('pinterest-client'), oauthTokenData: token };
	return worldOf(
		sandbox,
		{ crosspostPinterestOAuth2Api: credential },
		{ board: board.id, section, post: post.id, url: post.url },
	);
}

/** Two posts, and what the first one was called while it was made. */
function tikTokSeeds({ state }: Sandbox<TikTokState>): IDataObject {
	const [post] = ['Post 1', 'Post 2'].map((text) => state.addPost({ account: 'demo', text }));
	const publishId = 'v_pub_file~v2-1.7573000000000000000';
	state.tasks.push({
		...{ publishId, account: 'demo', draft: false, kind: 'video', info: {}, source: {} },
		...{ createdAt: Date.now(), media: [], taken: true, pollsLeft: 0, moderationLeft: 0 },
		post: post.id,
	});
	return { post: post.id, url: post.url, publishId };
}

export async function tikTokWorld(crawl: Crawl): Promise<World> {
	const sandbox = await startSandbox('tikTok', {
		crawl,
		client: { id: 'tiktok-client', secret: CLIENT_SECRET },
	});
	const { state, url } = sandbox;
	const token = tokenOf(sandbox.issueToken(), ',', 20 * HOUR);
	const hosts = { apiBaseUrl: url, webBaseUrl: url };
	const credential = { ...hosts, ...app('tiktok-client'), oauthTokenData: token };
	const busy = () => state.tasks.some((task) => !task.upload && !task.taken && !task.failed);
	return {
		...worldOf(sandbox, { crosspostTikTokOAuth2Api: credential }, tikTokSeeds(sandbox)),
		// It fetches media in its own time.
		idle: async () => {
			while (busy()) await new Promise((done) => setTimeout(done, 2));
		},
	};
}

export async function xWorld(): Promise<World> {
	const sandbox = await startSandbox('x', { client: { secret: CLIENT_SECRET } });
	const { state, url } = sandbox;
	const [post] = ['Post 1', 'Post 2'].map((text) => state.addPost({ account: 'demo', text }));
	const token = tokenOf(sandbox.issueToken(), ' ', 2 * HOUR);
	const hosts = { apiBaseUrl: url, webBaseUrl: url };
	return worldOf(
		sandbox,
		{ crosspostXOAuth2Api: { ...hosts, ...app('x-client'), oauthTokenData: token } },
		{ post: post.id, url: post.url, community: state.communities[0].id },
	);
}
