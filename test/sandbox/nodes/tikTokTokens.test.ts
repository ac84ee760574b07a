import { ask } from '../plainHttp';
import { asked, connected, node, sandbox, useTikTok } from './tikTokSetup';
import type { TokenData } from '@/nodes/shared/contract/authMethod';
import { keptToken, outcome, TYPE } from '@/test/TikTok/setup';
import * as time from '@/test/support/time';

useTikTok();

const DAY = 86_400_000;
const account = { resource: 'account', operation: 'get' };
const storedIn = (one: ReturnType<typeof node>) => one.stored[TYPE].oauthTokenData as TokenData;

it('a connection lives on from day to day, and ends a year after the consent', async () => {
	const one = node(account);
	const get = async () => (await outcome(one, undefined, { fresh: true }))[0];
	expect(await get()).toMatchObject({ account: { name: 'demo' }, warnings: [] });
	expect(asked('token')).toBe(0);
	for (let day = 1; day < 4; day++) {
		time.advance(DAY);
		expect(await get()).toMatchObject({ account: { name: 'demo' }, warnings: [] });
		expect(asked('token')).toBe(day);
	}
	time.advance(363 * DAY);
	expect(await get()).toMatchObject({
		error: {
			code: 'platform_auth_failed',
			remediation: `Reconnect the credential "My ${TYPE}" and run again.`,
		},
	});
});

it('many executions at once renew the token once', async () => {
	const token = connected();
	time.advance(DAY);
	const nodes = Array.from({ length: 8 }, () => node(account, token));
	const results = await Promise.all(nodes.map(async (one) => (await outcome(one))[0]));
	for (const json of results)
		expect(json).toMatchObject({ account: { name: 'demo' }, warnings: [] });
	expect(asked('token')).toBe(1);
});

it('who comes too late in another process takes what that one has stored', async () => {
	const { access_token, refresh_token, scope } = connected();
	const stored = keptToken({ access_token, refresh_token, scope }, -1000);
	const one = node(account, stored);
	sandbox.faults.latency(150, 'token');
	const rival = ask(`${sandbox.url}/v2/oauth/token/`, {
		form: {
			client_key: 'tikTok-client',
			client_secret: 'tikTok-secret',
			grant_type: 'refresh_token',
			refresh_token: String(refresh_token),
		},
	});
	const late = new Promise((done) => setTimeout(done, 50)).then(async () => await outcome(one));
	const fresh = (await rival).body as TokenData;
	one.stored[TYPE].oauthTokenData = keptToken({
		access_token: fresh.access_token,
		refresh_token: fresh.refresh_token,
	});
	expect(await late).toMatchObject([{ account: { name: 'demo' }, warnings: [] }]);
	expect(asked('token')).toBe(2);
	expect(storedIn(one).access_token).toBe(fresh.access_token);
});

it('a permission that was taken away asks for a new connection', async () => {
	const one = node(account);
	const [token] = [storedIn(one).access_token];
	const form = { client_key: 'tikTok-client', client_secret: 'tikTok-secret', token };
	await ask(`${sandbox.url}/v2/oauth/revoke/`, { form });
	expect(await outcome(one)).toMatchObject([{ error: { code: 'platform_auth_failed' } }]);
});

it('disconnecting ends the permission at TikTok', async () => {
	const one = node({ resource: 'account', operation: 'disconnect' });
	const { access_token, refresh_token } = storedIn(one);
	expect(await outcome(one)).toMatchObject([{ revoked: true, forgotten: true }]);
	expect(storedIn(one)).toBeUndefined();
	const again = node(account, { access_token, refresh_token });
	expect(await outcome(again)).toMatchObject([{ error: { code: 'platform_auth_failed' } }]);
});
