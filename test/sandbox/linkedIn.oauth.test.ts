import { startSandbox, type Sandbox } from '.';
import type { LinkedInState } from './linkedIn/model';
import { ask, consent } from './plainHttp';

jest.setTimeout(60_000);

const REDIRECT = 'http://127.0.0.1:5678/rest/oauth2-credential/callback';
const CLIENT = { client_id: 'linkedIn-client', client_secret: 'linkedIn-secret' };
const SCOPE = 'openid profile w_member_social';
const DAY = 86_400_000;

let sandbox: Sandbox<LinkedInState>;

beforeEach(async () => void (sandbox = await startSandbox('linkedIn')));
afterEach(async () => await sandbox.stop());

const query = (more: Record<string, string> = {}) => ({
	response_type: 'code',
	client_id: CLIENT.client_id,
	redirect_uri: REDIRECT,
	scope: SCOPE,
	state: 's',
	...more,
});
const codeFor = async (more: Record<string, string> = {}) => {
	const back = await consent(`${sandbox.url}/oauth/v2/authorization`, query(more));
	return back.searchParams.get('code')!;
};
const token = async (form: Record<string, string>) =>
	await ask(`${sandbox.url}/oauth/v2/accessToken`, { form: { ...CLIENT, ...form } });
const exchange = async (code: string, more: Record<string, string> = {}) =>
	await token({ grant_type: 'authorization_code', code, redirect_uri: REDIRECT, ...more });
const me = async (access: unknown) =>
	await ask(`${sandbox.url}/v2/userinfo`, { token: String(access) });

it('trades a code once, within half an hour, for a token of sixty days', async () => {
	const code = await codeFor();
	const made = await exchange(code);
	expect(made).toMatchObject({
		status: 200,
		body: { expires_in: 5_184_000, scope: 'openid,profile,w_member_social', token_type: 'Bearer' },
	});
	expect(made.body).not.toHaveProperty('refresh_token');
	expect(await exchange(code)).toMatchObject({ status: 400, body: { error: 'invalid_request' } });
	const late = await codeFor();
	sandbox.clock.advance(31 * 60_000);
	expect((await exchange(late)).status).toBe(400);

	const { access_token } = made.body as Record<string, string>;
	expect(await me(access_token)).toMatchObject({ status: 200, body: { name: 'Demo Sandbox' } });
	sandbox.clock.advance(60 * DAY);
	expect(await me(access_token)).toMatchObject({
		status: 401,
		body: { status: 401, serviceErrorCode: 65602, code: 'EXPIRED_ACCESS_TOKEN' },
	});
});

it('wants the client in the body and the redirect URI of the code', async () => {
	const code = await codeFor();
	expect((await exchange(code, { redirect_uri: `${REDIRECT}x` })).status).toBe(400);
	expect(await exchange(await codeFor(), { client_secret: 'no' })).toMatchObject({
		status: 401,
		body: { error: 'invalid_client' },
	});
});

it('refuses all scopes if the app lacks one, and tells a refusal of the member', async () => {
	await sandbox.stop();
	sandbox = await startSandbox('linkedIn', { products: ['openid', 'profile', 'w_member_social'] });
	const asked = async (more: Record<string, string>) =>
		await ask(`${sandbox.url}/oauth/v2/authorization`, { query: query(more) });
	const refused = await asked({ scope: `${SCOPE} w_organization_social` });
	expect(refused.status).toBe(302);
	expect(refused.headers.get('location')).toContain('error=unauthorized_scope_error');
	expect((await asked({})).status).toBe(200);
	expect((await asked({ scope: 'openid,profile' })).status).toBe(200);
	expect((await asked({ redirect_uri: 'https://elsewhere.example.com/' })).status).toBe(400);
	const back = await consent(`${sandbox.url}/oauth/v2/authorization`, query(), 'deny');
	expect(back.searchParams.get('error')).toBe('user_cancelled_authorize');
});

it('ends the tokens of an earlier scope set', async () => {
	const first = (await exchange(await codeFor())).body as Record<string, string>;
	await exchange(await codeFor({ scope: `${SCOPE} email` }));
	expect(await me(first.access_token)).toMatchObject({
		status: 401,
		body: { serviceErrorCode: 65601, code: 'REVOKED_ACCESS_TOKEN' },
	});
});

it('renews for approved apps, up to a fixed end', async () => {
	await sandbox.stop();
	sandbox = await startSandbox('linkedIn', { refreshTokens: true });
	const first = (await exchange(await codeFor())).body as Record<string, string>;
	expect(first).toMatchObject({ refresh_token_expires_in: 31_536_000 });
	const renew = async () =>
		await token({ grant_type: 'refresh_token', refresh_token: first.refresh_token! });
	sandbox.clock.advance(360 * DAY);
	const second = await renew();
	expect(second.body).toMatchObject({
		refresh_token: first.refresh_token,
		expires_in: 432_000,
		refresh_token_expires_in: 432_000,
	});
	expect((await me((second.body as Record<string, string>).access_token)).status).toBe(200);
	sandbox.clock.advance(5 * DAY);
	expect(await renew()).toMatchObject({
		status: 400,
		body: { error: 'invalid_request', error_description: expect.stringContaining('revoked') },
	});
});

it('tells of a token what became of it', async () => {
	const { accessToken } = sandbox.issueToken({ scopes: ['openid', 'w_member_social'] });
	const inspect = async (value: string) =>
		(
			await ask(`${sandbox.url}/oauth/v2/introspectToken`, {
				form: { ...CLIENT, token: value },
			})
		).body;
	expect(await inspect(accessToken)).toMatchObject({
		active: true,
		status: 'active',
		scope: 'openid,w_member_social',
		expires_at: expect.any(Number),
	});
	sandbox.clock.advance(60 * DAY);
	expect(await inspect(accessToken)).toMatchObject({ active: false, status: 'expired' });
	expect(await inspect('nonsense')).toEqual({ active: false });
});
