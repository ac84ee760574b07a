import type { ICredentialDataDecryptedObject } from 'n8n-workflow';

import { CrosspostMastodonOAuth2Api } from '../../credentials/CrosspostMastodonOAuth2Api.credentials';
import { instanceBase } from '../../nodes/Mastodon/address';
import { Mastodon } from '../../nodes/Mastodon/Mastodon.node';
import { testNode } from '../support/n8n';

const resolved = async (data: ICredentialDataDecryptedObject) => {
	const type = new CrosspostMastodonOAuth2Api();
	const node = testNode({ type: new Mastodon(), parameters: {}, credentials: [{ type, data }] });
	return await node.loadOptions().getCredentials(type.name);
};

describe('the instance URL', () => {
	it.each([
		['social.example', 'https://social.example'],
		[' https://social.example/ ', 'https://social.example'],
		['https://social.example/@alice/1?x#y', 'https://social.example'],
		['@alice@social.example', 'https://social.example'],
		['alice@social.example', 'https://social.example'],
		['social.example/@alice', 'https://social.example'],
		['http://127.0.0.1:5700/', 'http://127.0.0.1:5700'],
		['HTTPS://Social.Example', 'HTTPS://Social.Example'],
		['xn--mxahbxey0c.example:8443', 'https://xn--mxahbxey0c.example:8443'],
	])('typed as %s is %s, also for connecting', async (typed, base) => {
		expect(instanceBase(typed)).toBe(base);
		expect(await resolved({ instanceUrl: typed })).toMatchObject({
			authUrl: `${base}/oauth/authorize`,
			accessTokenUrl: `${base}/oauth/token`,
		});
	});
});

it.each(['', ' ', 'https://', 'https:/m.s', 'ftp://m.s', 'me:pw@m.s', 'm s'])(
	'the instance URL typed as "%s" is refused by name and gets no token',
	async (typed) => {
		expect(() => instanceBase(typed)).toThrow('The field Instance URL of the credential');
		expect(await resolved({ instanceUrl: typed })).toMatchObject({
			authUrl: 'https://instance-url.invalid/oauth/authorize',
		});
	},
);

describe('the scopes', () => {
	const WRITE = 'read:accounts read:statuses write:statuses write:media';

	it.each<[string, ICredentialDataDecryptedObject, string]>([
		['by default', {}, WRITE],
		['with further ones', { extendedScopes: ['read:search'] }, `${WRITE} read:search`],
		['by hand', { extendedScopes: ['read:search'], customScope: ' read write ' }, 'read write'],
	])('are what is needed %s', async (_how, data, scope) => {
		expect(await resolved({ instanceUrl: 'social.example', ...data })).toMatchObject({ scope });
	});
});
