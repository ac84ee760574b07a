import { DAY, HOUR, SECOND } from '../kit/clock';
import { consentRoutes, type Asked } from '../kit/consent';
import { page } from '../kit/page';
import { codeStore, type CodeStore, type Token } from '../kit/tokens';
import { refuse, type Call, type Reply, type Route } from '../kit/types';
import { route } from '../kit/router';
import { authorized, bearer, deadToken, graphError, input } from './errors';
import { userId, type Server } from './model';

export const SHORT_LIFE = HOUR;
export const LONG_LIFE = 60 * DAY;

export const SCOPES =
	'threads_basic threads_content_publish threads_manage_insights threads_manage_replies threads_read_replies threads_keyword_search threads_manage_mentions threads_delete threads_location_tagging threads_profile_discovery'.split(
		' ',
	);

export function oauthRoutes(server: Server): Route[] {
	const codes = codeStore(server.clock, HOUR);
	return [
		...consentRoutes({
			platform: 'Threads',
			paths: ['/oauth/authorize'],
			accounts: () => server.settings.accounts,
			codes,
			ask: (query) => ask(server, query),
			denied: { error_reason: 'user_denied', error_description: 'The user denied your request.' },
			fragment: '#_',
		}),
		route('token', 'POST', '/oauth/access_token', (call) => trade(server, codes, call)),
		route('app-token', 'GET', '/oauth/access_token', (call) => appToken(server, call)),
		route('exchange', 'GET', '/access_token', (call) => exchange(server, call)),
		route('refresh', 'GET', '/refresh_access_token', (call) => refresh(server, call)),
		route('exchange', 'POST', '/access_token', wrongMethod),
		route('refresh', 'POST', '/refresh_access_token', wrongMethod),
		route('debug', 'GET', '/debug_token', (call) => debug(server, call)),
	];
}

function wrongMethod(): Reply {
	return graphError({
		code: 100,
		type: 'IGApiException',
		message: 'Unsupported request - method type: post',
	});
}

function ask({ settings: { client } }: Server, query: URLSearchParams): Asked {
	const refusal = (message: string) =>
		refuse(page('Error', `<h1>Something went wrong</h1><p>${message}</p>`, 400));
	if (query.get('client_id') !== client.id)
		return refusal('Invalid app ID: The provided app ID does not look like a valid app ID.');
	const redirectUri = query.get('redirect_uri') ?? '';
	if (!client.redirectUris.includes(redirectUri))
		return refusal(
			'URL Blocked: This redirect failed because the redirect URI is not whitelisted in the app settings.',
		);
	if (query.get('response_type') !== 'code') return refusal('Invalid response_type.');
	const scopes = (query.get('scope') ?? '').split(/[, ]+/).filter(Boolean);
	const unknown = scopes.filter((scope) => !SCOPES.includes(scope));
	if (unknown.length || !scopes.includes('threads_basic'))
		return refusal(`Invalid Scopes: ${unknown.join(', ') || 'threads_basic is missing'}`);
	return {
		client: client.id,
		clientName: client.name,
		redirectUri,
		scopes,
		...(query.has('state') && { state: query.get('state')! }),
	};
}

function tokenError(error_message: string): Reply {
	return { status: 400, json: { error_type: 'OAuthException', code: 400, error_message } };
}

/**
 * Exchanges a code for a token of one hour; the client identifies itself in the form (or query),
 * not in a header.
 */
function trade(server: Server, codes: CodeStore, call: Call): Reply {
	const { settings, tokens } = server;
	const { client_id, client_secret, code, grant_type, redirect_uri } = input(call);
	if (client_id !== settings.client.id) return tokenError('Invalid platform app');
	if (client_secret !== settings.client.secret)
		return tokenError('Error validating client secret.');
	if (grant_type !== 'authorization_code') return tokenError('Invalid grant_type');
	const grant = codes.take(String(code ?? ''));
	if (!grant) return tokenError('Matching code was not found or was already used');
	if (grant.redirectUri !== redirect_uri)
		return tokenError(
			'Error validating verification code. Please make sure your redirect_uri is identical to the one you used in the OAuth dialog request',
		);
	const { client, account, scopes } = grant;
	const token = tokens.issue({
		client,
		account,
		scopes,
		kind: 'short',
		lifeMs: SHORT_LIFE,
		prefix: 'THSB',
	});
	// The answer has the id as a JSON number, which is too long for a double.
	return {
		status: 200,
		headers: { 'content-type': 'application/json; charset=UTF-8' },
		html: `{"access_token":${JSON.stringify(token.value)},"user_id":${userId(account)}}`,
	};
}

function appToken({ settings: { client }, tokens }: Server, call: Call): Reply {
	const { client_id, client_secret, grant_type } = input(call);
	if (client_id !== client.id || client_secret !== client.secret) return wrongSecret();
	if (grant_type !== 'client_credentials') return tokenError('Invalid grant_type');
	const token = tokens.issue({
		client: client.id,
		account: '',
		scopes: [],
		kind: 'app',
		prefix: 'TH|',
	});
	return { status: 200, json: { access_token: token.value, token_type: 'bearer' } };
}

function wrongSecret(): Reply {
	return graphError({ code: 1, message: 'Error validating client secret.' });
}

function missing(name: string): Reply {
	return graphError({ code: 100, message: `Missing required parameter ${name}` });
}

function exchange(server: Server, call: Call): Reply {
	const { client_secret, grant_type } = input(call);
	if (grant_type !== 'th_exchange_token') return missing('grant_type');
	if (client_secret !== server.settings.client.secret) return wrongSecret();
	const token = authorized(server, call);
	if (token.kind !== 'short')
		return graphError({
			code: 452,
			message:
				'Session key invalid. This could be because the session key has an incorrect format, or because the user has revoked this session',
		});
	return lasting(server, token);
}

/** Renews only long tokens that are at least a day old and still alive. */
function refresh(server: Server, call: Call): Reply {
	if (input(call).grant_type !== 'th_refresh_token') return missing('grant_type');
	const token = authorized(server, call);
	if (token.kind !== 'long')
		return graphError({ code: 100, message: 'Only long-lived access tokens can be refreshed.' });
	if (!token.scopes.includes('threads_basic'))
		return graphError({
			code: 10,
			status: 403,
			message: 'Application does not have permission for this action',
		});
	if (server.clock.now() - token.issuedAt < DAY)
		return graphError({
			code: 100,
			message: 'The access token must be at least 24 hours old to be refreshed.',
		});
	return lasting(server, token);
}

function lasting({ tokens }: Server, { client, account, scopes, family }: Token): Reply {
	const lifeMs = LONG_LIFE;
	const token = tokens.issue({
		client,
		account,
		scopes,
		family,
		kind: 'long',
		lifeMs,
		prefix: 'THLL',
	});
	return {
		status: 200,
		json: { access_token: token.value, token_type: 'bearer', expires_in: LONG_LIFE / SECOND },
	};
}

function debug(server: Server, call: Call): Reply {
	authorized(server, call);
	const token = server.tokens.find(String(call.query.get('input_token') ?? bearer(call)));
	if (!token)
		return {
			status: 200,
			json: {
				data: {
					is_valid: false,
					scopes: [],
					error: { code: 190, message: 'Invalid OAuth access token.' },
				},
			},
		};
	const health = server.tokens.health(token);
	const seconds = (time = 0) => Math.floor(time / SECOND);
	const refusal = health === 'live' ? undefined : deadToken(health, server.clock.now());
	return {
		status: 200,
		json: {
			data: {
				type: 'USER',
				application: server.settings.client.name,
				is_valid: health === 'live',
				issued_at: seconds(token.issuedAt),
				expires_at: seconds(token.expiresAt),
				data_access_expires_at: seconds(token.issuedAt + 90 * DAY),
				scopes: token.scopes,
				user_id: userId(token.account),
				...(refusal && (refusal.json as object)),
			},
		},
	};
}
