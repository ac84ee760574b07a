import type { IDataObject } from 'n8n-workflow';

import { CrosspostThreadsOAuth2Api } from '@/credentials/CrosspostThreadsOAuth2Api.credentials';
import { Threads } from '@/nodes/Threads/Threads.node';
import type { TokenData } from '@/nodes/shared/contract/authMethod';
import type { conversation } from '@/test/support/conversation';
import { type TestNode } from '@/test/support/n8n';
import { formOf, keptToken, publishingNode } from '@/test/support/node';

export { formOf, fromUrls, outcome } from '@/test/support/node';

export const HOST = 'https://graph.threads.net';
export const SECRET = 'app-secret-1234';

const DAY = 86_400_000;

/** A token as the pack stores it in the credential. */
export const longToken = (access_token = 'long-token-1', left = 50 * DAY) =>
	keptToken(access_token, {
		...{ left, account: { id: '99', name: 'alice' } },
		scope: 'threads_basic,threads_content_publish',
	});

export interface Setup {
	token?: TokenData;
	continueOnFail?: boolean;
	withoutStore?: boolean;
	apiBaseUrl?: string;
	clientSecret?: string;
}

export function threadsNode(parameters: IDataObject, setup: Setup = {}): TestNode {
	const { token = longToken(), apiBaseUrl = HOST, clientSecret = SECRET, ...more } = setup;
	return publishingNode(parameters, {
		type: new Threads(),
		credential: new CrosspostThreadsOAuth2Api(),
		data: { clientId: 'app', clientSecret, apiBaseUrl, oauthTokenData: token },
		...more,
	});
}

export const finished = (id: string) => ({ id, status: 'FINISHED' });

/** A post in the vendor's form. */
export const shown = (id: string, change: IDataObject = {}) => ({
	id,
	permalink: `https://www.threads.net/@alice/post/C${id}`,
	text: 'Hello',
	timestamp: '2026-11-21T10:00:00+0000',
	...change,
});

/** The requests for a post of one container: make it, wait, publish, read the link. */
export const post = (id: string, made = `c${id}`) =>
	[
		['POST', '/v1.0/me/threads', 200, { id: made }],
		['GET', `/v1.0/${made}`, 200, finished(made)],
		['POST', '/v1.0/me/threads_publish', 200, { id }],
		['GET', `/v1.0/${id}`, 200, shown(id)],
	] as const;

/** Returns the fields of the containers that were made. */
export const madeIn = ({ requests }: ReturnType<typeof conversation>) =>
	requests
		.filter(({ method, path }) => method === 'POST' && path === '/v1.0/me/threads')
		.map(({ body }) => formOf(body));
