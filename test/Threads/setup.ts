import { createHash } from 'node:crypto';
import type { IDataObject } from 'n8n-workflow';

import { CrosspostThreadsOAuth2Api } from '@/credentials/CrosspostThreadsOAuth2Api.credentials';
import { Threads } from '@/nodes/Threads/Threads.node';
import type { TokenData } from '@/nodes/shared/contract/authMethod';
import type { conversation } from '@/test/support/conversation';
import { testNode, type TestNode } from '@/test/support/n8n';

export { outcome } from '@/test/support/n8n';

export const HOST = 'https://graph.threads.net';
export const SECRET = 'app-secret-1234';

const DAY = 86_400_000;

/** A token as the pack leaves it in the credential. */
export function longToken(access_token = 'long-token-1', left = 50 * DAY): TokenData {
	return {
		access_token,
		expires_in: 5_184_000,
		n8n_expires_at: String(Date.now() + left),
		scope: 'threads_basic,threads_content_publish',
		crosspost: {
			of: createHash('sha256').update(access_token).digest('hex'),
			own: true,
			account: { id: '99', name: 'alice' },
		},
	};
}

export interface Setup {
	token?: TokenData;
	continueOnFail?: boolean;
	withoutStore?: boolean;
	apiBaseUrl?: string;
	clientSecret?: string;
}

export function threadsNode(parameters: IDataObject, setup: Setup = {}): TestNode {
	const { token = longToken(), apiBaseUrl = HOST, clientSecret = SECRET, ...more } = setup;
	return testNode({
		type: new Threads(),
		parameters: { resource: 'post', operation: 'publish', ...parameters },
		credentials: [
			{
				type: new CrosspostThreadsOAuth2Api(),
				data: { clientId: 'app', clientSecret, apiBaseUrl, oauthTokenData: token },
			},
		],
		continueOnFail: true,
		...more,
	});
}

/** The Media field as the editor stores it. */
export function fromUrls(...media: Array<{ url: string; altText?: string }>): IDataObject {
	return { medium: media.map((one) => ({ source: 'url', ...one })) };
}

export const finished = (id: string) => ({ id, status: 'FINISHED' });

/** A post as the reading calls give it. */
export const shown = (id: string, change: IDataObject = {}) => ({
	id,
	permalink: `https://www.threads.net/@alice/post/C${id}`,
	text: 'Hello',
	timestamp: '2026-11-21T10:00:00+0000',
	...change,
});

/** What a post of one container takes: make it, wait, publish, read the link. */
export const post = (id: string, made = `c${id}`) =>
	[
		['POST', '/v1.0/me/threads', 200, { id: made }],
		['GET', `/v1.0/${made}`, 200, finished(made)],
		['POST', '/v1.0/me/threads_publish', 200, { id }],
		['GET', `/v1.0/${id}`, 200, shown(id)],
	] as const;

/** A form as its fields. */
export const formOf = (body: unknown) => Object.fromEntries(new URLSearchParams(String(body)));

/** The containers that were asked for, by their fields. */
export const madeIn = ({ requests }: ReturnType<typeof conversation>) =>
	requests
		.filter(({ method, path }) => method === 'POST' && path === '/v1.0/me/threads')
		.map(({ body }) => formOf(body));
