import { createHmac } from 'node:crypto';
import type { ICredentialType } from 'n8n-workflow';

import { staticToken } from '@/nodes/shared/connection/staticToken';
import type { Request } from '@/nodes/shared/contract/api';
import type { AuthMethod } from '@/nodes/shared/contract/authMethod';
import { conversation, type Said } from '@/test/support/conversation';
import { leaksIn } from '@/test/support/leaksIn';
import { outcome, testNode } from '@/test/support/n8n';
import { HOST, nodeOf, samplePlatform } from '@/test/support/platform';

const EVIL = 'https://evil.example';
const KEY = '65f1a2b3c4d5e6f7:0011223344556677';
const HOOK = `${HOST}/hooks/112233445566/AbCdEf-0123456789_xyz`;

interface Form {
	method: Partial<AuthMethod>;
	/** The pasted data. */
	data: Record<string, string>;
	/** The request on the wire. */
	path: string;
	query?: Record<string, string>;
	authorization?: string;
	/** The form in which the token is sent. */
	shown: string;
}

const base64 = (text: string) => Buffer.from(text).toString('base64');

const header = (authorization: string, method: Partial<AuthMethod> = {}): Form => ({
	...{ method, data: { key: KEY }, path: '/posts', authorization },
	shown: authorization.replace(/^\w+ /, ''),
});

/** Makes a token for one request. */
const jwt = (key: string) => {
	const [id, secret] = key.split(':');
	const claims = [{ alg: 'HS256', kid: id }, { aud: '/admin/' }];
	const body = claims.map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'));
	const signature = createHmac('sha256', Buffer.from(secret, 'hex')).update(body.join('.'));
	return [...body, signature.digest('base64url')].join('.');
};

const forms: Record<string, Form> = {
	'a bearer token': header(`Bearer ${KEY}`),
	'the token of a bot': header(`Bot ${KEY}`, {
		auth: (_credential, token) => ({ headers: { authorization: `Bot ${token}` } }),
	}),
	'a user and a key': header(`token alice:${KEY}`, {
		auth: ({ user }, token) => ({ headers: { authorization: `token ${String(user)}:${token}` } }),
	}),
	'Basic authentication': header(`Basic ${base64(`alice:${KEY}`)}`, {
		auth: ({ user }, token) => ({
			headers: { authorization: `Basic ${base64(`${String(user)}:${token}`)}` },
		}),
	}),
	'a token for each request': header(`Ghost ${jwt(KEY)}`, {
		auth: (_credential, token) => ({ headers: { authorization: `Ghost ${jwt(token)}` } }),
	}),
	'a token in the query': {
		method: { auth: (_credential, token) => ({ query: { api_key: token } }) },
		...{ data: { key: KEY }, path: '/posts', query: { api_key: KEY }, shown: KEY },
	},
	'a token in the path': {
		method: { auth: 'none', base: (typed, _credential, token) => `${typed}/bot${token}` },
		...{ data: { key: KEY }, path: `/bot${KEY}/posts`, shown: KEY },
	},
	'the URL of a webhook': {
		method: {
			...{ auth: 'none', host: 'hook', secrets: ['hook'] },
			token: staticToken('sample', 'hook', 'Webhook URL'),
			base: (_typed, _credential, token) => token,
		},
		...{ data: { hook: ` ${HOOK}\n` }, path: `${new URL(HOOK).pathname}/posts`, shown: HOOK },
	},
};

const credentialType: ICredentialType = {
	name: 'sampleApi',
	displayName: 'Sample API',
	properties: [
		{ displayName: 'Base', name: 'base', type: 'hidden', default: HOST },
		{ displayName: 'User', name: 'user', type: 'string', default: 'alice' },
		...['key', 'hook'].map((name) => ({
			...{ displayName: name, name, default: '', type: 'string' as const },
			typeOptions: { password: true },
		})),
	],
};

/** Returns the result of a platform that connects in this way and sends one request. */
async function published(form: Form, request: Partial<Request>) {
	const [json] = await outcome(nodeWith(form, request));
	return json;
}

function nodeWith({ method, data }: Form, request: Partial<Request>) {
	const [usual] = samplePlatform({ token: staticToken('sample', 'key', 'API Key') }).credentials;
	const platform = samplePlatform({
		credentials: [{ ...usual, secrets: ['key'], ...method }],
		publish: async (api) => {
			const sent = { method: 'POST', path: '/posts', body: { text: 'Hello' }, ...request } as const;
			return await api.send<{ id: string }>(sent);
		},
	});
	return testNode({
		type: nodeOf(platform),
		parameters: { resource: 'post', operation: 'publish', text: 'Hello' },
		credentials: [{ type: credentialType, data }],
		continueOnFail: true,
	});
}

const whole = ({ method, path, query, headers, body }: Said) => {
	const { authorization } = headers;
	return { method, path, query, body, ...(authorization && { authorization }) };
};

describe.each(Object.entries(forms))('%s', (_name, form) => {
	const { path, query = {}, authorization, shown } = form;
	const token = form.data.key ?? HOOK;
	const last = token.split('/').at(-1) as string;

	it('is what a request shows', async () => {
		const talk = conversation(HOST, [['POST', path, 200, { id: '9' }]]);
		expect(await published(form, {})).toMatchObject({ status: 'published', id: '9' });
		expect(talk.requests.map(whole)).toEqual([
			{
				...{ method: 'POST', path, query, body: { text: 'Hello' } },
				...(authorization && { authorization }),
			},
		]);
		talk.done();
	});

	it('is kept neither with the post nor with its mark', async () => {
		const talk = conversation(HOST, [['POST', path, 200, { id: '9' }]]);
		const node = nodeWith(form, {});
		await outcome(node);
		talk.done();
		const { executionData, resultData } = node.execution();
		expect(leaksIn([node.processed, executionData, resultData], [last])).toEqual([]);
	});

	it('is hidden where the server repeats it', async () => {
		const said = [shown, encodeURIComponent(shown), base64(shown), token, path, last].join(' and ');
		const talk = conversation(HOST, [['POST', path, 400, { error: said, [shown]: said }]]);
		const text = JSON.stringify(await published(form, {}));
		talk.done();
		expect(text).toContain('[hidden]');
		for (const secret of [shown, token, last]) expect(text).not.toContain(secret);
	});

	it.each([
		['in the address', { path: `${EVIL}/x?next=${encodeURIComponent(token)}` }],
		['in a path', { path: `${EVIL}/${token}/x` }],
		['in the query', { path: `${EVIL}/x`, query: { key: token } }],
		['in a form', { path: `${EVIL}/x`, body: undefined, form: { key: token } }],
		['in a header', { path: `${EVIL}/x`, headers: { 'x-key': token } }],
		['in Basic authentication', { path: `${EVIL}/x`, headers: { 'x-key': base64(`a:${token}`) } }],
	])('takes nothing to a foreign host %s', async (_where, request) => {
		for (const unsigned of [{}, { token: 'none' }]) {
			expect(await published(form, { ...request, ...unsigned })).toMatchObject({
				error: { rule: 'sample.address.foreign' },
			});
		}
	});

	it('takes no request to a foreign host that would be signed', async () => {
		if (form.method.auth === 'none') return;
		expect(await published(form, { path: `${EVIL}/x` })).toMatchObject({
			error: { rule: 'sample.address.foreign' },
		});
	});

	it('is not shown where a request needs none', async () => {
		const talk = conversation(EVIL, [['POST', '/y', 200, { id: '9' }]]);
		expect(await published(form, { path: `${EVIL}/y`, token: 'none' })).toMatchObject({ id: '9' });
		expect(talk.requests.map(whole)).toEqual([
			{ method: 'POST', path: '/y', query: {}, body: { text: 'Hello' } },
		]);
		talk.done();
	});

	it('is asked for where its field is empty', async () => {
		const empty = Object.fromEntries(Object.keys(form.data).map((name) => [name, ' ']));
		expect(await published({ ...form, data: empty }, {})).toMatchObject({
			error: { code: 'validation_failed', rule: expect.stringContaining('sample.credential.') },
		});
	});
});
