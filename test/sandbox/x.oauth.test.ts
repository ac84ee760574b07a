import { ask, basic, consent, pkce } from './plainHttp';
import { post, sandbox, token } from './xSetup';

const REDIRECT = 'http://127.0.0.1:5678/rest/oauth2-credential/callback';
const CLIENT = basic('x-client', 'x-secret');

describe('OAuth', () => {
	const query = (challenge: string) => ({
		response_type: 'code',
		client_id: 'x-client',
		redirect_uri: REDIRECT,
		scope: 'tweet.read tweet.write users.read offline.access',
		state: 's',
		code_challenge: challenge,
		code_challenge_method: 'S256',
	});

	const connect = async () => {
		const { verifier, challenge } = pkce();
		const back = await consent(`${sandbox.url}/i/oauth2/authorize`, query(challenge));
		const code = back.searchParams.get('code')!;
		return {
			grant_type: 'authorization_code',
			code,
			redirect_uri: REDIRECT,
			code_verifier: verifier,
		};
	};
	const trade = async (form: Record<string, string>, headers: Record<string, string> = CLIENT) =>
		await ask(`${sandbox.url}/2/oauth2/token`, { form, headers });

	it('wants the Basic header, the verifier and half a minute at most', async () => {
		const form = await connect();
		const inBody = { ...form, client_id: 'x-client', client_secret: 'x-secret' };
		expect(await trade(inBody, {})).toMatchObject({
			status: 401,
			body: {
				error: 'unauthorized_client',
				error_description: 'Missing valid authorization header',
			},
		});
		expect(await trade(form)).toMatchObject({
			status: 200,
			body: {
				token_type: 'bearer',
				expires_in: 7200,
				scope: query('').scope,
				refresh_token: expect.any(String),
			},
		});
		expect(await trade(form)).toMatchObject({ status: 400, body: { error: 'invalid_request' } });
		expect((await trade({ ...(await connect()), code_verifier: 'no' })).status).toBe(400);
		const late = await connect();
		sandbox.clock.advance(31_000);
		expect((await trade(late)).status).toBe(400);
	});

	it('shows a page instead of asking when the request is wrong', async () => {
		const page = async (more: Record<string, string>) =>
			(await ask(`${sandbox.url}/i/oauth2/authorize`, { query: { ...query('c'), ...more } }))
				.status;
		expect(await page({})).toBe(200);
		expect(await page({ redirect_uri: `${REDIRECT}/` })).toBe(400);
		expect(await page({ code_challenge: '' })).toBe(400);
		expect(await page({ scope: 'tweet.read,tweet.write' })).toBe(400);
		const denied = await consent(`${sandbox.url}/i/oauth2/authorize`, query('c'), 'deny');
		expect([...denied.searchParams]).toEqual([
			['error', 'access_denied'],
			['state', 's'],
		]);
	});

	it('rotates refresh tokens and ends the family when one is used twice', async () => {
		const first = (await trade(await connect())).body as Record<string, string>;
		sandbox.clock.advance(7200_000);
		const as = async (access: string) =>
			(await ask(`${sandbox.url}/2/users/me`, { token: access })).status;
		expect(await as(first.access_token!)).toBe(401);
		const refresh = async (value: string) =>
			await trade({ grant_type: 'refresh_token', refresh_token: value });
		const second = (await refresh(first.refresh_token!)).body as Record<string, string>;
		expect(await as(second.access_token!)).toBe(200);
		expect(await refresh(first.refresh_token!)).toMatchObject({
			status: 400,
			body: {
				error: 'invalid_request',
				error_description: 'Value passed for the token was invalid.',
			},
		});
		expect(await as(second.access_token!)).toBe(401);
		expect((await refresh(second.refresh_token!)).status).toBe(400);
	});

	it('tells scopes, app tokens and revoked tokens apart', async () => {
		const reader = sandbox.issueToken({ scopes: ['tweet.read', 'users.read'] }).accessToken;
		expect(
			await ask(`${sandbox.url}/2/tweets`, { token: reader, json: { text: 'a' } }),
		).toMatchObject({
			status: 403,
			body: { detail: 'You are not permitted to perform this action.' },
		});
		const app = sandbox.issueToken({ kind: 'app' }).accessToken;
		expect(await ask(`${sandbox.url}/2/tweets`, { token: app, json: { text: 'a' } })).toMatchObject(
			{
				status: 403,
				body: { title: 'Unsupported Authentication' },
			},
		);
		await ask(`${sandbox.url}/2/oauth2/revoke`, { form: { token }, headers: CLIENT });
		expect(await post({ text: 'a' })).toMatchObject({
			status: 401,
			body: { title: 'Unauthorized', type: 'about:blank', status: 401, detail: 'Unauthorized' },
		});
	});
});
