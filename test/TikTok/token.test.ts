import type { IDataObject } from 'n8n-workflow';

import { good, HOST, keptToken, outcome, SECRET, tikTokNode, TYPE, type Setup } from './setup';
import { due } from '@/nodes/TikTok/token';
import type { TokenData } from '@/nodes/shared/contract/authMethod';
import { conversation, type Line } from '@/test/support/conversation';

const MINUTE = 60_000;
const DAY = 86_400_000;
const TOKEN = '/v2/oauth/token/';
const REVOKE = '/v2/oauth/revoke/';

const ALICE: Line = [
	'GET',
	'/v2/user/info/',
	200,
	good({ user: { open_id: 'open-1', display_name: 'Alice', username: 'alice' } }),
];
const renewed = (change: object = {}): Line => [
	'POST',
	TOKEN,
	200,
	{
		access_token: 'act.token-2',
		expires_in: 86_400,
		open_id: 'open-1',
		refresh_expires_in: 31_536_000,
		refresh_token: 'rft.token-2',
		scope: 'user.info.basic,user.info.profile,video.publish',
		token_type: 'Bearer',
		...change,
	},
];
/** A token as n8n stores it when an account connects. */
const fresh = (left = DAY): TokenData => {
	const { crosspost: _crosspost, ...token } = keptToken({}, left);
	return token as TokenData;
};

const account = (setup: Setup, operation = 'get') =>
	tikTokNode({ resource: 'account', operation }, setup);
const storedIn = (node: ReturnType<typeof account>) =>
	node.stored[TYPE].oauthTokenData as TokenData;
const formOf = (body: unknown) => Object.fromEntries(new URLSearchParams(String(body)));

describe('the token of a new connection', () => {
	it('serves as it is', async () => {
		const talk = conversation(HOST, [ALICE, ALICE]);
		const node = account({ token: fresh() });
		expect(await outcome(node)).toEqual([
			{
				platform: 'tikTok',
				account: { id: 'open-1', name: 'alice' },
				url: 'https://www.tiktok.com/@alice',
				credential: `My ${TYPE}`,
				token: { expiresAt: expect.any(String), renewedByItself: true },
				scopes: {
					granted: [
						'user.info.basic',
						'user.info.profile',
						'video.publish',
						'video.upload',
						'video.list',
					],
					missing: [],
				},
				details: { displayName: 'Alice' },
				warnings: [],
			},
		]);
		expect(talk.requests[0].query).toEqual({
			fields:
				'open_id,union_id,avatar_url,display_name,username,bio_description,profile_deep_link,is_verified',
		});
		expect(storedIn(node)).toMatchObject({ access_token: 'act.token-1', crosspost: { own: true } });
		await outcome(node, undefined, { fresh: true });
		talk.done();
	});

	it('is asked only for what the user granted', async () => {
		const plain = good({ user: { open_id: 'open-1', display_name: 'Alice' } });
		const talk = conversation(HOST, [['GET', '/v2/user/info/', 200, plain]]);
		const token = { ...fresh(), scope: 'user.info.basic' };
		expect(await outcome(account({ token }))).toMatchObject([
			{
				account: { id: 'open-1', name: 'Alice' },
				scopes: { missing: ['user.info.profile', 'video.publish'] },
			},
		]);
		expect(talk.requests[0].query).toEqual({ fields: 'open_id,union_id,avatar_url,display_name' });
	});

	it('that lay for more than a day is renewed first', async () => {
		const talk = conversation(HOST, [renewed(), ALICE]);
		const node = account({ token: fresh(-MINUTE) });
		expect(await outcome(node)).toMatchObject([{ account: { name: 'alice' } }]);
		expect(talk.requests[1].headers.authorization).toBe('Bearer act.token-2');
		talk.done();
	});

	it('is missing where nobody has connected', async () => {
		const [{ error }] = await outcome(account({ token: {} as TokenData }));
		expect(error).toMatchObject({
			code: 'platform_auth_failed',
			message: expect.stringContaining('is not connected to TikTok yet'),
		});
	});
});

describe('a token', () => {
	it.each([
		[30 * MINUTE, false],
		[30 * MINUTE - 1, true],
		[-DAY, true],
	])('with %i ms left is due: %s', (left, expected) => {
		const now = Date.now();
		expect(due({ access_token: 'a', n8n_expires_at: String(now + left) }, now)).toBe(expected);
		expect(due({ access_token: 'a' }, now)).toBe(false);
	});

	it('is renewed by client_key before it ends, with its new refresh token', async () => {
		const talk = conversation(HOST, [renewed(), ALICE]);
		const node = account({ token: keptToken({}, 20 * MINUTE) });
		const before = Date.now();
		expect(await outcome(node)).toMatchObject([{ account: { name: 'alice' }, warnings: [] }]);
		const [{ body, headers }] = talk.requests;
		expect(headers['content-type']).toBe('application/x-www-form-urlencoded');
		expect(formOf(body)).toEqual({
			client_key: 'app',
			client_secret: SECRET,
			grant_type: 'refresh_token',
			refresh_token: 'rft.token-1',
		});
		const stored = storedIn(node);
		expect(stored).toMatchObject({
			access_token: 'act.token-2',
			refresh_token: 'rft.token-2',
			scope: 'user.info.basic,user.info.profile,video.publish',
			crosspost: { own: true, account: { id: 'open-1', name: 'alice' } },
		});
		expect(Number(stored.n8n_expires_at) - before).toBeGreaterThanOrEqual(DAY);
		talk.done();
	});

	it('keeps the refresh token if there is no new one', async () => {
		conversation(HOST, [renewed({ refresh_token: '' }), ALICE]);
		const node = account({ token: keptToken({}, 20 * MINUTE) });
		await outcome(node);
		expect(storedIn(node)).toMatchObject({
			access_token: 'act.token-2',
			refresh_token: 'rft.token-1',
		});
	});

	it('that TikTok refuses is renewed, and the request sent again', async () => {
		const refused = { data: {}, error: { code: 'access_token_invalid', message: 'No' } };
		const talk = conversation(HOST, [['GET', '/v2/user/info/', 401, refused], renewed(), ALICE]);
		expect(await outcome(account({}))).toMatchObject([{ account: { name: 'alice' } }]);
		talk.done();
	});

	it('serves on while it lives when renewing it fails, and one is warned', async () => {
		conversation(HOST, [['POST', TOKEN, 503, 'sorry'], ALICE]);
		const [{ warnings }] = await outcome(account({ token: keptToken({}, 20 * MINUTE) }));
		expect(warnings).toEqual([
			expect.stringMatching(
				/^The access token ends at .* could not be renewed yet: TikTok: HTTP 503$/,
			),
		]);
	});

	it.each<[string, Line, IDataObject]>([
		[
			'refuses it',
			['POST', TOKEN, 400, { error: 'invalid_grant', error_description: 'No rft.token-1' }],
			{ code: 'platform_auth_failed', message: 'TikTok: No [hidden] (invalid_grant)' },
		],
		[
			'refuses it with HTTP 200',
			['POST', TOKEN, 200, { error: 'invalid_request', error_description: `No ${SECRET}` }],
			{ code: 'platform_auth_failed', message: 'TikTok: No [hidden] (invalid_request)' },
		],
		[
			'answers without a token',
			['POST', TOKEN, 200, {}],
			{ code: 'platform_unavailable', retryable: true },
		],
		['is down', ['POST', TOKEN, 503, 'sorry'], { code: 'platform_unavailable' }],
		[
			'is out of reach',
			['POST', TOKEN, 504, { status: 504, error: 'Gateway Timeout' }],
			{ code: 'platform_unavailable', retryable: true },
		],
	])('that has ended fails when TikTok %s', async (_what, line, error) => {
		const talk = conversation(HOST, [line]);
		const node = account({ token: keptToken({}, -MINUTE) });
		const [json] = await outcome(node);
		expect(json.error).toMatchObject(error);
		expect(storedIn(node).access_token).toBe('act.token-1');
		talk.done();
	});

	it('that ended asks for a new connection where there is nothing to renew it with', async () => {
		const token = keptToken({ refresh_token: undefined }, -MINUTE);
		expect(await outcome(account({ token }))).toMatchObject([
			{
				error: {
					code: 'platform_auth_failed',
					remediation: `Reconnect the credential "My ${TYPE}" and run again.`,
				},
			},
		]);
	});
});

describe('disconnecting', () => {
	it('withdraws the permission at TikTok and forgets the token', async () => {
		const talk = conversation(HOST, [['POST', REVOKE, 200, '']]);
		const node = account({}, 'disconnect');
		expect(await outcome(node)).toMatchObject([{ revoked: true, forgotten: true }]);
		expect(formOf(talk.requests[0].body)).toEqual({
			client_key: 'app',
			client_secret: SECRET,
			token: 'act.token-1',
		});
		expect(storedIn(node)).toBeUndefined();
		talk.done();
	});
});
