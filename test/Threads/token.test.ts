import type { IDataObject } from 'n8n-workflow';
import nock from 'nock';

import { HOST, longToken, outcome, SECRET, threadsNode, type Setup } from './setup';
import { due } from '@/nodes/Meta/longLivedTokens';
import type { TokenData } from '@/nodes/shared/contract/authMethod';
import { conversation } from '@/test/support/conversation';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const NOW = Date.UTC(2026, 10, 21, 10);
const TYPE = 'crosspostThreadsOAuth2Api';

const short = (access_token = 'short-token-1') => ({ access_token, user_id: 12_345 });
const long = (access_token: string) => ({
	access_token,
	token_type: 'bearer',
	expires_in: 5_184_000,
});
const valid = (left: number, life = 60 * DAY) => ({
	data: {
		is_valid: true,
		issued_at: (NOW + left - life) / 1000,
		expires_at: (NOW + left) / 1000,
		scopes: ['threads_basic', 'threads_delete'],
	},
});
const ALICE = ['GET', '/v1.0/me', 200, { id: '99', username: 'alice', name: 'Alice' }] as const;
const refused = { error: { message: 'Session key invalid', code: 452, is_transient: false } };

const account = (setup: Setup) => threadsNode({ resource: 'account', operation: 'get' }, setup);
const storedIn = (node: ReturnType<typeof account>) =>
	node.stored[TYPE].oauthTokenData as TokenData;

beforeEach(() => {
	jest.useFakeTimers({
		now: NOW,
		doNotFake: [
			'setTimeout',
			'clearTimeout',
			'setImmediate',
			'clearImmediate',
			'setInterval',
			'clearInterval',
			'nextTick',
			'queueMicrotask',
			'performance',
			'hrtime',
		],
	});
});
afterEach(() => jest.useRealTimers());

describe('the token of a new connection', () => {
	it('is exchanged for a long one at the first contact, which is stored', async () => {
		const talk = conversation(HOST, [
			['GET', '/access_token', 200, long('long-token-1')],
			['GET', '/v1.0/debug_token', 200, valid(60 * DAY)],
			ALICE,
			ALICE,
		]);
		const node = account({ token: short() });
		expect(await outcome(node)).toEqual([
			{
				platform: 'threads',
				account: { id: '99', name: 'alice' },
				url: 'https://www.threads.net/@alice',
				credential: 'My crosspostThreadsOAuth2Api',
				token: { expiresAt: '2027-01-20T10:00:00.000Z', renewedByItself: true },
				scopes: {
					granted: ['threads_basic', 'threads_delete'],
					missing: ['threads_content_publish'],
				},
				details: { displayName: 'Alice' },
				warnings: [],
			},
		]);
		expect(talk.requests.map(({ query, headers }) => [query, headers.authorization])).toEqual([
			[
				{ grant_type: 'th_exchange_token', client_secret: SECRET, access_token: 'short-token-1' },
				undefined,
			],
			[{ input_token: 'long-token-1' }, 'Bearer long-token-1'],
			[{ fields: expect.any(String) }, 'Bearer long-token-1'],
		]);
		expect(storedIn(node)).toEqual({
			access_token: 'long-token-1',
			expires_in: 5_184_000,
			n8n_expires_at: String(NOW + 60 * DAY),
			scope: 'threads_basic,threads_delete',
			crosspost: {
				of: expect.any(String),
				grant: expect.any(String),
				checkedAt: NOW,
				own: true,
				account: { id: '99', name: 'alice' },
			},
		});
		await outcome(node, undefined, { fresh: true });
		talk.done();
	});

	it('is exchanged anew after reconnecting, though n8n keeps what stood beside the old one', async () => {
		const talk = conversation(HOST, [
			['GET', '/access_token', 200, long('long-token-2')],
			['GET', '/v1.0/debug_token', 400, refused],
			['GET', '/v1.0/me', 200, { id: '98', username: 'bob' }],
		]);
		const node = account({
			token: { ...longToken('long-token-1', -DAY), ...short('short-token-2') },
		});
		expect(await outcome(node)).toMatchObject([
			{ account: { id: '98', name: 'bob' }, token: { expiresAt: '2027-01-20T10:00:00.000Z' } },
		]);
		expect(talk.requests[0].query.access_token).toBe('short-token-2');
		expect(storedIn(node)).toEqual({
			access_token: 'long-token-2',
			expires_in: 5_184_000,
			n8n_expires_at: String(NOW + 60 * DAY),
			crosspost: {
				of: expect.any(String),
				grant: expect.any(String),
				checkedAt: NOW,
				own: true,
				account: { id: '98', name: 'bob' },
			},
		});
		talk.done();
	});

	it('is used for the run with a warning where n8n cannot store the long one', async () => {
		conversation(HOST, [
			['GET', '/access_token', 200, long('long-token-1')],
			['GET', '/v1.0/debug_token', 200, valid(60 * DAY)],
			ALICE,
		]);
		const [{ warnings }] = await outcome(account({ token: short(), withoutStore: true }));
		expect(warnings).toEqual([
			'The renewed token could not be stored in the credential; it serves this run only.',
		]);
	});

	it('may be a long one already, which is kept', async () => {
		const talk = conversation(HOST, [
			['GET', '/access_token', 400, refused],
			['GET', '/v1.0/debug_token', 200, valid(20 * DAY)],
			ALICE,
			ALICE,
		]);
		const node = account({ token: { access_token: 'pasted-token-1' } });
		expect(await outcome(node)).toMatchObject([
			{ token: { expiresAt: '2026-12-11T10:00:00.000Z' } },
		]);
		expect(storedIn(node)).toMatchObject({
			access_token: 'pasted-token-1',
			expires_in: 5_184_000,
			n8n_expires_at: String(NOW + 20 * DAY),
			scope: 'threads_basic,threads_delete',
		});
		await outcome(node);
		talk.done();
	});

	it.each<[string, Parameters<typeof conversation>[1], IDataObject]>([
		[
			'refuses it as dead',
			[
				[
					'GET',
					'/access_token',
					400,
					{ error: { message: 'Expired', code: 190, error_subcode: 463 } },
				],
				['GET', '/v1.0/debug_token', 400, refused],
			],
			{ code: 'platform_auth_failed', message: 'Threads: Expired (190/463)', retryable: false },
		],
		[
			'refuses the secret',
			[
				[
					'GET',
					'/access_token',
					400,
					{ error: { message: `No ${SECRET}`, type: 'OAuthException', code: 1 } },
				],
				['GET', '/v1.0/debug_token', 200, valid(HOUR / 2, HOUR)],
			],
			{ code: 'platform_auth_failed', message: 'Threads: No [hidden] (1)' },
		],
		[
			'answers without a token',
			[
				['GET', '/access_token', 200, {}],
				['GET', '/v1.0/debug_token', 200, valid(HOUR / 2, HOUR)],
			],
			{ code: 'platform_unavailable', retryable: true },
		],
		[
			'is down',
			[['GET', '/access_token', 503, 'sorry']],
			{ code: 'platform_unavailable', message: 'Threads: HTTP 503', retryable: true },
		],
		[
			'is down and says so in its own words',
			[['GET', '/access_token', 500, { error_type: 'OAuthException', error_message: 'Sorry' }]],
			{ code: 'platform_unavailable', message: 'Threads: Sorry', retryable: true },
		],
	])('stays as it is when Threads %s', async (_what, lines, error) => {
		const talk = conversation(HOST, lines);
		const node = account({ token: short() });
		const [json] = await outcome(node);
		expect(json.error).toMatchObject(error);
		expect(JSON.stringify(json)).not.toMatch(/short-token-1|app-secret-1234/);
		expect(storedIn(node)).toEqual(short());
		talk.done();
	});

	it('is missing where nobody has connected', async () => {
		const [{ error }] = await outcome(account({ token: {} as TokenData }));
		expect(error).toMatchObject({
			code: 'platform_auth_failed',
			message: expect.stringContaining('is not connected to Threads yet'),
		});
	});
});

describe('a long token', () => {
	it.each([
		[50 * DAY, 60 * DAY, false],
		[10 * DAY + 1, 60 * DAY, false],
		[10 * DAY - 1, 60 * DAY, true],
		[-DAY, 60 * DAY, true],
		[4 * DAY, 5 * DAY - 1, false],
		[4 * DAY - 1, 5 * DAY, true],
	])('with %i ms left of %i is due: %s', (left, life, expected) => {
		const token = {
			access_token: 'a',
			expires_in: life / 1000,
			n8n_expires_at: String(NOW + left),
		};
		expect(due(token, NOW)).toBe(expected);
	});

	it('is not due if nobody knows its end', () => {
		expect(due({ access_token: 'a' }, NOW)).toBe(false);
	});

	it('is renewed under ten days and stored with what is known of the account', async () => {
		const talk = conversation(HOST, [
			['GET', '/refresh_access_token', 200, long('long-token-2')],
			ALICE,
		]);
		const node = account({ token: longToken('long-token-1', 9 * DAY) });
		expect(await outcome(node)).toMatchObject([
			{ token: { expiresAt: '2027-01-20T10:00:00.000Z' } },
		]);
		expect(talk.requests[0].query).toEqual({
			grant_type: 'th_refresh_token',
			access_token: 'long-token-1',
		});
		expect(talk.requests[1].headers.authorization).toBe('Bearer long-token-2');
		expect(storedIn(node)).toEqual({
			access_token: 'long-token-2',
			expires_in: 5_184_000,
			n8n_expires_at: String(NOW + 60 * DAY),
			scope: 'threads_basic,threads_content_publish',
			crosspost: {
				of: expect.any(String),
				grant: expect.any(String),
				checkedAt: NOW,
				own: true,
				account: { id: '99', name: 'alice' },
			},
		});
		talk.done();
	});

	it('serves on while it lives when renewing it fails, and one is warned', async () => {
		const error = { error: { message: 'Not long-token-1', type: 'OAuthException', code: 100 } };
		conversation(HOST, [['GET', '/refresh_access_token', 400, error], ALICE]);
		const node = account({ token: longToken('long-token-1', 9 * DAY) });
		expect(await outcome(node)).toMatchObject([
			{
				account: { name: 'alice' },
				warnings: [
					'The access token ends at 2026-11-30T10:00:00.000Z and could not be renewed yet: Threads: Not [hidden] (100)',
				],
			},
		]);
		expect(storedIn(node).access_token).toBe('long-token-1');
	});

	it('that has ended asks for a new connection by the name of the credential', async () => {
		const error = { error: { message: 'Expired', code: 190, error_subcode: 463 } };
		conversation(HOST, [['GET', '/refresh_access_token', 400, error]]);
		const [json] = await outcome(account({ token: longToken('long-token-1', -1) }));
		expect(json.error).toMatchObject({
			code: 'platform_auth_failed',
			remediation: 'Reconnect the credential "My crosspostThreadsOAuth2Api" and run again.',
		});
		expect(nock.pendingMocks()).toEqual([]);
	});
});
