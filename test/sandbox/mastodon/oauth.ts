import { randomBytes } from 'node:crypto';
import { basicAuth, consentRoutes, type Asked, type Client } from '../kit/consent';
import { MINUTE } from '../kit/clock';
import { escaped, page } from '../kit/page';
import { codeStore, secret, verifies, type Grant } from '../kit/tokens';
import { refuse, type Call, type Reply, type Route } from '../kit/types';
import { input, text, type Server } from './server';

const SCOPES =
	/^(profile|push|follow|(read|write)(:(accounts|blocks|bookmarks|collections|favourites|filters|follows|lists|mutes|notifications|search|statuses|conversations|media|reports))?|admin:(read|write)(:\w+)?)$/;
const OUT_OF_BAND = 'urn:ietf:wg:oauth:2.0:oob';

const DESCRIPTIONS = {
	invalid_client:
		'Client authentication failed due to unknown client, no client authentication included, or unsupported authentication method.',
	invalid_grant:
		'The provided authorization grant is invalid, expired, revoked, does not match the redirection URI used in the authorization request, or was issued to another client.',
	invalid_request: 'Missing required parameter: grant_type.',
	invalid_scope: 'The requested scope is invalid, unknown, or malformed.',
	unsupported_grant_type:
		'The authorization grant type is not supported by the authorization server.',
	unauthorized_client: 'You are not authorized to revoke this token',
} as const;

export function oauthRoutes(server: Server): Route[] {
	const codes = codeStore(server.clock, 10 * MINUTE);
	const { state, settings, url } = server;
	const routes: Route[] = [
		{
			operation: 'apps',
			method: 'POST',
			path: '/api/v1/apps',
			handle: (call) => register(server, call),
		},
		...consentRoutes({
			platform: 'Mastodon',
			paths: ['/oauth/authorize'],
			accounts: () => settings.accounts,
			codes,
			ask: (query) => ask(state.apps, query),
			denied: {
				error_description: 'The resource owner or authorization server denied the request.',
			},
			showCode: ({ redirectUri }, code) =>
				redirectUri === OUT_OF_BAND
					? page('Authorization code', `<p>Copy this code:</p><code>${escaped(code)}</code>`)
					: undefined,
		}),
		{
			operation: 'token',
			method: 'POST',
			path: '/oauth/token',
			handle: (call) => exchange(server, call, codes.take),
		},
	];
	if (settings.dialect === 'minimal') return routes;
	routes.push({
		operation: 'revoke',
		method: 'POST',
		path: '/oauth/revoke',
		handle: (call) => revoke(server, call),
	});
	if (settings.dialect === 'current') routes.push(metadata(url));
	return routes;
}

function oauthError(status: number, error: keyof typeof DESCRIPTIONS): Reply {
	return { status, json: { error, error_description: DESCRIPTIONS[error] } };
}

function register({ state, newId, settings }: Server, call: Call): Reply {
	const { client_name, redirect_uris, scopes, website } = input(call);
	if (settings.dialect === 'minimal' && Array.isArray(redirect_uris)) return { status: 404 };
	const uris = Array.isArray(redirect_uris)
		? redirect_uris.map(text)
		: text(redirect_uris).split(/\s+/).filter(Boolean);
	const wanted = words(scopes ?? 'read');
	if (!text(client_name))
		return { status: 422, json: { error: "Validation failed: Application name can't be blank" } };
	if (uris.length === 0)
		return { status: 422, json: { error: "Validation failed: Redirect URI can't be blank" } };
	if (!wanted.every((scope) => SCOPES.test(scope)))
		return {
			status: 422,
			json: { error: "Validation failed: Scopes doesn't match configured on the server." },
		};
	const id = randomBytes(32).toString('base64url');
	const client = {
		id,
		secret: secret(),
		name: text(client_name),
		redirectUris: uris,
		scopes: wanted,
	};
	state.apps.push(client);
	return {
		status: 200,
		json: {
			id: newId(),
			name: client.name,
			website: website ?? null,
			scopes: wanted,
			redirect_uris: uris,
			redirect_uri: uris.join('\n'),
			client_id: id,
			client_secret: client.secret,
			client_secret_expires_at: 0,
			vapid_key: randomBytes(65).toString('base64url'),
		},
	};
}

function words(value: unknown): string[] {
	return text(value).split(/\s+/).filter(Boolean);
}

/** Doorkeeper shows errors on a page instead of sending them to the redirect URI. */
function ask(apps: Client[], query: URLSearchParams): Asked {
	const refusal = (message: string, status = 400) =>
		refuse(
			page('An error has occurred', `<h1>An error has occurred</h1><p>${message}</p>`, status),
		);
	const client = apps.find(({ id }) => id === query.get('client_id'));
	if (!client) return refusal(DESCRIPTIONS.invalid_client, 401);
	const redirectUri = query.get('redirect_uri') ?? '';
	if (!client.redirectUris.includes(redirectUri))
		return refusal("The requested redirect uri is malformed or doesn't match client redirect URI.");
	if (query.get('response_type') !== 'code')
		return refusal('The authorization server does not support this response type.');
	const scopes = words(query.get('scope') ?? 'read');
	const registered = client.scopes;
	const known = scopes.every((scope) =>
		registered ? registered.includes(scope) : SCOPES.test(scope),
	);
	if (!known) return refusal(DESCRIPTIONS.invalid_scope);
	const challenge = query.get('code_challenge');
	const method = query.get('code_challenge_method') ?? 'plain';
	if (challenge && method !== 'S256') return refusal('The code_challenge_method must be S256.');
	return {
		client: client.id,
		clientName: client.name,
		redirectUri,
		scopes,
		...(query.has('state') && { state: query.get('state')! }),
		...(challenge && { challenge: { value: challenge, method } }),
	};
}

function clientOf({ state }: Server, call: Call): Client | undefined {
	const fields = input(call);
	const [id, given] = basicAuth(call.headers.authorization) ?? [
		text(fields.client_id),
		text(fields.client_secret),
	];
	return state.apps.find((app) => app.id === id && app.secret === given);
}

function exchange(
	server: Server,
	call: Call,
	take: (code: string | undefined) => Grant | undefined,
): Reply {
	const fields = input(call);
	const client = clientOf(server, call);
	if (!client) return oauthError(401, 'invalid_client');
	if (!fields.grant_type) return oauthError(400, 'invalid_request');
	if (fields.grant_type === 'client_credentials')
		return issued(server, {
			client: client.id,
			account: '',
			scopes: words(fields.scope ?? 'read'),
		});
	if (fields.grant_type !== 'authorization_code') return oauthError(400, 'unsupported_grant_type');
	const grant = take(text(fields.code));
	const fits =
		grant &&
		grant.client === client.id &&
		grant.redirectUri === fields.redirect_uri &&
		verifies(grant.challenge, fields.code_verifier as string | undefined);
	return fits ? issued(server, grant) : oauthError(400, 'invalid_grant');
}

function issued(
	{ tokens, settings }: Server,
	grant: Pick<Grant, 'client' | 'account' | 'scopes'>,
): Reply {
	const { client, account, scopes } = grant;
	const token = tokens.issue({ client, account, scopes, kind: account ? 'user' : 'app' });
	return {
		status: 200,
		json: {
			access_token: token.value,
			token_type: 'Bearer',
			scope: settings.dialect === 'minimal' ? '' : scopes.join(' '),
			created_at: Math.floor(token.issuedAt / 1000),
		},
	};
}

function revoke(server: Server, call: Call): Reply {
	const client = clientOf(server, call);
	const token = server.tokens.find(text(input(call).token));
	if (!client || (token && token.client !== client.id))
		return oauthError(403, 'unauthorized_client');
	if (token) token.revoked = true;
	return { status: 200, json: {} };
}

function metadata(url: string): Route {
	const json = {
		issuer: `${url}/`,
		service_documentation: 'https://docs.joinmastodon.org/',
		userinfo_endpoint: `${url}/oauth/userinfo`,
		authorization_endpoint: `${url}/oauth/authorize`,
		token_endpoint: `${url}/oauth/token`,
		revocation_endpoint: `${url}/oauth/revoke`,
		app_registration_endpoint: `${url}/api/v1/apps`,
		scopes_supported: [
			'read',
			'profile',
			'write',
			'read:accounts',
			'read:statuses',
			'read:search',
			'write:media',
			'write:statuses',
		],
		response_types_supported: ['code'],
		response_modes_supported: ['query', 'fragment', 'form_post'],
		grant_types_supported: ['authorization_code', 'client_credentials'],
		token_endpoint_auth_methods_supported: ['client_secret_basic', 'client_secret_post'],
		code_challenge_methods_supported: ['S256'],
	};
	const path = '/.well-known/oauth-authorization-server';
	return { operation: 'metadata', method: 'GET', path, handle: () => ({ status: 200, json }) };
}
