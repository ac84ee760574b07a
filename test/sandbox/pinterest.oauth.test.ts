import { startSandbox, type Sandbox } from '.';
import type { PinterestOptions, PinterestState } from './pinterest/model';
import { ask, basic, consent } from './plainHttp';

const DAY = 86_400_000;
const REDIRECT = 'http://127.0.0.1:5678/rest/oauth2-credential/callback';
const CLIENT = basic('pinterest-client', 'pinterest-secret');

let sandbox: Sandbox<PinterestState>;

const start = async (options: PinterestOptions = {}) =>
	void (sandbox = await startSandbox('pinterest', options));
beforeEach(async () => await start());
afterEach(async () => await sandbox.stop());

const query = {
	client_id: 'pinterest-client',
	redirect_uri: REDIRECT,
	response_type: 'code',
	scope: 'boards:read,pins:read,user_accounts:read',
	state: 's',
};
const form = async () => {
	const back = await consent(`${sandbox.url}/oauth/`, query);
	expect(back.searchParams.get('state')).toBe('s');
	const code = back.searchParams.get('code')!;
	return { grant_type: 'authorization_code', code, redirect_uri: REDIRECT };
};
const trade = async (fields: Record<string, string>, headers: object = CLIENT, host = '') =>
	await ask(`${sandbox.url}${host}/v5/oauth/token`, { form: fields, headers: { ...headers } });
const tokens = async (answer: ReturnType<typeof trade>) =>
	(await answer).body as Record<string, string>;
const refresh = async (refresh_token: string, host = '') =>
	await trade({ grant_type: 'refresh_token', refresh_token }, CLIENT, host);
const as = async (token: string, host = '') =>
	(await ask(`${sandbox.url}${host}/v5/user_account`, { token })).status;

it('trades a code for tokens of 30 and 60 days, for the Basic header alone', async () => {
	const fields = await form();
	const inBody = { ...fields, client_id: 'pinterest-client', client_secret: 'pinterest-secret' };
	expect(await trade(inBody, {})).toMatchObject({ status: 401, body: { code: 2 } });
	expect(await trade(fields)).toMatchObject({
		status: 200,
		body: {
			access_token: expect.stringMatching(/^pina_/),
			refresh_token: expect.any(String),
			response_type: 'authorization_code',
			token_type: 'bearer',
			expires_in: 2_592_000,
			refresh_token_expires_in: 5_184_000,
			scope: 'boards:read pins:read user_accounts:read',
		},
	});
	expect((await trade(fields)).status).toBe(400);
	expect((await trade({ ...(await form()), redirect_uri: `${REDIRECT}/` })).status).toBe(400);
});

it('shows a page instead of asking when the request is wrong', async () => {
	const page = async (more: object) =>
		(await ask(`${sandbox.url}/oauth/`, { query: { ...query, ...more } })).status;
	expect(await page({})).toBe(200);
	for (const wrong of [
		{ redirect_uri: `${REDIRECT}/` },
		{ client_id: 'x' },
		{ scope: 'pins' },
		{ response_type: 'token' },
	])
		expect(await page(wrong)).toBe(400);
	const denied = await consent(`${sandbox.url}/oauth/`, query, 'deny');
	expect(denied.searchParams.get('error')).toBe('access_denied');
});

it('renews with a new refresh token each time, as long as it is done within 60 days', async () => {
	const first = await tokens(trade(await form()));
	sandbox.clock.advance(30 * DAY);
	expect(await as(first.access_token!)).toBe(401);
	const second = await tokens(refresh(first.refresh_token!));
	expect(await as(second.access_token!)).toBe(200);
	expect(await refresh(first.refresh_token!)).toMatchObject({ status: 401, body: { code: 2 } });
	sandbox.clock.advance(59 * DAY);
	const third = await tokens(refresh(second.refresh_token!));
	expect(await as(third.access_token!)).toBe(200);
	sandbox.clock.advance(61 * DAY);
	expect((await refresh(third.refresh_token!)).status).toBe(401);
});

it('wants older apps to ask for a connection that can be renewed', async () => {
	await sandbox.stop();
	await start({ oldApp: true });
	const plain = await tokens(trade(await form()));
	expect((await refresh(plain.refresh_token!)).status).toBe(401);
	const lasting = await tokens(trade({ ...(await form()), continuous_refresh: 'true' }));
	expect((await refresh(lasting.refresh_token!)).status).toBe(200);
});

it('keeps production and API sandbox apart: tokens, boards, Pins and what may be done', async () => {
	await sandbox.stop();
	await start({ tier: 'trial' });
	const SANDBOX = '/api-sandbox';
	const there = await tokens(trade(await form(), CLIENT, SANDBOX));
	expect([await as(there.access_token!, SANDBOX), await as(there.access_token!)]).toEqual([
		200, 401,
	]);
	expect((await refresh(there.refresh_token!)).status).toBe(401);
	expect((await refresh(there.refresh_token!, SANDBOX)).status).toBe(200);
	const here = sandbox.issueToken().accessToken;
	expect(await as(here, SANDBOX)).toBe(401);

	const token = sandbox.issueToken({ kind: 'sandbox' }).accessToken;
	const at = async (path: string, json?: object) =>
		(await ask(`${sandbox.url}${SANDBOX}/v5${path}`, { token, ...(json && { json }) }))
			.body as Record<string, string>;
	expect(await at('/boards')).toMatchObject({ items: [] });
	const board = await at('/boards', { name: 'Trial' });
	const data = Buffer.from('\x89PNG\r\n\x1a\n'.padEnd(30), 'latin1').toString('base64');
	const media_source = { source_type: 'image_base64', content_type: 'image/png', data };
	const pin = await at('/pins', { board_id: board.id, media_source });
	expect(sandbox.state.sandbox.posts).toMatchObject([{ id: pin.id, boardId: board.id }]);
	expect(await at(`/pins/${pin.id}/analytics`)).toMatchObject({ code: 29 });

	const { id: board_id } = sandbox.state.boards[0]!;
	const refused = await ask(`${sandbox.url}/v5/pins`, {
		token: here,
		json: { board_id, media_source },
	});
	expect(refused).toMatchObject({
		status: 403,
		body: { code: 29, message: expect.stringContaining('Trial access') },
	});
	expect(sandbox.state.posts).toEqual([]);
});
