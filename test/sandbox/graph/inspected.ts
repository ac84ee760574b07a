import { DAY, SECOND } from '../kit/clock';
import { deadToken } from './errors';
import { personId, type GraphServer } from './model';

const GRANULAR = ['pages_show_list', 'pages_read_engagement', 'pages_manage_posts'];

/**
 * The answer of debug_token:
 * https://developers.facebook.com/docs/facebook-login/guides/access-tokens/debugging
 */
export function inspected(server: GraphServer, value: string): Record<string, unknown> {
	const { tokens, clock, settings, state } = server;
	const token = tokens.find(value);
	if (!token)
		return {
			is_valid: false,
			scopes: [],
			error: { code: 190, message: 'Invalid OAuth access token data.' },
		};
	const health = tokens.health(token);
	const page = server.pageTokens.get(token.id);
	const consent = tokens.all.find(({ family }) => family === token.family) ?? token;
	const refusal = health === 'live' ? undefined : errorOf(deadToken(health, clock.now()).json);
	const own = state.pages.filter(({ people }) => people.includes(token.account));
	return {
		app_id: settings.client.id,
		type: page ? 'PAGE' : token.kind === 'system' ? 'SYSTEM_USER' : 'USER',
		application: settings.client.name,
		is_valid: health === 'live',
		issued_at: seconds(token.issuedAt),
		expires_at: seconds(token.expiresAt),
		data_access_expires_at: seconds(consent.issuedAt + 90 * DAY),
		scopes: token.scopes,
		granular_scopes: token.scopes.map((scope) => ({
			scope,
			...(GRANULAR.includes(scope) && { target_ids: own.map(({ id }) => id) }),
		})),
		...(page && { profile_id: page }),
		user_id: personId(token.account),
		...(refusal && { error: refusal }),
	};
}

/** 0 means never. */
function seconds(time = 0): number {
	return Math.floor(time / SECOND);
}

function errorOf(body: unknown) {
	const { code, message, error_subcode } = (body as { error: Record<string, unknown> }).error;
	return { code, message, subcode: error_subcode };
}
