import { startSandbox } from '../..';
import { MEMBER_SCOPES, ORGANIZATION_SCOPES } from '../../linkedIn/model';
import { app, CLIENT_SECRET, DAY, tokenOf, worldOf, type World } from './world';

export async function world(): Promise<World> {
	const sandbox = await startSandbox('linkedIn', {
		...{
			partSize: 80_000,
			processing: 3000,
			client: { id: 'linkedin-client', secret: CLIENT_SECRET },
		},
		// LinkedIn grants the last scope to few apps.
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
