import { startSandbox } from '../..';
import type { Crawl } from './files';
import { app, CLIENT_SECRET, DAY, tokenOf, worldOf, type World } from './world';

export async function world(crawl: Crawl): Promise<World> {
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
