import { startSandbox } from '../..';
import type { Crawl } from './files';
import { app, CLIENT_SECRET, longToken, worldOf, type World } from './world';

export async function world(crawl: Crawl): Promise<World> {
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
