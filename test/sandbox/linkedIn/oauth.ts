import { DAY, MINUTE, SECOND } from '../kit/clock';
import { consentRoutes, type Asked } from '../kit/consent';
import { page } from '../kit/page';
import { route } from '../kit/router';
import { codeStore, type CodeStore, type Grant, type Token } from '../kit/tokens';
import { refuse, type Call, type Reply, type Route } from '../kit/types';
import type { Server } from './model';

const ACCESS_LIFE = 60 * DAY;
const REFRESH_LIFE = 365 * DAY;

/** https://learn.microsoft.com/en-us/linkedin/shared/authentication/authorization-code-flow */
export function oauthRoutes(server: Server): Route[] {
	const codes = codeStore(server.clock, 30 * MINUTE);
	return [
		...consentRoutes({
			platform: 'LinkedIn',
			paths: ['/oauth/v2/authorization'],
			accounts: () => server.settings.accounts,
			codes,
			ask: (query) => ask(server, query),
			denied: {
				error: 'user_cancelled_authorize',
				error_description: 'The user cancelled the authorization',
			},
		}),
		route('token', 'POST', '/oauth/v2/accessToken', (call) => grant(server, codes, call)),
		route('introspect', 'POST', '/oauth/v2/introspectToken', (call) => introspect(server, call)),
	];
}

/** A wrong client or redirect URI is shown on a page; for other errors people are sent back. */
function ask({ settings: { client, products } }: Server, query: URLSearchParams): Asked {
	const given = (name: string) => query.get(name) ?? '';
	const refusal = (message: string) =>
		refuse(
			page(
				'Bummer, something went wrong.',
				`<h1>Bummer, something went wrong.</h1><p>${message}</p>`,
				400,
			),
		);
	if (given('client_id') !== client.id) return refusal('The passed in client_id is invalid');
	const redirectUri = given('redirect_uri');
	if (!client.redirectUris.includes(redirectUri.split('?')[0]!))
		return refusal('The redirect_uri does not match the registered value');
	const back = (error: string, error_description: string) => {
		const target = new URL(redirectUri);
		target.search = new URLSearchParams({
			error,
			error_description,
			state: given('state'),
		}).toString();
		return refuse({ status: 302, headers: { location: target.href } });
	};
	if (given('response_type') !== 'code')
		return back('invalid_request', 'A required parameter "response_type" is missing or invalid');
	const scopes = given('scope')
		.split(/[\s,]+/)
		.filter(Boolean);
	const foreign = scopes.find((scope) => !products.includes(scope));
	if (foreign)
		return back(
			'unauthorized_scope_error',
			`Scope "${foreign}" is not authorized for your application`,
		);
	if (scopes.length === 0) return back('invalid_scope', 'The scope is missing');
	return { client: client.id, clientName: client.name, redirectUri, scopes, state: given('state') };
}

function oauthError(status: number, error: string, error_description: string): Reply {
	return { status, json: { error, error_description } };
}

/** LinkedIn takes the client only in the body. */
function fieldsOf({ settings: { client } }: Server, { body }: Call): URLSearchParams {
	if (body.kind !== 'form')
		return refuse(
			oauthError(400, 'invalid_request', 'A required parameter "grant_type" is missing'),
		);
	const fields = new URLSearchParams(body.fields);
	for (const name of ['client_id', 'client_secret'])
		if (!fields.get(name))
			return refuse(
				oauthError(400, 'invalid_request', `A required parameter "${name}" is missing`),
			);
	if (fields.get('client_id') !== client.id || fields.get('client_secret') !== client.secret)
		return refuse(oauthError(401, 'invalid_client', 'Client authentication failed'));
	return fields;
}

function grant(server: Server, codes: CodeStore, call: Call): Reply {
	const fields = fieldsOf(server, call);
	const kind = fields.get('grant_type');
	if (kind === 'refresh_token') return refresh(server, fields);
	if (kind !== 'authorization_code')
		return oauthError(
			400,
			'invalid_request',
			'A required parameter "grant_type" is missing or invalid',
		);
	const granted = codes.take(fields.get('code') ?? '');
	if (!granted || granted.redirectUri !== fields.get('redirect_uri'))
		return oauthError(
			400,
			'invalid_request',
			'Unable to retrieve access token: appid/redirect uri/code verifier does not match authorization code. Or authorization code expired.',
		);
	endOthers(server, granted);
	return answered(server, issue(server, granted));
}

/** A request for other scopes ends the tokens that the app had for the member. */
function endOthers({ tokens }: Server, { account, client, scopes }: Grant): void {
	const wanted = [...scopes].sort().join(' ');
	for (const token of tokens.all)
		if (
			token.account === account &&
			token.client === client &&
			[...token.scopes].sort().join(' ') !== wanted
		)
			token.revoked = true;
}

/** https://learn.microsoft.com/en-us/linkedin/shared/authentication/programmatic-refresh-tokens */
function refresh(server: Server, fields: URLSearchParams): Reply {
	const old = server.tokens.byRefresh(fields.get('refresh_token') ?? '');
	const dead = !old || old.revoked || (old.refreshExpiresAt ?? 0) <= server.clock.now();
	if (dead)
		return oauthError(
			400,
			'invalid_request',
			'The provided authorization grant or refresh token is invalid, expired or revoked',
		);
	// The refresh token and its end stay the same; the access token never outlives it.
	const left = old.refreshExpiresAt! - server.clock.now();
	const { client, account, scopes, family, refresh: same, refreshExpiresAt } = old;
	const token = server.tokens.issue({
		client,
		account,
		scopes,
		family,
		lifeMs: Math.min(ACCESS_LIFE, left),
	});
	Object.assign(token, { refresh: same, refreshExpiresAt });
	return answered(server, token);
}

export function issue(
	{ tokens, settings }: Server,
	{ client, account, scopes }: Pick<Grant, 'client' | 'account' | 'scopes'>,
	lifeMs = ACCESS_LIFE,
): Token {
	const refreshLifeMs = settings.refreshTokens ? REFRESH_LIFE : undefined;
	return tokens.issue({ client, account, scopes, lifeMs, ...(refreshLifeMs && { refreshLifeMs }) });
}

function answered({ clock }: Server, token: Token): Reply {
	const seconds = (end = 0) => Math.round((end - clock.now()) / SECOND);
	return {
		status: 200,
		json: {
			access_token: token.value,
			expires_in: seconds(token.expiresAt),
			...(token.refresh && {
				refresh_token: token.refresh,
				refresh_token_expires_in: seconds(token.refreshExpiresAt),
			}),
			scope: token.scopes.join(','),
			token_type: 'Bearer',
		},
	};
}

function introspect(server: Server, call: Call): Reply {
	const token = server.tokens.find(fieldsOf(server, call).get('token') ?? '');
	if (!token) return { status: 200, json: { active: false } };
	const health = server.tokens.health(token);
	const seconds = (at = 0) => Math.floor(at / SECOND);
	return {
		status: 200,
		json: {
			active: health === 'live',
			status: health === 'live' ? 'active' : health,
			client_id: token.client,
			auth_type: '3L',
			scope: token.scopes.join(','),
			authorized_at: seconds(token.issuedAt),
			created_at: seconds(token.issuedAt),
			expires_at: seconds(token.expiresAt),
		},
	};
}
