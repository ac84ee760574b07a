import { DAY, HOUR, SECOND } from '../kit/clock';
import { consentRoutes, type Asked } from '../kit/consent';
import { page } from '../kit/page';
import { route } from '../kit/router';
import { codeStore, type CodeStore, type Token } from '../kit/tokens';
import { refuse, type Call, type Reply, type Route } from '../kit/types';
import { graphError, input } from '../graph';
import { own } from './errors';
import { userId, type Server } from './model';

export const SHORT_LIFE = HOUR;
export const LONG_LIFE = 60 * DAY;

export const SCOPES = [
	'instagram_business_basic',
	'instagram_business_content_publish',
	'instagram_business_manage_comments',
	'instagram_business_manage_insights',
	'instagram_business_manage_messages',
];

/** www.instagram.com, api.instagram.com and the unversioned part of graph.instagram.com. */
export function oauthRoutes(server: Server): Route[] {
	const codes = codeStore(server.clock, HOUR);
	return [
		...consentRoutes({
			platform: 'Instagram',
			paths: ['/oauth/authorize'],
			accounts: () => server.settings.accounts,
			codes,
			ask: (query) => ask(server, query),
			denied: { error_reason: 'user_denied', error_description: 'The user denied your request.' },
			fragment: '#_',
		}),
		route('token', 'POST', '/oauth/access_token', (call) => trade(server, codes, call)),
		route('exchange', 'GET', '/access_token', (call) => exchange(server, call)),
		route('refresh', 'GET', '/refresh_access_token', (call) => refresh(server, call)),
		route('exchange', 'POST', '/access_token', wrongMethod),
		route('refresh', 'POST', '/refresh_access_token', wrongMethod),
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
		refuse(page('Error', `<h1>Invalid Request</h1><p>${message}</p>`, 400));
	if (query.get('client_id') !== client.id)
		return refusal('Request parameters are invalid: Invalid platform app');
	const redirectUri = query.get('redirect_uri') ?? '';
	if (!client.redirectUris.includes(redirectUri))
		return refusal('Request parameters are invalid: Invalid redirect_uri');
	if (query.get('response_type') !== 'code') return refusal('Invalid response_type');
	const scopes = (query.get('scope') ?? '').split(/[, ]+/).filter(Boolean);
	const unknown = scopes.filter((scope) => !SCOPES.includes(scope));
	if (unknown.length || !scopes.includes('instagram_business_basic'))
		return refusal(`Invalid scope: ${unknown.join(', ') || 'instagram_business_basic is missing'}`);
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
 * Exchanges a code for a token of one hour; the client identifies itself in the form, not in a
 * header.
 */
function trade(server: Server, codes: CodeStore, call: Call): Reply {
	const { settings, tokens } = server;
	if (call.body.kind !== 'form' && call.body.kind !== 'multipart')
		return tokenError('Missing required field client_id');
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
	const lifeMs = SHORT_LIFE;
	const token = tokens.issue({ client, account, scopes, kind: 'short', lifeMs, prefix: 'IGAAS' });
	// The answer has the id as a JSON number, which is too long for a double.
	const flat = `{"access_token":${JSON.stringify(token.value)},"user_id":${userId(account)},"permissions":${JSON.stringify(scopes)}}`;
	return {
		status: 200,
		headers: { 'content-type': 'application/json; charset=utf-8' },
		html: settings.nestedTokens ? `{"data":[${flat}]}` : flat,
	};
}

function missing(name: string): Reply {
	return graphError({ code: 100, message: `Missing required parameter ${name}` });
}

function exchange(server: Server, call: Call): Reply {
	const { client_secret, grant_type } = input(call);
	if (grant_type !== 'ig_exchange_token') return missing('grant_type');
	if (client_secret !== server.settings.client.secret)
		return graphError({ code: 1, message: 'Error validating client secret.' });
	const token = own(server, call);
	if (token.kind === 'short') return lasting(server, token, false);
	return graphError({ code: 452, message: 'Session key invalid.' });
}

/** Renews only long tokens that are at least a day old and still alive. */
function refresh(server: Server, call: Call): Reply {
	if (input(call).grant_type !== 'ig_refresh_token') return missing('grant_type');
	const token = own(server, call);
	if (token.kind !== 'long')
		return graphError({ code: 100, message: 'Only long-lived access tokens can be refreshed.' });
	if (server.clock.now() - token.issuedAt < DAY)
		return graphError({
			code: 100,
			message: 'The access token must be at least 24 hours old to be refreshed.',
		});
	return lasting(server, token, true);
}

function lasting({ tokens }: Server, asked: Token, renewed: boolean): Reply {
	const { client, account, scopes, family } = asked;
	const kind = 'long';
	const [lifeMs, prefix] = [LONG_LIFE, 'IGAAL'];
	const token = tokens.issue({ client, account, scopes, family, kind, lifeMs, prefix });
	return {
		status: 200,
		json: {
			access_token: token.value,
			token_type: 'bearer',
			expires_in: LONG_LIFE / SECOND,
			...(renewed && { permissions: scopes.join(',') }),
		},
	};
}
