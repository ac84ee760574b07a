import type { IDataObject } from 'n8n-workflow';

import { CrosspostMastodonOAuth2Api } from '@/credentials/CrosspostMastodonOAuth2Api.credentials';
import { CrosspostThreadsOAuth2Api } from '@/credentials/CrosspostThreadsOAuth2Api.credentials';
import { CrosspostXOAuth2Api } from '@/credentials/CrosspostXOAuth2Api.credentials';
import { CrosspostTrigger } from '@/nodes/CrosspostTrigger/CrosspostTrigger.node';
import { hashOf } from '@/nodes/shared/connection/storedToken';
import { conversation } from '@/test/support/conversation';
import { testNode } from '@/test/support/n8n';

const THREADS = 'https://graph.threads.net';
const X = 'https://api.x.com';
const MASTODON = 'https://mastodon.example.com';
const NOW = Date.UTC(2026, 10, 22, 12);
const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const SECRETS = /long-|at-\d|rt-\d|app-secret|mastodon-token/;

const threadsToken = (access_token: string, left: number, change: IDataObject = {}) => ({
	access_token,
	expires_in: 60 * 86_400,
	n8n_expires_at: String(NOW + left),
	scope: 'threads_basic,threads_content_publish',
	crosspost: {
		of: hashOf(access_token),
		grant: 'threads-grant',
		own: true,
		account: { id: '99', name: 'alice' },
		checkedAt: NOW - HOUR,
		...change,
	},
});

const xToken = (access_token: string, left: number) => ({
	access_token,
	refresh_token: `rt-${access_token}`,
	scope: 'tweet.read users.read offline.access',
	expires_in: 7200,
	n8n_expires_at: String(NOW + left),
	crosspost: {
		of: hashOf(access_token),
		grant: 'x-grant',
		account: { id: '7', name: 'alice' },
		checkedAt: NOW - HOUR,
	},
});

interface Connections {
	threads?: IDataObject;
	x?: IDataObject;
	mastodon?: IDataObject;
}

const trigger = (tokens: Connections, parameters: IDataObject = {}) =>
	testNode({
		type: new CrosspostTrigger(),
		parameters: {
			platforms: Object.keys(tokens),
			events: ['token.expiring', 'token.revoked', 'token.refreshed', 'scope.missing'],
			daysBefore: '14, 7, 1',
			threadsOperations: ['post.publish'],
			xOperations: [],
			mastodonOperations: [],
			...parameters,
		},
		credentials: [
			{
				type: new CrosspostThreadsOAuth2Api(),
				data: {
					clientId: 'app',
					clientSecret: 'app-secret-1',
					oauthTokenData: tokens.threads ?? {},
				},
			},
			{
				type: new CrosspostXOAuth2Api(),
				data: {
					grantType: 'pkce',
					clientId: 'x',
					clientSecret: 'app-secret-2',
					oauthTokenData: tokens.x ?? {},
				},
			},
			{
				type: new CrosspostMastodonOAuth2Api(),
				data: { instanceUrl: MASTODON, oauthTokenData: tokens.mastodon ?? {} },
			},
		],
	});

const polled = async (node: ReturnType<typeof trigger>, mode?: 'manual') => {
	const events = (await node.poll(mode)).map(({ json }) => json);
	expect(JSON.stringify([events, node.staticData])).not.toMatch(SECRETS);
	return events;
};

beforeEach(() => {
	jest.useFakeTimers({
		now: NOW,
		doNotFake: ['nextTick', 'setImmediate', 'setTimeout', 'clearTimeout', 'queueMicrotask'],
	});
});
afterEach(() => jest.useRealTimers());

it('asks nobody while nothing is due', async () => {
	const node = trigger({ threads: threadsToken('long-1', 30 * DAY), x: xToken('at-1', HOUR) });
	expect(await polled(node)).toEqual([]);
	expect(await polled(node)).toEqual([]);
});

it('renews by itself what is due, stores it and tells so by choice', async () => {
	const talk = conversation(THREADS, [
		['GET', '/refresh_access_token', 200, { access_token: 'long-2', expires_in: 5_184_000 }],
	]);
	const node = trigger({ threads: threadsToken('long-1', 9 * DAY) });
	expect(await polled(node)).toEqual([
		{
			event: 'token.refreshed',
			platform: 'threads',
			account: { id: '99', name: 'alice' },
			credential: 'My crosspostThreadsOAuth2Api',
			expiresAt: '2027-01-21T12:00:00.000Z',
		},
	]);
	expect(node.stored.crosspostThreadsOAuth2Api.oauthTokenData).toMatchObject({
		access_token: 'long-2',
		crosspost: { grant: 'threads-grant', account: { id: '99', name: 'alice' } },
	});
	talk.done();
});

it('warns when renewing has failed for long, once for each threshold', async () => {
	const down = ['GET', '/refresh_access_token', 503, 'sorry'] as const;
	const valid = ['GET', '/v1.0/debug_token', 200, { data: { is_valid: true } }] as const;
	const talk = conversation(THREADS, [down, down, valid, down, down, valid, down]);
	const node = trigger({ threads: threadsToken('long-1', 9 * DAY) }, { daysBefore: '7, 4' });
	const warnings = [expect.stringMatching(/503/) as string];
	expect(await polled(node)).toEqual([]);
	jest.setSystemTime(NOW + 2.5 * DAY);
	expect(await polled(node)).toEqual([]);
	jest.setSystemTime(NOW + 4.1 * DAY);
	expect(await polled(node)).toMatchObject([
		{ event: 'token.expiring', daysUntilExpiry: 4, canRefresh: true, warnings },
	]);
	jest.setSystemTime(NOW + 4.2 * DAY);
	expect(await polled(node)).toEqual([]);
	jest.setSystemTime(NOW + 5.1 * DAY);
	expect(await polled(node)).toMatchObject([{ event: 'token.expiring', daysUntilExpiry: 3 }]);
	talk.done();
});

it('tells once that a permission was withdrawn, whatever the token itself once said', async () => {
	const withdrawn = { data: { is_valid: true, scopes: ['threads_basic'] } };
	const talk = conversation(THREADS, [
		['GET', '/v1.0/debug_token', 200, withdrawn],
		['GET', '/v1.0/debug_token', 200, withdrawn],
	]);
	const node = trigger({ threads: threadsToken('long-1', 40 * DAY, { checkedAt: NOW - 2 * DAY }) });
	expect(await polled(node)).toMatchObject([
		{ event: 'scope.missing', missing: ['threads_content_publish'] },
	]);
	expect(await polled(node)).toEqual([]);
	jest.setSystemTime(NOW + 1.1 * DAY);
	expect(await polled(node)).toEqual([]);
	expect(await polled(node)).toEqual([]);
	talk.done();
});

it('asks the platform itself once a day, and tells a revocation once', async () => {
	const dead = {
		data: { is_valid: false, error: { message: 'The user removed the app' } },
	};
	const talk = conversation(THREADS, [
		['GET', '/v1.0/debug_token', 200, { data: { is_valid: true, expires_at: 0 } }],
		['GET', '/v1.0/debug_token', 200, dead],
		['GET', '/v1.0/debug_token', 200, dead],
	]);
	const node = trigger({ threads: threadsToken('long-1', 40 * DAY) });
	jest.setSystemTime(NOW + DAY);
	expect(await polled(node)).toEqual([]);
	jest.setSystemTime(NOW + 1.9 * DAY);
	expect(await polled(node)).toEqual([]);
	jest.setSystemTime(NOW + 2.1 * DAY);
	expect(await polled(node)).toEqual([
		{
			event: 'token.revoked',
			platform: 'threads',
			account: { id: '99', name: 'alice' },
			credential: 'My crosspostThreadsOAuth2Api',
			revokedAt: '2026-11-24T14:24:00.000Z',
			reason: 'Threads: The user removed the app',
			code: 'platform_auth_failed',
			reconnect: expect.stringContaining('"My crosspostThreadsOAuth2Api"'),
		},
	]);
	expect(await polled(node)).toEqual([]);
	talk.done();
});

it('takes a refused renewal for a revocation and a platform that is down for nothing', async () => {
	const x = conversation(X, [
		['POST', '/2/oauth2/token', 400, { error: 'invalid_request', error_description: 'invalid' }],
		['POST', '/2/oauth2/token', 400, { error: 'invalid_request', error_description: 'invalid' }],
	]);
	const threads = conversation(THREADS, [
		['GET', '/v1.0/debug_token', 503, ''],
		['GET', '/v1.0/me', 503, ''],
		['GET', '/v1.0/me', 503, ''],
		['GET', '/v1.0/me', 503, ''],
		['GET', '/v1.0/me', 503, ''],
		['GET', '/v1.0/debug_token', 503, ''],
		['GET', '/v1.0/me', 200, { id: '99', username: 'alice' }],
	]);
	const node = trigger({
		threads: threadsToken('long-1', 40 * DAY, { checkedAt: NOW - 2 * DAY }),
		x: xToken('at-1', -HOUR),
	});
	expect(await polled(node)).toMatchObject([
		{
			event: 'token.revoked',
			platform: 'x',
			account: { id: '7', name: 'alice' },
			reason: 'X refused to renew the access token (invalid_request).',
		},
	]);
	expect(await polled(node)).toEqual([]);
	x.done();
	threads.done();
});

it('tells which scopes the chosen operations lack', async () => {
	const node = trigger(
		{ threads: threadsToken('long-1', 40 * DAY), x: xToken('at-1', HOUR) },
		{
			threadsOperations: ['post.publish', 'reply.getAll'],
			xOperations: ['post.publish'],
		},
	);
	expect(await polled(node)).toMatchObject([
		{ event: 'scope.missing', platform: 'threads', missing: ['threads_read_replies'] },
		{ event: 'scope.missing', platform: 'x', missing: ['tweet.write', 'media.write'] },
	]);
	expect(await polled(node)).toEqual([]);
});

it('shows how every connection stands when it is run by hand', async () => {
	conversation(THREADS, [
		['GET', '/v1.0/debug_token', 200, { data: { is_valid: true, scopes: ['threads_basic'] } }],
	]);
	conversation(MASTODON, [
		['GET', '/api/v1/accounts/verify_credentials', 200, { id: '5', username: 'alice' }],
	]);
	const node = trigger({
		mastodon: { access_token: 'mastodon-token' },
		threads: threadsToken('long-1', 40.5 * DAY),
	});
	expect(await polled(node, 'manual')).toEqual([
		{
			event: 'token.expiring',
			platform: 'mastodon',
			account: { id: '5', name: 'alice@mastodon.example.com' },
			credential: 'My crosspostMastodonOAuth2Api',
			what: 'access token',
			expiresAt: null,
			daysUntilExpiry: null,
			canRefresh: false,
			reconnect: expect.any(String),
		},
		expect.objectContaining({
			event: 'token.expiring',
			platform: 'threads',
			expiresAt: '2027-01-02T00:00:00.000Z',
			daysUntilExpiry: 40,
			canRefresh: true,
		}),
		expect.objectContaining({
			event: 'scope.missing',
			platform: 'threads',
			missing: ['threads_content_publish'],
		}),
	]);
	expect(node.staticData).toEqual({});
});

it('looks at the others although one credential is not connected', async () => {
	const node = trigger({ mastodon: {}, threads: threadsToken('long-1', 40 * DAY), x: {} });
	const reason = expect.stringContaining('not connected') as string;
	expect(await polled(node)).toMatchObject([
		{ event: 'token.revoked', platform: 'mastodon', account: null, reason },
		{ event: 'token.revoked', platform: 'x', account: null, reason },
	]);
	expect(await polled(node)).toEqual([]);
});
