import type { ICredentialDataDecryptedObject, IDataObject } from 'n8n-workflow';
import nock from 'nock';

import { CrosspostInstagramAccessTokenApi } from '@/credentials/CrosspostInstagramAccessTokenApi.credentials';
import { CrosspostInstagramFacebookOAuth2Api } from '@/credentials/CrosspostInstagramFacebookOAuth2Api.credentials';
import { CrosspostInstagramOAuth2Api } from '@/credentials/CrosspostInstagramOAuth2Api.credentials';
import { Instagram } from '@/nodes/Instagram/Instagram.node';
import type { TokenData } from '@/nodes/shared/contract/authMethod';
import type { conversation } from '@/test/support/conversation';
import { type TestNode } from '@/test/support/n8n';
import { byId, formOf, fromUrls as urls, keptToken, publishingNode } from '@/test/support/node';

export { formOf, outcome } from '@/test/support/node';

export const HOST = 'https://graph.instagram.com';
export const FACEBOOK = 'https://graph.facebook.com';
export const SECRET = 'app-secret-1234';
/** The account that posts. */
export const ME = '17841400000000099';

const DAY = 86_400_000;

/** A token as the pack stores it in the credential. */
export const longToken = (access_token = 'IGlong-token-1', left = 50 * DAY) =>
	keptToken(access_token, { left, account: { id: ME, name: 'alice' } });

const WAYS = {
	instagramLogin: () => new CrosspostInstagramOAuth2Api(),
	facebookLogin: () => new CrosspostInstagramFacebookOAuth2Api(),
	accessToken: () => new CrosspostInstagramAccessTokenApi(),
};

export type Way = keyof typeof WAYS;

export interface Setup {
	way?: Way;
	token?: TokenData;
	/** Further data of the credential, beside the token. */
	credential?: ICredentialDataDecryptedObject;
}

export function instagramNode(parameters: IDataObject, setup: Setup = {}): TestNode {
	const { way = 'instagramLogin', token = longToken(), credential = {} } = setup;
	const app = { clientId: 'app', clientSecret: SECRET };
	const data =
		way === 'accessToken' ? credential : { ...app, oauthTokenData: token, ...credential };
	return publishingNode(
		{ authentication: way, ...parameters },
		{ type: new Instagram(), credential: WAYS[way](), data },
	);
}

/** The node with Facebook Login, posting as the selected account. */
export const byFacebook = (parameters: IDataObject, setup: Setup = {}) =>
	instagramNode({ target: byId(ME), ...parameters }, { way: 'facebookLogin', ...setup });

/** Files on the host below, or at complete URLs. */
export const fromUrls = (...media: Parameters<typeof urls>) =>
	urls(...media.map((one) => (typeof one === 'string' ? `${FILES}${one}` : one)));

export const FILES = 'https://files.example.org';

export const serve = (files: Record<string, Buffer>) => {
	for (const [path, file] of Object.entries(files)) {
		const headers = { 'content-length': String(file.length) };
		nock(FILES).get(path).reply(200, file, headers);
	}
};

export const MEDIA = `/v26.0/${ME}/media`;
export const PUBLISH = `/v26.0/${ME}/media_publish`;

export const finished = (id: string) => ({ id, status_code: 'FINISHED' });

/** A post in the vendor's form. */
export const shown = (id: string, change: IDataObject = {}) => ({
	id,
	permalink: `https://www.instagram.com/p/C${id}/`,
	media_type: 'IMAGE',
	media_product_type: 'FEED',
	caption: 'Hello',
	timestamp: '2026-11-21T10:00:00+0000',
	username: 'alice',
	...change,
});

/** The requests for a post of one container: make it, wait, publish, read the link. */
export const post = (id: string, made = `c${id}`) =>
	[
		['POST', MEDIA, 200, { id: made }],
		['GET', `/v26.0/${made}`, 200, finished(made)],
		['POST', PUBLISH, 200, { id }],
		['GET', `/v26.0/${id}`, 200, shown(id)],
	] as const;

/** Returns the fields of the containers that were made. */
export const madeIn = ({ requests }: ReturnType<typeof conversation>) =>
	requests
		.filter(({ method, path }) => method === 'POST' && path === MEDIA)
		.map(({ body }) => formOf(body));
