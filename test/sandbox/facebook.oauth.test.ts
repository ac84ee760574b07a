import { createHmac } from 'node:crypto';

import { startSandbox, type Sandbox, type SandboxOptions } from '.';
import type { FacebookState } from './facebook/model';
import { ask, basic, consent, type Answer } from './plainHttp';

const REDIRECT = 'https://n8n.example.com/rest/oauth2-credential/callback';
const APP = { client_id: 'facebook-client', client_secret: 'facebook-secret' };
const SCOPES = 'pages_show_list,pages_read_engagement,pages_manage_posts';
const DAY = 24 * 3600_000;

jest.setTimeout(60_000);

let sandbox: Sandbox<FacebookState>;

const start = async (options: SandboxOptions<'facebook'> = {}) => {
	await sandbox?.stop();
	sandbox = await startSandbox('facebook', options);
};

beforeEach(async () => await start());
afterAll(async () => await sandbox.stop());

const query = {
	client_id: APP.client_id,
	redirect_uri: REDIRECT,
	response_type: 'code',
	scope: SCOPES,
	state: 's',
};
const dialog = () => `${sandbox.url}/v26.0/dialog/oauth`;
const swap = async (fields: Record<string, string>, headers = {}) =>
	await ask(`${sandbox.url}/v26.0/oauth/access_token`, { method: 'GET', query: fields, headers });
const call = async (path: string, token: string, more: Record<string, string> = {}) =>
	await ask(`${sandbox.url}/v26.0${path}`, { token, query: more });
const error = (answer: Answer) => (answer.body as { error: Record<string, unknown> }).error;
const tokenIn = ({ body }: Answer) => (body as { access_token: string }).access_token;

const connect = async (more: Record<string, string> = {}) => {
	const back = await consent(dialog(), { ...query, ...more });
	const code = back.searchParams.get('code')!;
	return tokenIn(await swap({ ...APP, redirect_uri: REDIRECT, code }));
};
const lengthen = async (token: string) =>
	await swap({ ...APP, grant_type: 'fb_exchange_token', fb_exchange_token: token });
const inspect = async (input_token: string) => {
	const answer = await ask(`${sandbox.url}/v26.0/debug_token`, {
		query: { input_token, access_token: `${APP.client_id}|${APP.client_secret}` },
	});
	return (answer.body as { data: Record<string, unknown> }).data;
};

describe('Facebook Login', () => {
	it('swaps a code once, for a token of an hour, from query, form and header', async () => {
		const back = await consent(dialog(), query);
		expect(back.hash).toBe('#_=_');
		const fields = { redirect_uri: REDIRECT, code: back.searchParams.get('code')! };
		const first = await swap(fields, basic(APP.client_id, APP.client_secret));
		expect(first).toMatchObject({
			status: 200,
			body: { access_token: expect.any(String), token_type: 'bearer', expires_in: 3600 },
		});
		expect(error(await swap({ ...APP, ...fields }))).toMatchObject({ code: 100 });
		const again = await consent(dialog(), query);
		const form = { ...APP, ...fields, code: again.searchParams.get('code')! };
		const posted = await ask(`${sandbox.url}/v26.0/oauth/access_token`, { form });
		expect(posted.status).toBe(200);
	});

	it('lengthens a living token to 60 days, again and again, and no dead one', async () => {
		const short = await connect();
		const long = await lengthen(short);
		expect(long.body).toMatchObject({ token_type: 'bearer', expires_in: 5_184_000 });
		expect(await inspect(tokenIn(long))).toMatchObject({
			type: 'USER',
			is_valid: true,
			scopes: ['public_profile', ...SCOPES.split(',')],
		});
		sandbox.clock.advance(50 * DAY);
		expect((await lengthen(tokenIn(long))).body).toMatchObject({ expires_in: 5_184_000 });
		expect(error(await lengthen(short))).toMatchObject({ code: 190, error_subcode: 463 });
		sandbox.clock.advance(50 * DAY);
		expect(error(await call('/me', tokenIn(long)))).toMatchObject({ code: 190 });
		expect(await inspect(tokenIn(long))).toMatchObject({
			is_valid: false,
			error: { code: 190, subcode: 463 },
		});
	});

	it('may give the same long token or none, as nobody documents', async () => {
		sandbox.state.reexchange = 'same';
		const { accessToken } = sandbox.issueToken();
		sandbox.clock.advance(DAY);
		const same = await lengthen(accessToken);
		expect(same.body).toMatchObject({ access_token: accessToken });
		expect((same.body as { expires_in: number }).expires_in).toBeLessThan(5_100_000);
		sandbox.state.reexchange = 'refused';
		expect(error(await lengthen(sandbox.issueToken().accessToken))).toMatchObject({ code: 100 });
	});

	it('turns down wrong apps, redirects, scopes and secrets', async () => {
		const page = async (more: Record<string, string>) =>
			(await ask(dialog(), { query: { ...query, ...more } })).status;
		expect([
			await page({}),
			await page({ client_id: 'no' }),
			await page({ redirect_uri: `${REDIRECT}/` }),
			await page({ scope: 'pages_read_user_engagement' }),
			await page({ config_id: 'no' }),
		]).toEqual([200, 400, 400, 400, 400]);
		const code = 'nothing';
		const redirect_uri = REDIRECT;
		expect(error(await swap({ ...APP, client_secret: 'no', redirect_uri, code }))).toMatchObject({
			code: 1,
		});
		const denied = await consent(dialog(), query, 'deny');
		expect(Object.fromEntries(denied.searchParams)).toMatchObject({
			error: 'access_denied',
			error_reason: 'user_denied',
			state: 's',
		});
		const client = { redirectUris: ['http://127.0.0.1:5678/callback'] };
		await expect(startSandbox('facebook', { client })).rejects.toThrow('https redirect URIs only');
	});

	it('asks for what a configuration says, and people may untick some of it', async () => {
		await start({ configs: { c1: ['pages_show_list', 'business_management'] } });
		sandbox.state.declined.push('business_management');
		const token = await connect({ config_id: 'c1', scope: '' });
		expect((await call('/me/permissions', token)).body).toEqual({
			data: [
				{ permission: 'public_profile', status: 'granted' },
				{ permission: 'pages_show_list', status: 'granted' },
				{ permission: 'business_management', status: 'declined' },
			],
		});
	});

	it('ends every token of a person, those of Pages too, when the permissions are deleted', async () => {
		const user = sandbox.issueToken().accessToken;
		const page = sandbox.issueToken({ kind: 'page' }).accessToken;
		const other = sandbox.issueToken({ account: 'second' }).accessToken;
		expect((await call('/me/permissions', page)).status).toBe(400);
		const revoke = { method: 'DELETE', token: user };
		const answer = await ask(`${sandbox.url}/v26.0/me/permissions`, revoke);
		expect(answer.body).toEqual({ success: true });
		expect(error(await call('/me', user))).toMatchObject({ code: 190, error_subcode: 458 });
		expect(error(await call('/me', page))).toMatchObject({ code: 190, error_subcode: 458 });
		expect((await call('/me', other)).status).toBe(200);
	});
});

describe('the proof of the secret', () => {
	const proofOf = (token: string) =>
		createHmac('sha256', APP.client_secret).update(token).digest('hex');

	it('is checked where given, and demanded where the app says so', async () => {
		const { accessToken } = sandbox.issueToken();
		const wrong = await call('/me', accessToken, { appsecret_proof: 'no' });
		expect(error(wrong)).toMatchObject({ code: 100 });
		await start({ requireProof: true });
		const [one, two] = [sandbox.issueToken(), sandbox.issueToken()].map(
			({ accessToken: value }) => value,
		);
		expect(error(await call('/me', one!))).toMatchObject({ code: 100 });
		expect((await call('/me', one!, { appsecret_proof: proofOf(one!) })).status).toBe(200);
		expect((await call('/me', one!, { appsecret_proof: proofOf(two!) })).status).toBe(400);
	});
});

describe('Pages', () => {
	const FIELDS = 'id,name,access_token,tasks,instagram_business_account{id,username}';
	const names = ({ body }: Answer) =>
		(body as { data: Array<{ name: string }> }).data.map(({ name }) => name);

	it('are listed in pages whose next carries the token', async () => {
		const { accessToken } = sandbox.issueToken();
		const first = await call('/me/accounts', accessToken, { fields: FIELDS, limit: '2' });
		const { paging } = first.body as {
			paging: { next: string; cursors: { after: string } };
		};
		expect(names(first)).toEqual(['Demo Page', 'Second Page']);
		expect(paging.next).toContain(accessToken);
		const { after } = paging.cursors;
		const rest = await call('/me/accounts', accessToken, { fields: FIELDS, limit: '2', after });
		expect(names(rest)).toEqual(['Demo Shop']);
		expect((rest.body as { paging: object }).paging).not.toHaveProperty('next');
		expect((first.body as { data: object[] }).data[0]).toMatchObject({
			id: sandbox.state.pages[0]!.id,
			instagram_business_account: { username: 'demo.page' },
			access_token: expect.any(String),
		});
	});

	it('of a business are missing without its permission, and stand in its lists with it', async () => {
		const narrow = sandbox.issueToken({ scopes: SCOPES.split(',') }).accessToken;
		expect(names(await call('/me/accounts', narrow))).toEqual(['Demo Page', 'Second Page']);
		expect(error(await call('/me/businesses', narrow))).toMatchObject({ code: 200 });
		const wide = sandbox.issueToken().accessToken;
		const { data } = (await call('/me/businesses', wide)).body as { data: [{ id: string }] };
		const [{ id }] = data;
		expect(names(await call(`/${id}/owned_pages`, wide))).toEqual(['Demo Shop']);
		const clients = await call(`/${id}/client_pages`, wide, { fields: FIELDS });
		expect(names(clients)).toEqual(['Demo Client']);
		const [row] = (clients.body as { data: Array<Record<string, string>> }).data;
		expect(row).not.toHaveProperty('access_token');
		const page = await call(`/${row!.id}`, wide, { fields: 'access_token' });
		expect(await inspect(tokenIn(page))).toMatchObject({
			type: 'PAGE',
			expires_at: 0,
			profile_id: row!.id,
		});
	});

	it('have tokens of an hour from a short token, and none of their own Pages', async () => {
		const short = sandbox.issueToken({ kind: 'short' }).accessToken;
		const [{ id }] = sandbox.state.pages;
		const page = tokenIn(await call(`/${id}`, short, { fields: 'access_token' }));
		expect((await call('/me', page)).body).toMatchObject({ id, name: 'Demo Page' });
		expect(error(await call('/me/accounts', page))).toMatchObject({ code: 100 });
		sandbox.clock.advance(DAY / 12);
		expect(error(await call('/me', page))).toMatchObject({ code: 190, error_subcode: 463 });
	});
});
