import type { IDataObject } from 'n8n-workflow';

import { startSandbox, type Sandbox } from '../..';
import type { TikTokState } from '../../tikTok/model';
import type { Crawl } from './files';
import { app, CLIENT_SECRET, HOUR, tokenOf, worldOf, type World } from './world';

/** Two posts, and the publish_id of the first one. */
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

export async function world(crawl: Crawl): Promise<World> {
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
		// TikTok fetches media in the background.
		idle: async () => {
			while (busy()) await new Promise((done) => setTimeout(done, 2));
		},
	};
}
