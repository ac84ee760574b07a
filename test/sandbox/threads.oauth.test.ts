import { startSandbox, type Sandbox } from '.';
import { ask, consent, type Answer } from './plainHttp';
import type { ThreadsState } from './threads/model';

const REDIRECT = 'https://n8n.example.com/rest/oauth2-credential/callback';
const APP = { client_id: 'threads-client', client_secret: 'threads-secret' };
const DAY = 24 * 3600_000;

jest.setTimeout(60_000);

let sandbox: Sandbox<ThreadsState>;
let token: string;

beforeEach(async () => {
	sandbox = await startSandbox('threads');
	token = sandbox.issueToken().accessToken;
});

afterEach(async () => await sandbox.stop());

const call = async (method: string, path: string, query: Record<string, string> = {}, as = token) =>
	await ask(`${sandbox.url}/v1.0${path}`, { method, query: { access_token: as, ...query } });
const error = (answer: Answer) => (answer.body as { error: Record<string, unknown> }).error;

describe('OAuth', () => {
	const query = {
		response_type: 'code',
		client_id: 'threads-client',
		redirect_uri: REDIRECT,
		scope: 'threads_basic,threads_content_publish',
		state: 's',
	};
	const connect = async () => {
		const back = await consent(`${sandbox.url}/oauth/authorize`, query);
		return {
			...APP,
			grant_type: 'authorization_code',
			redirect_uri: REDIRECT,
			code: back.searchParams.get('code')!,
		};
	};
	const trade = async (form: Record<string, string>) =>
		await ask(`${sandbox.url}/oauth/access_token`, { form });

	it('gives a short token, then a long one, then new ones after a day', async () => {
		const back = await consent(`${sandbox.url}/oauth/authorize`, query);
		expect(back.hash).toBe('#_');
		const form = await connect();
		const short = (await trade(form)).body as Record<string, string>;
		expect(Object.keys(short)).toEqual(['access_token', 'user_id']);
		expect(await trade(form)).toMatchObject({
			status: 400,
			body: { error_type: 'OAuthException', code: 400, error_message: expect.any(String) },
		});
		const exchange = async (access_token: string, client_secret = APP.client_secret) =>
			await ask(`${sandbox.url}/access_token`, {
				query: { grant_type: 'th_exchange_token', client_secret, access_token },
			});
		expect((await exchange(short.access_token!, 'no')).status).toBe(400);
		const long = await exchange(short.access_token!);
		expect(long).toMatchObject({
			status: 200,
			body: { token_type: 'bearer', expires_in: 5_184_000 },
		});
		const { access_token } = long.body as { access_token: string };
		const refresh = async (value: string) =>
			await ask(`${sandbox.url}/refresh_access_token`, {
				query: { grant_type: 'th_refresh_token', access_token: value },
			});
		expect((await refresh(access_token)).status).toBe(400);
		sandbox.clock.advance(DAY + 1000);
		expect(error(await exchange(short.access_token!))).toMatchObject({
			code: 190,
			error_subcode: 463,
		});
		const fresh = (await refresh(access_token)).body as { access_token: string };
		sandbox.clock.advance(59 * DAY);
		expect((await call('GET', '/me', {}, fresh.access_token)).status).toBe(200);
		expect(error(await refresh(access_token))).toMatchObject({ code: 190, error_subcode: 463 });
		expect(
			(await call('GET', '/debug_token', { input_token: access_token }, fresh.access_token)).body,
		).toMatchObject({
			data: { is_valid: false, scopes: ['threads_basic', 'threads_content_publish'] },
		});
	});

	it('turns down wrong redirects, clients and scopes', async () => {
		const page = async (more: Record<string, string>) =>
			(await ask(`${sandbox.url}/oauth/authorize`, { query: { ...query, ...more } })).status;
		expect([
			await page({}),
			await page({ redirect_uri: `${REDIRECT}/` }),
			await page({ scope: 'threads_content_publish' }),
		]).toEqual([200, 400, 400]);
		expect((await trade({ ...(await connect()), client_secret: 'no' })).status).toBe(400);
		expect((await trade({ ...(await connect()), redirect_uri: `${REDIRECT}/` })).status).toBe(400);
		const denied = await consent(`${sandbox.url}/oauth/authorize`, query, 'deny');
		expect(Object.fromEntries(denied.searchParams)).toMatchObject({
			error: 'access_denied',
			error_reason: 'user_denied',
			state: 's',
		});
		const client = { redirectUris: ['http://127.0.0.1:5678/callback'] };
		await expect(startSandbox('threads', { client })).rejects.toThrow('https redirect URIs only');
	});

	it('wants the scope of each endpoint', async () => {
		const reader = sandbox.issueToken({ scopes: ['threads_basic'] }).accessToken;
		const asReader = { media_type: 'TEXT', text: 'a' };
		expect(error(await call('POST', '/me/threads', asReader, reader))).toMatchObject({ code: 10 });
		expect(error(await call('GET', '/me', {}, 'nonsense'))).toMatchObject({ code: 190 });
		expect(await ask(`${sandbox.url}/me`)).toMatchObject({
			status: 400,
			body: { error: { code: 104 } },
		});
	});
});
