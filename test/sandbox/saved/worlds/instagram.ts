import type { IDataObject } from 'n8n-workflow';

import { startSandbox, type Sandbox } from '../..';
import { userId, type InstagramState } from '../../instagram/model';
import type { Crawl } from './files';
import { app, CLIENT_SECRET, longToken, minutesAgo, worldOf, type World } from './world';

/** A post of each kind; the first one has comments. */
function instagramSeeds({ state }: Sandbox<InstagramState>): IDataObject {
	const media = { ...{ id: '1', type: 'image/jpeg', length: 1, sha256: null }, width: 100 };
	const types = ['IMAGE', 'IMAGE', 'REELS', 'STORIES'] as const;
	const made = types.map((mediaType, at) => ({
		...{ id: `1220000000000000${at}`, account: 'demo', text: `Post ${at + 1}`, media: [media] },
		...{ url: `https://www.instagram.com/p/C${at}/`, shortcode: `C${at}`, mediaType },
		...{ createdAt: minutesAgo(4 - at), options: {}, commentEnabled: true },
	}));
	state.posts.push(...made);
	const [{ id: post, url }, , { id: reel }, { id: story }] = made;
	const comment = { post, account: 'second', text: 'Nice' };
	const [one] = [1, 2].map(() => state.addComment(comment).id);
	return { post, url, reel, story, comment: one };
}

export async function world(crawl: Crawl): Promise<World> {
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
