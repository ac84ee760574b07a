import { DAY, HOUR, MINUTE, SECOND } from '../kit/clock';
import { basicAuth, consentRoutes, type Asked } from '../kit/consent';
import { page as htmlPage } from '../kit/page';
import { route } from '../kit/router';
import { codeStore, type CodeStore, type Token } from '../kit/tokens';
import { refuse, type Call, type Reply, type Route } from '../kit/types';
import { asPerson, bearer } from './access';
import { deadToken, graphError, input, text } from './errors';
import type { GraphServer } from './model';
import { inspected } from './inspected';

export const SHORT_LIFE = HOUR;
export const LONG_LIFE = 60 * DAY;

/** Every permission the app may ask for. */
export const SCOPES =
	'public_profile email pages_show_list pages_read_engagement pages_manage_posts business_management pages_manage_engagement pages_read_user_content pages_manage_metadata read_insights publish_video instagram_basic instagram_content_publish instagram_manage_comments instagram_manage_insights instagram_manage_contents'.split(
		' ',
	);

/** Facebook Login: https://developers.facebook.com/docs/facebook-login/guides/advanced/manual-flow */
export function loginRoutes(server: GraphServer): Route[] {
	const codes = codeStore(server.clock, 10 * MINUTE);
	return [
		...consentRoutes({
			platform: 'Facebook',
			paths: ['/dialog/oauth'],
			accounts: () => server.settings.accounts,
			codes,
			ask: (query) => ask(server, query),
			denied: {
				error_code: '200',
				error_reason: 'user_denied',
				error_description: 'Permissions error',
			},
			fragment: '#_=_',
		}),
		route('token', 'GET', '/oauth/access_token', (call) => token(server, codes, call)),
		route('token', 'POST', '/oauth/access_token', (call) => token(server, codes, call)),
		route('debug', 'GET', '/debug_token', (call) => debug(server, call)),
		route('permissions', 'GET', '/:user/permissions', (call) => permissions(server, call)),
		route('revoke', 'DELETE', '/:user/permissions', (call) => revoke(server, call)),
	];
}

function ask({ settings, state }: GraphServer, query: URLSearchParams): Asked {
	const refusal = (message: string) =>
		refuse(htmlPage('Error', `<h1>Something went wrong</h1><p>${message}</p>`, 400));
	const { client, configs } = settings;
	if (query.get('client_id') !== client.id)
		return refusal('Invalid App ID: The provided app ID does not look like a valid app ID.');
	const redirectUri = query.get('redirect_uri') ?? '';
	if (!client.redirectUris.includes(redirectUri))
		return refusal(
			'URL Blocked: This redirect failed because the redirect URI is not whitelisted in the app’s Client OAuth Settings.',
		);
	if ((query.get('response_type') ?? 'code') !== 'code') return refusal('Invalid response_type.');
	const config = query.get('config_id');
	if (config && !configs[config]) return refusal('Invalid config_id.');
	const given = (query.get('scope') ?? '').split(/[, ]+/).filter(Boolean);
	// A configuration replaces the list.
	const asked = config ? configs[config]! : given;
	const unknown = asked.filter((scope) => !SCOPES.includes(scope));
	if (unknown.length)
		return refusal(
			`Invalid Scopes: ${unknown.join(', ')}. This message is only shown to developers.`,
		);
	const scopes = ['public_profile', ...asked].filter((scope) => !state.declined.includes(scope));
	return {
		client: client.id,
		clientName: client.name,
		redirectUri,
		scopes: [...new Set(scopes)],
		...(query.has('state') && { state: query.get('state')! }),
	};
}

/** Exchanges a code for a short token, or a live token for a long one. */
function token(server: GraphServer, codes: CodeStore, call: Call): Reply {
	const { client } = server.settings;
	const fields = input(call);
	const [id, secret] = basicAuth(call.headers.authorization) ?? [
		text(fields.client_id),
		text(fields.client_secret),
	];
	if (id !== client.id)
		return graphError({
			code: 101,
			message: 'Error validating application. Cannot get application info due to a system error.',
		});
	if (secret !== client.secret)
		return graphError({ code: 1, message: 'Error validating client secret.' });
	if (fields.grant_type === 'fb_exchange_token')
		return exchange(server, text(fields.fb_exchange_token));
	if (fields.grant_type === 'client_credentials')
		return { status: 200, json: { access_token: `${id}|${secret}`, token_type: 'bearer' } };
	return trade(server, codes, text(fields.code), text(fields.redirect_uri));
}

function trade(server: GraphServer, codes: CodeStore, code: string, redirect: string): Reply {
	if (!code) return graphError({ code: 100, message: 'Missing required parameter code' });
	const grant = codes.take(code);
	if (!grant)
		return graphError({
			code: 100,
			subcode: 36_009,
			message: 'This authorization code has been used.',
		});
	if (grant.redirectUri !== redirect)
		return graphError({
			code: 100,
			subcode: 36_008,
			message:
				'Error validating verification code. Please make sure your redirect_uri is identical to the one you used in the OAuth dialog request',
		});
	const { client, account, scopes } = grant;
	const lifeMs = SHORT_LIFE;
	return given(
		server.tokens.issue({ client, account, scopes, kind: 'short', lifeMs, prefix: 'EAAS' }),
	);
}

/** https://developers.facebook.com/documentation/facebook-login/guides/access-tokens/get-long-lived */
function exchange(server: GraphServer, value: string): Reply {
	const { tokens, clock, state } = server;
	if (!value)
		return graphError({ code: 100, message: 'Missing required parameter fb_exchange_token' });
	const old = tokens.find(value);
	if (!old || server.pageTokens.has(old.id))
		return graphError({ code: 190, message: 'Invalid OAuth access token data.' });
	const health = tokens.health(old);
	if (health !== 'live') return deadToken(health, clock.now());
	if (old.kind === 'long' && state.reexchange === 'refused')
		return graphError({ code: 100, message: 'Invalid parameter' });
	if (old.kind === 'long' && state.reexchange === 'same') return given(old, clock.now());
	const { client, account, scopes, family } = old;
	const lifeMs = LONG_LIFE;
	return given(
		tokens.issue({ client, account, scopes, family, kind: 'long', lifeMs, prefix: 'EAAL' }),
	);
}

function given({ value, expiresAt = 0, issuedAt }: Token, now = issuedAt): Reply {
	const expires_in = Math.floor((expiresAt - now) / SECOND);
	return { status: 200, json: { access_token: value, token_type: 'bearer', expires_in } };
}

/** Sent with the app's own token, which is its id and secret. */
function debug(server: GraphServer, call: Call): Reply {
	const { client } = server.settings;
	if (bearer(call) !== `${client.id}|${client.secret}`)
		return graphError({
			code: 100,
			message:
				'(#100) You must provide an app access token, or a user access token that is an owner or developer of the app',
		});
	const value = call.query.get('input_token');
	if (!value)
		return graphError({ code: 100, message: '(#100) The parameter input_token is required' });
	return { status: 200, json: { data: inspected(server, value) } };
}

function permissions(server: GraphServer, call: Call): Reply {
	const { token: mine } = asPerson(server, call, 'permissions');
	const rows = [
		...mine.scopes.map((permission) => ({ permission, status: 'granted' })),
		...server.state.declined.map((permission) => ({ permission, status: 'declined' })),
	];
	return { status: 200, json: { data: rows } };
}

/** Ends the person's consent: all tokens of the app for the person, including those of Pages. */
function revoke(server: GraphServer, call: Call): Reply {
	const { person } = asPerson(server, call, 'permissions');
	for (const one of server.tokens.all) if (one.account === person) one.revoked = true;
	return { status: 200, json: { success: true } };
}
