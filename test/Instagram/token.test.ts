import { createHmac } from 'node:crypto';
import type { IDataObject } from 'n8n-workflow';

import { FACEBOOK, HOST, instagramNode, longToken, ME, outcome, SECRET, type Setup } from './setup';
import type { TokenData } from '@/nodes/shared/contract/authMethod';
import { conversation } from '@/test/support/conversation';

const NOW = Date.parse('2026-11-21T10:00:00Z');
const HOUR = 3_600_000;
const DAY = 24 * HOUR;

beforeEach(() => {
	jest.useFakeTimers({
		now: NOW,
		doNotFake: ['nextTick', 'setImmediate', 'setTimeout', 'clearTimeout', 'queueMicrotask'],
	});
});
afterEach(() => jest.useRealTimers());

const account = (setup: Setup = {}, operation = 'get') =>
	instagramNode({ resource: 'account', operation }, setup);
const long = (access_token: string, more: object = {}) => ({
	access_token,
	token_type: 'bearer',
	expires_in: 5_184_000,
	...more,
});
const ALICE = [
	'GET',
	'/v26.0/me',
	200,
	`{"id":"90010000000000001","user_id":${ME},"username":"alice","account_type":"BUSINESS"}`,
	{ 'content-type': 'application/json' },
] as const;
const PERSON = ['GET', '/v26.0/me', 200, { id: '99', name: 'Alice' }] as const;
const refused = { error: { message: 'No', type: 'OAuthException', code: 190, error_subcode: 463 } };
const debugged = (left: number, more: object = {}) => ({
	data: {
		is_valid: true,
		issued_at: (NOW - DAY) / 1000,
		expires_at: left && (NOW + left) / 1000,
		scopes: ['instagram_basic'],
		...more,
	},
});

describe('a connection by Instagram Login', () => {
	it('is exchanged at first contact, and knows the account by the ID it publishes under', async () => {
		const talk = conversation(HOST, [['GET', '/access_token', 200, long('IGlong-1')], ALICE]);
		const permissions = ['instagram_business_basic'];
		const token = { access_token: 'IGshort-1', user_id: 1, permissions } as TokenData;
		const node = account({ token });
		expect(await outcome(node)).toMatchObject([
			{
				account: { id: ME, name: 'alice' },
				url: 'https://www.instagram.com/alice/',
				token: { expiresAt: '2027-01-20T10:00:00.000Z' },
				scopes: {
					granted: ['instagram_business_basic'],
					missing: ['instagram_business_content_publish'],
				},
				details: { accountType: 'BUSINESS' },
				warnings: [],
			},
		]);
		expect(talk.requests[0].query).toEqual({
			grant_type: 'ig_exchange_token',
			client_secret: SECRET,
			access_token: 'IGshort-1',
		});
		expect(node.stored.crosspostInstagramOAuth2Api.oauthTokenData).toMatchObject({
			access_token: 'IGlong-1',
			crosspost: { own: true, account: { id: ME, name: 'alice' } },
		});
		talk.done();
	});

	it('is renewed under ten days', async () => {
		const permissions = 'instagram_business_basic,instagram_business_content_publish';
		const talk = conversation(HOST, [
			['GET', '/refresh_access_token', 200, long('IGlong-2', { permissions })],
			ALICE,
		]);
		const node = account({ token: longToken('IGlong-1', 9 * DAY) });
		expect(await outcome(node)).toMatchObject([
			{ token: { expiresAt: '2027-01-20T10:00:00.000Z' }, scopes: { missing: [] } },
		]);
		expect(talk.requests[0].query).toEqual({
			grant_type: 'ig_refresh_token',
			access_token: 'IGlong-1',
		});
		talk.done();
	});

	it('cannot be withdrawn from here', async () => {
		const node = account({}, 'disconnect');
		expect(await outcome(node)).toMatchObject([
			{ revoked: false, manage: 'https://www.instagram.com/accounts/manage_access/' },
		]);
		expect(node.stored.crosspostInstagramOAuth2Api.oauthTokenData).toBeUndefined();
	});
});

describe('a connection by Facebook Login', () => {
	const way = 'facebookLogin';

	it('is exchanged at first contact', async () => {
		const talk = conversation(FACEBOOK, [
			['GET', '/v26.0/oauth/access_token', 200, long('EAAlong-1')],
			['GET', '/v26.0/debug_token', 200, debugged(60 * DAY)],
			PERSON,
			[
				'GET',
				'/v26.0/debug_token',
				200,
				debugged(60 * DAY, { data_access_expires_at: NOW / 1000 }),
			],
		]);
		const node = account({ way, token: { access_token: 'EAAshort-1' } });
		expect(await outcome(node)).toMatchObject([
			{
				account: { id: '99', name: 'Alice' },
				token: {
					expiresAt: '2027-01-20T10:00:00.000Z',
					dataAccessExpiresAt: '2026-11-21T10:00:00.000Z',
				},
				scopes: { granted: ['instagram_basic'] },
			},
		]);
		expect(talk.requests[0].query).toEqual({
			grant_type: 'fb_exchange_token',
			client_id: 'app',
			client_secret: SECRET,
			fb_exchange_token: 'EAAshort-1',
		});
		talk.done();
	});

	it('proves the app’s secret if one wants it to', async () => {
		const talk = conversation(FACEBOOK, [PERSON, ['GET', '/v26.0/debug_token', 200, {}]]);
		const credential = { signRequests: true };
		await outcome(account({ way, token: longToken('EAAlong-1'), credential }));
		const proof = createHmac('sha256', SECRET).update('EAAlong-1').digest('hex');
		expect(talk.requests[0].query).toMatchObject({ appsecret_proof: proof });
		talk.done();
	});

	it('is withdrawn', async () => {
		const talk = conversation(FACEBOOK, [
			['DELETE', '/v26.0/me/permissions', 200, { success: true }],
		]);
		expect(await outcome(account({ way }, 'disconnect'))).toMatchObject([{ revoked: true }]);
		talk.done();
	});
});

describe('a pasted token', () => {
	const way = 'accessToken';
	const storedIn = (node: ReturnType<typeof account>) =>
		node.stored.crosspostInstagramAccessTokenApi.oauthTokenData as IDataObject;

	it('of Instagram Login is renewed once it is a day old, as nobody tells its end', async () => {
		const credential = { accessToken: ' IGpasted-1 ' };
		const first = conversation(HOST, [ALICE]);
		const node = account({ way, credential });
		expect(await outcome(node)).toMatchObject([
			{ account: { id: ME }, token: { expiresAt: null, renewedByItself: true } },
		]);
		expect(first.requests[0].headers.authorization).toBe('Bearer IGpasted-1');
		first.done();

		jest.setSystemTime(NOW + 25 * HOUR);
		const second = conversation(HOST, [
			['GET', '/refresh_access_token', 200, long('IGlong-2')],
			ALICE,
		]);
		await outcome(node, undefined, { fresh: true });
		expect(storedIn(node)).toMatchObject({ access_token: 'IGlong-2', login: 'instagramLogin' });
		second.done();

		jest.setSystemTime(NOW + 60 * DAY);
		const third = conversation(HOST, [
			['GET', '/refresh_access_token', 200, long('IGlong-3')],
			ALICE,
		]);
		await outcome(node, undefined, { fresh: true });
		expect(storedIn(node)).toMatchObject({ access_token: 'IGlong-3' });
		third.done();
	});

	it('of Facebook Login serves as it is where nothing can lengthen it', async () => {
		const credential = { accessToken: 'EAApage-1', login: 'facebookLogin' };
		const talk = conversation(FACEBOOK, [PERSON, PERSON]);
		const node = account({ way, credential });
		expect(await outcome(node)).toMatchObject([{ account: { id: '99' } }]);
		jest.setSystemTime(NOW + 100 * DAY);
		expect(await outcome(node, undefined, { fresh: true })).toMatchObject([
			{ account: { id: '99' }, warnings: [] },
		]);
		expect(talk.requests.map(({ headers }) => headers.authorization)).toEqual(
			Array(2).fill('Bearer EAApage-1'),
		);
		talk.done();
	});

	it('is taken anew when another one is pasted, or for the other login', async () => {
		conversation(HOST, [ALICE, ALICE]);
		const node = account({ way, credential: { accessToken: 'IGpasted-1' } });
		await outcome(node);
		node.stored.crosspostInstagramAccessTokenApi.accessToken = 'IGpasted-2';
		await outcome(node, undefined, { fresh: true });
		expect(storedIn(node)).toMatchObject({ access_token: 'IGpasted-2' });
		const talk = conversation(FACEBOOK, [PERSON]);
		const stored = node.stored.crosspostInstagramAccessTokenApi;
		Object.assign(stored, { accessToken: 'EAA-1', login: 'facebookLogin' });
		await outcome(node, undefined, { fresh: true });
		expect(storedIn(node)).toMatchObject({ access_token: 'EAA-1', login: 'facebookLogin' });
		talk.done();
	});

	it('that is dead says so', async () => {
		conversation(HOST, [['GET', '/v26.0/me', 400, refused]]);
		const node = account({ way, credential: { accessToken: 'IGdead-1' } });
		expect(await outcome(node)).toMatchObject([{ error: { code: 'platform_auth_failed' } }]);
	});
});
