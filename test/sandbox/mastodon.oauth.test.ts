import { startSandbox, type Sandbox } from '.';
import type { MastodonState } from './mastodon/model';
import { ask, consent, pkce } from './plainHttp';

const REDIRECT = 'http://127.0.0.1:5678/rest/oauth2-credential/callback';

jest.setTimeout(60_000);

let sandbox: Sandbox<MastodonState>;
let api: string;

beforeEach(async () => {
	sandbox = await startSandbox('mastodon');
	api = `${sandbox.url}/api/v1`;
});

afterEach(async () => await sandbox.stop());

describe('OAuth', () => {
	const registered = async () =>
		(
			await ask(`${api}/apps`, {
				json: { client_name: 'mine', redirect_uris: REDIRECT, scopes: 'read write:statuses' },
			})
		).body as { client_id: string; client_secret: string };

	const connect = async (scope: string, challenge?: string) => {
		const { client_id, client_secret } = await registered();
		const back = await consent(`${sandbox.url}/oauth/authorize`, {
			response_type: 'code',
			client_id,
			redirect_uri: REDIRECT,
			scope,
			state: 's1',
			...(challenge && { code_challenge: challenge, code_challenge_method: 'S256' }),
		});
		const code = back.searchParams.get('code')!;
		return {
			back,
			form: {
				grant_type: 'authorization_code',
				client_id,
				client_secret,
				redirect_uri: REDIRECT,
				code,
			},
		};
	};

	it('registers an app, asks the user and trades the code for a lasting token', async () => {
		const { verifier, challenge } = pkce();
		const { back, form } = await connect('write:statuses', challenge);
		expect(back.origin + back.pathname).toBe(REDIRECT);
		expect(back.searchParams.get('state')).toBe('s1');
		expect(
			await ask(`${sandbox.url}/oauth/token`, { form: { ...form, code_verifier: 'wrong' } }),
		).toMatchObject({
			status: 400,
			body: { error: 'invalid_grant' },
		});
		const again = await connect('write:statuses', challenge);
		const answer = await ask(`${sandbox.url}/oauth/token`, {
			form: { ...again.form, code_verifier: verifier },
		});
		expect(answer).toMatchObject({
			status: 200,
			body: { token_type: 'Bearer', scope: 'write:statuses' },
		});
		expect(answer.body).not.toHaveProperty('expires_in');
		const { access_token } = answer.body as { access_token: string };
		sandbox.clock.advance(400 * 24 * 3600_000);
		expect(
			(await ask(`${api}/statuses`, { token: access_token, json: { status: 'hi' } })).status,
		).toBe(200);
		expect(await ask(`${api}/accounts/verify_credentials`, { token: access_token })).toMatchObject({
			status: 403,
			body: { error: 'This action is outside the authorized scopes' },
		});
		const { client_id, client_secret } = form;
		const gone = await ask(`${sandbox.url}/oauth/revoke`, {
			form: {
				client_id: again.form.client_id,
				client_secret: again.form.client_secret,
				token: access_token,
			},
		});
		expect(gone).toMatchObject({ status: 200, body: {} });
		expect(
			(await ask(`${api}/statuses`, { token: access_token, json: { status: 'hi' } })).status,
		).toBe(401);
		const foreign = { client_id, client_secret, token: access_token };
		expect((await ask(`${sandbox.url}/oauth/revoke`, { form: foreign })).status).toBe(403);
	});

	it('turns down wrong clients, redirects, scopes and reused codes', async () => {
		const { form } = await connect('read');
		const wrong = { ...form, client_secret: 'no' };
		expect(await ask(`${sandbox.url}/oauth/token`, { form: wrong })).toMatchObject({
			status: 401,
			body: { error: 'invalid_client' },
		});
		expect((await ask(`${sandbox.url}/oauth/token`, { form })).status).toBe(200);
		expect((await ask(`${sandbox.url}/oauth/token`, { form })).status).toBe(400);
		const query = { response_type: 'code', client_id: form.client_id, scope: 'read' };
		const page = async (more: Record<string, string>) =>
			(await ask(`${sandbox.url}/oauth/authorize`, { query: { ...query, ...more } })).status;
		expect(await page({ redirect_uri: REDIRECT })).toBe(200);
		expect(await page({ redirect_uri: `${REDIRECT}/` })).toBe(400);
		expect(await page({ redirect_uri: REDIRECT, scope: 'write' })).toBe(400);
		expect(await page({ redirect_uri: REDIRECT, client_id: 'nobody' })).toBe(401);
		const denied = await consent(
			`${sandbox.url}/oauth/authorize`,
			{ ...query, redirect_uri: REDIRECT },
			'deny',
		);
		expect(denied.searchParams.get('error')).toBe('access_denied');
	});
});
