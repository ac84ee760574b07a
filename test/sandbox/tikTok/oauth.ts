import { DAY, MINUTE, SECOND } from '../kit/clock';
import { consentRoutes, type Asked } from '../kit/consent';
import { page } from '../kit/page';
import { codeStore, type CodeStore, type Grant, type Token } from '../kit/tokens';
import { refuse, type Call, type Reply, type Route } from '../kit/types';
import { route } from '../kit/router';
import { oauthError } from './answers';
import { openId, type Server } from './model';

const ACCESS_LIFE = DAY;
const REFRESH_LIFE = 365 * DAY;

const SCOPES = [
	'user.info.basic',
	'user.info.profile',
	'user.info.stats',
	'video.list',
	'video.upload',
	'video.publish',
];

/** https://developers.tiktok.com/doc/login-kit-web, …/doc/oauth-user-access-token-management */
export function oauthRoutes(server: Server): Route[] {
	const codes = codeStore(server.clock, 10 * MINUTE);
	return [
		...consentRoutes({
			platform: 'TikTok',
			paths: ['/v2/auth/authorize'],
			accounts: () => server.settings.accounts,
			codes,
			ask: (query) => ask(server, query),
			denied: { error_description: 'The user denied the request.' },
		}),
		route('token', 'POST', '/v2/oauth/token', (call) => grant(server, codes, call)),
		route('revoke', 'POST', '/v2/oauth/revoke', (call) => revoke(server, call)),
	];
}

/** A wrong request is shown on a page; nobody is sent back. */
function ask({ settings }: Server, query: URLSearchParams): Asked {
	const { client, declined } = settings;
	const refusal = (field: string) =>
		refuse(page('Something went wrong', `<h1>Something went wrong</h1><p>${field}</p>`, 400));
	if (query.get('client_key') !== client.id) return refusal('client_key');
	const redirectUri = query.get('redirect_uri') ?? '';
	if (!client.redirectUris.includes(redirectUri)) return refusal('redirect_uri');
	if (query.get('response_type') !== 'code') return refusal('response_type');
	const scopes = (query.get('scope') ?? '').split(',');
	if (!scopes.every((scope) => SCOPES.includes(scope))) return refusal('scope');
	if (!query.get('state')) return refusal('state');
	return {
		client: client.id,
		clientName: client.name,
		redirectUri,
		scopes: scopes.filter((scope) => !declined.includes(scope)),
		state: query.get('state')!,
	};
}

/** The client identifies itself only in the form, as client_key. */
function fieldsOf({ settings: { client } }: Server, { body }: Call): URLSearchParams {
	if (body.kind !== 'form')
		return refuse(
			oauthError(
				'invalid_request',
				'Only `application/x-www-form-urlencoded` is supported as Content-Type.',
			),
		);
	const fields = new URLSearchParams(body.fields);
	if (!fields.get('client_key'))
		refuse(oauthError('invalid_request', 'Client key is missing in the request.'));
	if (fields.get('client_key') !== client.id || fields.get('client_secret') !== client.secret)
		refuse(oauthError('invalid_client', 'Client key or secret is incorrect.', 401));
	return fields;
}

function grant(server: Server, codes: CodeStore, call: Call): Reply {
	const fields = fieldsOf(server, call);
	const kind = fields.get('grant_type');
	if (kind === 'refresh_token') return refresh(server, fields);
	if (kind !== 'authorization_code')
		return oauthError('unsupported_grant_type', 'The grant type is not supported.');
	const granted = codes.take(fields.get('code') ?? '');
	if (!granted) return oauthError('invalid_grant', 'Authorization code is expired.');
	if (granted.redirectUri !== fields.get('redirect_uri'))
		return oauthError(
			'invalid_grant',
			'Redirect_uri is not matched with the uri when requesting code.',
		);
	return answered(server, issue(server, granted));
}

/** A refresh token works once; the new one lives until a year after the consent. */
function refresh(server: Server, fields: URLSearchParams): Reply {
	const { tokens, clock } = server;
	const old = tokens.byRefresh(fields.get('refresh_token') ?? '');
	const ends = old?.refreshExpiresAt ?? 0;
	if (!old || old.refreshUsed || old.revoked || ends <= clock.now())
		return oauthError('invalid_grant', 'Refresh token is invalid or expired.');
	old.refreshUsed = true;
	const fresh = issue(server, old, old.family);
	fresh.refreshExpiresAt = ends;
	return answered(server, fresh);
}

export function issue(
	{ tokens }: Server,
	{ client, account, scopes }: Pick<Grant, 'client' | 'account' | 'scopes'>,
	family?: number,
	lifeMs = ACCESS_LIFE,
): Token {
	const token = tokens.issue({
		client,
		account,
		scopes,
		lifeMs,
		refreshLifeMs: REFRESH_LIFE,
		prefix: 'act.',
		...(family !== undefined && { family }),
	});
	token.refresh = `rft.${token.refresh}`;
	return token;
}

function answered({ clock }: Server, token: Token): Reply {
	return {
		status: 200,
		json: {
			access_token: token.value,
			expires_in: ACCESS_LIFE / SECOND,
			open_id: openId(token.account),
			refresh_expires_in: Math.round(((token.refreshExpiresAt ?? 0) - clock.now()) / SECOND),
			refresh_token: token.refresh,
			scope: token.scopes.join(','),
			token_type: 'Bearer',
		},
	};
}

/** Success has no body. */
function revoke(server: Server, call: Call): Reply {
	const { tokens } = server;
	const token = tokens.find(fieldsOf(server, call).get('token') ?? '');
	if (!token) return oauthError('invalid_request', 'The access token is invalid.');
	tokens.revokeFamily(token.family);
	return { status: 200 };
}
