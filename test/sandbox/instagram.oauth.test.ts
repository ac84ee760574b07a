import { startSandbox, type Sandbox } from '.';
import type { InstagramState } from './instagram/model';
import { ask, consent, type Answer } from './plainHttp';

const REDIRECT = 'https://n8n.example.com/rest/oauth2-credential/callback';
const APP = { client_id: 'instagram-client', client_secret: 'instagram-secret' };
const DAY = 24 * 3600_000;

jest.setTimeout(60_000);

let sandbox: Sandbox<InstagramState>;

beforeEach(async () => {
	sandbox = await startSandbox('instagram');
});

afterEach(async () => await sandbox.stop());

const call = async (path: string, access_token: string, query: Record<string, string> = {}) =>
	await ask(`${sandbox.url}/v26.0${path}`, { query: { access_token, ...query } });
const error = (answer: Answer) => (answer.body as { error: Record<string, unknown> }).error;

describe('Instagram Login', () => {
	const query = {
		response_type: 'code',
		client_id: 'instagram-client',
		redirect_uri: REDIRECT,
		scope: 'instagram_business_basic,instagram_business_content_publish',
		state: 's',
	};
	const connect = async () => {
		const back = await consent(`${sandbox.url}/oauth/authorize`, query);
		expect(back.hash).toBe('#_');
		return {
			...APP,
			grant_type: 'authorization_code',
			redirect_uri: REDIRECT,
			code: back.searchParams.get('code')!,
		};
	};
	const trade = async (form: Record<string, string>) =>
		await ask(`${sandbox.url}/oauth/access_token`, { form });
	const exchange = async (access_token: string, client_secret = APP.client_secret) =>
		await ask(`${sandbox.url}/access_token`, {
			query: { grant_type: 'ig_exchange_token', client_secret, access_token },
		});
	const refresh = async (access_token: string) =>
		await ask(`${sandbox.url}/refresh_access_token`, {
			query: { grant_type: 'ig_refresh_token', access_token },
		});

	it('gives a short token, then a long one, then new ones after a day', async () => {
		const form = await connect();
		const short = (await trade(form)).body as Record<string, string>;
		expect(short).toMatchObject({
			permissions: ['instagram_business_basic', 'instagram_business_content_publish'],
		});
		expect(await trade(form)).toMatchObject({
			status: 400,
			body: { error_type: 'OAuthException', code: 400, error_message: expect.any(String) },
		});
		expect(error(await refresh(short.access_token!))).toMatchObject({ code: 100 });
		expect((await exchange(short.access_token!, 'no')).status).toBe(400);
		const long = await exchange(short.access_token!);
		expect(long).toMatchObject({
			status: 200,
			body: { token_type: 'bearer', expires_in: 5_184_000 },
		});
		const { access_token } = long.body as { access_token: string };
		expect(error(await exchange(access_token))).toMatchObject({ code: 452 });
		expect((await refresh(access_token)).status).toBe(400);
		sandbox.clock.advance(DAY + 1000);
		expect(error(await exchange(short.access_token!))).toMatchObject({
			code: 190,
			error_subcode: 463,
		});
		const fresh = (await refresh(access_token)).body as Record<string, string>;
		expect(fresh.permissions).toBe(query.scope);
		sandbox.clock.advance(59 * DAY);
		expect((await call('/me', fresh.access_token!)).status).toBe(200);
		expect(error(await refresh(access_token))).toMatchObject({ code: 190, error_subcode: 463 });
	});

	it('gives the short token in a list where that is asked for', async () => {
		await sandbox.stop();
		sandbox = await startSandbox('instagram', { nestedTokens: true });
		expect((await trade(await connect())).body).toEqual({
			data: [expect.objectContaining({ access_token: expect.stringMatching(/^IGAA/) })],
		});
	});

	it('takes the client from the form alone, and the token requests by GET alone', async () => {
		const { client_id, client_secret, ...rest } = await connect();
		const basic = Buffer.from(`${client_id}:${client_secret}`).toString('base64');
		const headers = { authorization: `Basic ${basic}` };
		expect((await ask(`${sandbox.url}/oauth/access_token`, { form: rest, headers })).status).toBe(
			400,
		);
		expect((await trade({ ...APP, client_secret: 'no', ...rest })).status).toBe(400);
		expect((await trade({ ...APP, ...rest, redirect_uri: `${REDIRECT}/` })).status).toBe(400);
		const form = { grant_type: 'ig_exchange_token', access_token: 'a' };
		expect(error(await ask(`${sandbox.url}/access_token`, { form }))).toMatchObject({
			code: 100,
			message: 'Unsupported request - method type: post',
		});
	});

	it('turns down wrong redirects and scopes, and tells a refusal', async () => {
		const page = async (more: Record<string, string>) =>
			(await ask(`${sandbox.url}/oauth/authorize`, { query: { ...query, ...more } })).status;
		expect([
			await page({}),
			await page({ redirect_uri: `${REDIRECT}/` }),
			await page({ client_id: 'meta-app' }),
			await page({ scope: 'instagram_business_content_publish' }),
			await page({ scope: 'business_basic' }),
		]).toEqual([200, 400, 400, 400, 400]);
		const denied = await consent(`${sandbox.url}/oauth/authorize`, query, 'deny');
		expect(Object.fromEntries(denied.searchParams)).toMatchObject({
			error: 'access_denied',
			error_reason: 'user_denied',
			state: 's',
		});
	});

	it('knows the account under two ids, and wants the permission of each call', async () => {
		const { accessToken } = sandbox.issueToken();
		const me = (await call('/me', accessToken, { fields: 'id,user_id,username,account_type' }))
			.body as Record<string, string>;
		expect(me).toMatchObject({ username: 'demo', account_type: 'BUSINESS' });
		expect(me.id).not.toBe(me.user_id);
		expect((await call(`/${me.user_id}/media`, accessToken)).status).toBe(200);
		expect(error(await call(`/${me.id}/media`, accessToken))).toMatchObject({
			code: 100,
			error_subcode: 33,
		});
		const reader = sandbox.issueToken({ scopes: ['instagram_business_basic'] }).accessToken;
		const limit = '/me/content_publishing_limit';
		expect(error(await call(limit, reader))).toMatchObject({ code: 10 });
		expect(error(await call('/me', 'nonsense'))).toMatchObject({ code: 190 });
		expect(error(await ask(`${sandbox.url}/me`))).toMatchObject({ code: 104 });
	});
});
