import { startSandbox, type Sandbox } from '.';
import { ask, consent } from './plainHttp';
import type { TikTokState } from './tikTok/model';

const REDIRECT = 'https://n8n.example.com/rest/oauth2-credential/callback';
const APP = { client_key: 'tikTok-client', client_secret: 'tikTok-secret' };
const DAY = 24 * 3600_000;
const QUERY = {
	response_type: 'code',
	client_key: 'tikTok-client',
	redirect_uri: REDIRECT,
	scope: 'user.info.basic,video.publish',
	state: 's',
};

interface Answered {
	access_token: string;
	refresh_token: string;
	expires_in: number;
	refresh_expires_in: number;
	scope: string;
}

jest.setTimeout(60_000);

let sandbox: Sandbox<TikTokState>;

beforeEach(async () => {
	sandbox = await startSandbox('tikTok', { declined: ['video.upload'] });
});

afterEach(async () => await sandbox.stop());

const authorize = () => `${sandbox.url}/v2/auth/authorize/`;
const form = async (path: string, fields: Record<string, string>) =>
	await ask(sandbox.url + path, { form: fields });
const trade = async (fields: Record<string, string>) => await form('/v2/oauth/token/', fields);
const connect = async (query = QUERY) => {
	const back = await consent(authorize(), query);
	const code = back.searchParams.get('code')!;
	return { ...APP, grant_type: 'authorization_code', redirect_uri: REDIRECT, code };
};
const connected = async () => (await trade(await connect())).body as Answered;
const refresh = async (refresh_token: string, more = {}) =>
	await trade({ ...APP, grant_type: 'refresh_token', refresh_token, ...more });
const statusAs = async (token: string) =>
	(await ask(`${sandbox.url}/v2/user/info/`, { token, query: { fields: 'open_id' } })).status;

describe('OAuth', () => {
	it('gives a token for a day, with what the user granted', async () => {
		const grant = await connect({ ...QUERY, scope: 'user.info.basic,video.publish,video.upload' });
		const { status, body } = await trade(grant);
		expect(status).toBe(200);
		expect(body).toEqual({
			access_token: expect.stringMatching(/^act\./),
			expires_in: 86_400,
			open_id: expect.any(String),
			refresh_expires_in: 31_536_000,
			refresh_token: expect.stringMatching(/^rft\./),
			scope: 'user.info.basic,video.publish',
			token_type: 'Bearer',
		});
		expect(await trade(grant)).toMatchObject({
			status: 400,
			body: { error: 'invalid_grant', error_description: expect.any(String) },
		});
		const { access_token } = body as Answered;
		sandbox.clock.advance(DAY - 1000);
		expect(await statusAs(access_token)).toBe(200);
		sandbox.clock.advance(1000);
		expect(await statusAs(access_token)).toBe(401);
	});

	it('takes each refresh token once, until a year after the consent', async () => {
		const first = await connected();
		const second = (await refresh(first.refresh_token)).body as Answered;
		expect(second.refresh_token).not.toBe(first.refresh_token);
		expect(await refresh(first.refresh_token)).toMatchObject({
			status: 400,
			body: { error: 'invalid_grant' },
		});
		expect([await statusAs(first.access_token), await statusAs(second.access_token)]).toEqual([
			200, 200,
		]);
		sandbox.clock.advance(364 * DAY);
		const third = (await refresh(second.refresh_token)).body as Answered;
		expect(third.refresh_expires_in).toBeLessThanOrEqual(86_400);
		sandbox.clock.advance(2 * DAY);
		expect(await refresh(third.refresh_token)).toMatchObject({ status: 400 });
	});

	it('knows its client by client_key alone, in the form', async () => {
		const { client_key: client_id, ...rest } = await connect();
		expect(await trade({ ...rest, client_id })).toMatchObject({
			status: 400,
			body: { error: 'invalid_request' },
		});
		const { refresh_token } = await connected();
		expect(await refresh(refresh_token, { client_secret: 'no' })).toMatchObject({
			status: 401,
			body: { error: 'invalid_client' },
		});
		const json = { ...APP, grant_type: 'refresh_token', refresh_token };
		expect((await ask(`${sandbox.url}/v2/oauth/token/`, { json })).status).toBe(400);
		expect((await refresh(refresh_token)).status).toBe(200);
	});

	it('turns down wrong requests on a page, and says who refused', async () => {
		const page = async (more: Record<string, string>) =>
			(await ask(authorize(), { query: { ...QUERY, ...more } })).status;
		expect([
			await page({}),
			await page({ client_key: '' }),
			await page({ redirect_uri: `${REDIRECT}/` }),
			await page({ scope: 'user.info.basic video.publish' }),
			await page({ scope: 'video.everything' }),
			await page({ state: '' }),
		]).toEqual([200, 400, 400, 400, 400, 400]);
		const back = await consent(authorize(), QUERY, 'deny');
		expect(Object.fromEntries(back.searchParams)).toMatchObject({
			error: 'access_denied',
			state: 's',
		});
		const client = { redirectUris: ['http://127.0.0.1:5678/callback'] };
		await expect(startSandbox('tikTok', { client })).rejects.toThrow('https redirect URIs only');
	});

	it('withdraws a consent with all that came of it', async () => {
		const { access_token, refresh_token } = await connected();
		const token = access_token;
		expect(await form('/v2/oauth/revoke/', { ...APP, client_secret: 'no', token })).toMatchObject({
			status: 401,
		});
		expect(await form('/v2/oauth/revoke/', { ...APP, token })).toMatchObject({
			status: 200,
			body: '',
		});
		expect(await statusAs(access_token)).toBe(401);
		expect((await refresh(refresh_token)).status).toBe(400);
	});
});
