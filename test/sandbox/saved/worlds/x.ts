import { startSandbox } from '../..';
import { app, CLIENT_SECRET, HOUR, tokenOf, worldOf, type World } from './world';

export async function world(): Promise<World> {
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
