import { DAY, HOUR, SECOND } from '../kit/clock';
import { basicAuth, consentRoutes, type Asked } from '../kit/consent';
import { page } from '../kit/page';
import { codeStore, verifies, type CodeStore, type Grant, type Token } from '../kit/tokens';
import { refuse, type Call, type Reply, type Route } from '../kit/types';
import type { Server } from './model';

const ACCESS_LIFE = 2 * HOUR;
const REFRESH_LIFE = 182 * DAY;

const SCOPES =
	'tweet.read tweet.write tweet.moderate.write users.email users.read follows.read follows.write offline.access space.read mute.read mute.write like.read like.write list.read list.write block.read block.write bookmark.read bookmark.write dm.read dm.write media.write broadcast.read broadcast.write timeline.read'.split(
		' ',
	);

export function oauthRoutes(server: Server): Route[] {
	const codes = codeStore(server.clock, 30 * SECOND);
	return [
		...consentRoutes({
			platform: 'X',
			paths: ['/i/oauth2/authorize', '/2/oauth2/authorize'],
			accounts: () => server.settings.accounts,
			codes,
			ask: (query) => ask(server, query),
			denied: {},
		}),
		{
			operation: 'token',
			method: 'POST',
			path: '/2/oauth2/token',
			handle: (call) => grant(server, codes, call),
		},
		{
			operation: 'revoke',
			method: 'POST',
			path: '/2/oauth2/revoke',
			handle: (call) => revoke(server, call),
		},
	];
}

/** Every error of the request is shown on a page; X sends nobody back. */
function ask({ settings: { client } }: Server, query: URLSearchParams): Asked {
	const refusal = (message: string) =>
		refuse(page('Something went wrong', `<h1>Something went wrong</h1><p>${message}</p>`, 400));
	const given = (name: string) => query.get(name) ?? '';
	if (given('client_id') !== client.id) return refusal('Value passed for the client was invalid.');
	if (!client.redirectUris.includes(given('redirect_uri')))
		return refusal('415: Callback URL not approved for this client application.');
	if (given('response_type') !== 'code')
		return refusal('Value passed for response_type was invalid.');
	const scopes = given('scope').split(' ').filter(Boolean);
	if (!scopes.length || !scopes.every((scope) => SCOPES.includes(scope)))
		return refusal('Value passed for the scope was invalid.');
	if (!query.has('state') || given('state').length > 500)
		return refusal('Value passed for the state was invalid.');
	const method = given('code_challenge_method') || 'plain';
	if (!given('code_challenge') || !['S256', 'plain'].includes(method))
		return refusal('Value passed for the code_challenge was invalid.');
	return {
		client: client.id,
		clientName: client.name,
		redirectUri: given('redirect_uri'),
		scopes,
		state: given('state'),
		challenge: { value: given('code_challenge'), method },
	};
}

function oauthError(status: number, error: string, error_description: string): Reply {
	return { status, json: { error, error_description } };
}

const invalidValue = (name: string) =>
	oauthError(400, 'invalid_request', `Value passed for the ${name} was invalid.`);

/** A confidential client identifies itself only in the Basic header. */
function fieldsOf({ settings: { client } }: Server, call: Call): URLSearchParams {
	const [id, secret] = basicAuth(call.headers.authorization) ?? [];
	if (id !== client.id || secret !== client.secret)
		refuse(oauthError(401, 'unauthorized_client', 'Missing valid authorization header'));
	if (call.body.kind !== 'form')
		return refuse(oauthError(400, 'invalid_request', 'Missing required parameter [grant_type].'));
	return new URLSearchParams(call.body.fields);
}

function grant(server: Server, codes: CodeStore, call: Call): Reply {
	const fields = fieldsOf(server, call);
	const kind = fields.get('grant_type');
	if (!kind) return oauthError(400, 'invalid_request', 'Missing required parameter [grant_type].');
	if (kind === 'refresh_token') return refresh(server, fields);
	if (kind !== 'authorization_code') return invalidValue('grant_type');
	for (const name of ['code', 'redirect_uri', 'code_verifier'])
		if (!fields.get(name))
			return oauthError(400, 'invalid_request', `Missing required parameter [${name}].`);
	const granted = codes.take(fields.get('code')!);
	if (!granted) return invalidValue('authorization code');
	if (granted.redirectUri !== fields.get('redirect_uri')) return invalidValue('redirect uri');
	if (!verifies(granted.challenge, fields.get('code_verifier')!))
		return invalidValue('code verifier');
	return answered(issue(server, granted));
}

/**
 * A refresh token works once; a second use means that it leaked, and ends all tokens of the
 * consent.
 */
function refresh(server: Server, fields: URLSearchParams): Reply {
	const { tokens, clock } = server;
	const old = tokens.byRefresh(fields.get('refresh_token') ?? '');
	if (!old) return invalidValue('token');
	if (old.refreshUsed) tokens.revokeFamily(old.family);
	if (old.revoked || (old.refreshExpiresAt ?? 0) <= clock.now()) return invalidValue('token');
	old.refreshUsed = true;
	return answered(issue(server, old, old.family));
}

export function issue(
	{ tokens }: Server,
	{ client, account, scopes }: Pick<Grant, 'client' | 'account' | 'scopes'>,
	family?: number,
	lifeMs = ACCESS_LIFE,
): Token {
	return tokens.issue({
		client,
		account,
		scopes,
		lifeMs,
		...(scopes.includes('offline.access') && { refreshLifeMs: REFRESH_LIFE }),
		...(family !== undefined && { family }),
	});
}

function answered(token: Token): Reply {
	return {
		status: 200,
		json: {
			token_type: 'bearer',
			expires_in: ACCESS_LIFE / SECOND,
			access_token: token.value,
			scope: token.scopes.join(' '),
			...(token.refresh && { refresh_token: token.refresh }),
		},
	};
}

function revoke(server: Server, call: Call): Reply {
	const { tokens } = server;
	const given = fieldsOf(server, call).get('token') ?? '';
	const token = tokens.find(given) ?? tokens.byRefresh(given);
	if (!token) return invalidValue('token');
	token.revoked = true;
	return { status: 200, json: { revoked: true } };
}
