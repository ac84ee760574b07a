import { DAY, MINUTE, SECOND } from '../kit/clock';
import { basicAuth, consentRoutes, type Asked } from '../kit/consent';
import { page } from '../kit/page';
import { codeStore, type CodeStore, type Grant, type Token } from '../kit/tokens';
import { refuse, type Call, type Reply, type Route } from '../kit/types';
import { route } from '../kit/router';
import { AUTHENTICATION, invalid } from './errors';
import type { Server } from './model';

const ACCESS_LIFE = 30 * DAY;
const REFRESH_LIFE = 60 * DAY;

export const SCOPES =
	'ads:read ads:write billing:read billing:write biz_access:read biz_access:write boards:read boards:read_secret boards:write boards:write_secret catalogs:read catalogs:write pins:read pins:read_secret pins:write pins:write_secret user_accounts:read user_accounts:write'.split(
		' ',
	);

/** One consent page for both environments; the code may be exchanged in either. */
export function consentPage(server: Server, codes: CodeStore): Route[] {
	return consentRoutes({
		platform: 'Pinterest',
		paths: ['/oauth'],
		accounts: () => server.settings.accounts,
		codes,
		ask: (query) => ask(server, query),
		denied: {},
	});
}

export function newCodes({ clock }: Server): CodeStore {
	return codeStore(clock, 10 * MINUTE);
}

export function tokenRoutes(server: Server, codes: CodeStore): Route[] {
	return [route('token', 'POST', '/v5/oauth/token', (call) => grant(server, codes, call))];
}

function ask({ settings: { client } }: Server, query: URLSearchParams): Asked {
	const refusal = (message: string) =>
		refuse(page('Pinterest', `<h1>Sorry, this did not work</h1><p>${message}</p>`, 400));
	if (query.get('client_id') !== client.id) return refusal('Invalid client_id.');
	const redirectUri = query.get('redirect_uri') ?? '';
	if (!client.redirectUris.includes(redirectUri))
		return refusal('The redirect_uri is not among those registered for the app.');
	if (query.get('response_type') !== 'code') return refusal('Invalid response_type.');
	const scopes = (query.get('scope') ?? '').split(/[, ]+/).filter(Boolean);
	const unknown = scopes.filter((scope) => !SCOPES.includes(scope));
	if (!scopes.length || unknown.length) return refusal(`Invalid scope: ${unknown.join(', ')}`);
	return {
		client: client.id,
		clientName: client.name,
		redirectUri,
		scopes,
		...(query.has('state') && { state: query.get('state')! }),
	};
}

/** The app identifies itself only in the Basic header. */
function grant(server: Server, codes: CodeStore, call: Call): Reply {
	const { client } = server.settings;
	const [id, secret] = basicAuth(call.headers.authorization) ?? [];
	if (id !== client.id || secret !== client.secret) return AUTHENTICATION;
	if (call.body.kind !== 'form') return invalid('the body must be a form');
	const fields = new URLSearchParams(call.body.fields);
	const kind = fields.get('grant_type');
	if (kind === 'refresh_token') return refresh(server, fields);
	if (kind !== 'authorization_code') return invalid(`grant_type '${kind}' is not supported`);
	const granted = codes.take(fields.get('code') ?? '');
	if (!granted || granted.redirectUri !== fields.get('redirect_uri'))
		return invalid('the code or its redirect_uri is wrong');
	const renewable = !server.settings.oldApp || fields.get('continuous_refresh') === 'true';
	return answered(issue(server, granted, { renewable }), kind);
}

/** Each renewal gives a new refresh token and ends the old one. */
function refresh(server: Server, fields: URLSearchParams): Reply {
	const old = server.tokens.byRefresh(fields.get('refresh_token') ?? '');
	const dead = !old || old.kind !== server.environment || old.refreshUsed || old.revoked;
	if (dead || (old.refreshExpiresAt ?? 0) <= server.clock.now()) return AUTHENTICATION;
	const asked = (fields.get('scope') ?? '').split(/[, ]+/).filter(Boolean);
	if (!asked.every((scope) => old.scopes.includes(scope))) return invalid('scope may only narrow');
	old.refreshUsed = true;
	const scopes = asked.length ? asked : old.scopes;
	return answered(issue(server, { ...old, scopes }, { family: old.family }), 'refresh_token');
}

export function issue(
	{ tokens, environment }: Server,
	{ client, account, scopes }: Pick<Grant, 'client' | 'account' | 'scopes'>,
	{
		family,
		lifeMs = ACCESS_LIFE,
		renewable = true,
	}: Partial<Pick<Token, 'family'>> & {
		lifeMs?: number;
		renewable?: boolean;
	} = {},
): Token {
	return tokens.issue({
		client,
		account,
		scopes,
		kind: environment,
		prefix: 'pina_',
		lifeMs,
		refreshLifeMs: renewable ? REFRESH_LIFE : 0,
		...(family !== undefined && { family }),
	});
}

function answered(token: Token, response_type: string): Reply {
	return {
		status: 200,
		json: {
			access_token: token.value,
			refresh_token: token.refresh,
			response_type,
			token_type: 'bearer',
			expires_in: ACCESS_LIFE / SECOND,
			refresh_token_expires_in: REFRESH_LIFE / SECOND,
			refresh_token_expires_at: Math.floor((token.refreshExpiresAt ?? 0) / SECOND),
			scope: token.scopes.join(' '),
		},
	};
}
