import { createHash } from 'node:crypto';
import type { ICredentialDataDecryptedObject, IDataObject } from 'n8n-workflow';
import nock from 'nock';

import { CrosspostInstagramAccessTokenApi } from '@/credentials/CrosspostInstagramAccessTokenApi.credentials';
import { CrosspostInstagramFacebookOAuth2Api } from '@/credentials/CrosspostInstagramFacebookOAuth2Api.credentials';
import { CrosspostInstagramOAuth2Api } from '@/credentials/CrosspostInstagramOAuth2Api.credentials';
import { Instagram } from '@/nodes/Instagram/Instagram.node';
import type { TokenData } from '@/nodes/shared/contract/authMethod';
import type { conversation } from '@/test/support/conversation';
import { testNode, type TestNode } from '@/test/support/n8n';

export { outcome } from '@/test/support/n8n';

export const HOST = 'https://graph.instagram.com';
export const FACEBOOK = 'https://graph.facebook.com';
export const SECRET = 'app-secret-1234';
/** The account that posts. */
export const ME = '17841400000000099';

const DAY = 86_400_000;

/** A token as the pack leaves it in the credential. */
export function longToken(access_token = 'IGlong-token-1', left = 50 * DAY): TokenData {
	return {
		access_token,
		expires_in: 5_184_000,
		n8n_expires_at: String(Date.now() + left),
		crosspost: {
			of: createHash('sha256').update(access_token).digest('hex'),
			own: true,
			account: { id: ME, name: 'alice' },
		},
	};
}

const WAYS = {
	instagramLogin: () => new CrosspostInstagramOAuth2Api(),
	facebookLogin: () => new CrosspostInstagramFacebookOAuth2Api(),
	accessToken: () => new CrosspostInstagramAccessTokenApi(),
};

export type Way = keyof typeof WAYS;

export interface Setup {
	way?: Way;
	token?: TokenData;
	/** Of the credential, beside the token. */
	credential?: ICredentialDataDecryptedObject;
}

export function instagramNode(parameters: IDataObject, setup: Setup = {}): TestNode {
	const { way = 'instagramLogin', token = longToken(), credential = {} } = setup;
	const app = { clientId: 'app', clientSecret: SECRET };
	const data =
		way === 'accessToken' ? credential : { ...app, oauthTokenData: token, ...credential };
	return testNode({
		type: new Instagram(),
		parameters: {
			authentication: way,
			resource: 'post',
			operation: 'publish',
			...parameters,
		},
		credentials: [{ type: WAYS[way](), data }],
		continueOnFail: true,
	});
}

/** With Facebook Login, posting as the account chosen. */
export const byFacebook = (parameters: IDataObject, setup: Setup = {}) =>
	instagramNode(
		{ target: { __rl: true, mode: 'id', value: ME }, ...parameters },
		{ way: 'facebookLogin', ...setup },
	);

/** The Media field as the editor stores it. */
export function fromUrls(...media: Array<string | { url: string; altText?: string }>): IDataObject {
	return {
		medium: media.map((one) => ({
			source: 'url',
			...(typeof one === 'string' ? { url: `${FILES}${one}` } : one),
		})),
	};
}

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

/** A post as the reading calls give it. */
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

/** What a post of one container takes: make it, wait, publish, read the link. */
export const post = (id: string, made = `c${id}`) =>
	[
		['POST', MEDIA, 200, { id: made }],
		['GET', `/v26.0/${made}`, 200, finished(made)],
		['POST', PUBLISH, 200, { id }],
		['GET', `/v26.0/${id}`, 200, shown(id)],
	] as const;

/** A form as its fields. */
export const formOf = (body: unknown) => Object.fromEntries(new URLSearchParams(String(body)));

/** The containers that were asked for, by their fields. */
export const madeIn = ({ requests }: ReturnType<typeof conversation>) =>
	requests
		.filter(({ method, path }) => method === 'POST' && path === MEDIA)
		.map(({ body }) => formOf(body));
