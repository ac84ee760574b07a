import { bearerAuth } from '../kit/consent';
import type { Token } from '../kit/tokens';
import { refuse, type Call, type Reply } from '../kit/types';
import { personUrn, type Server } from './model';

interface Told {
	status: number;
	code: string;
	message: string;
	serviceErrorCode?: number;
	/** The wrong places in the request. */
	inputErrors?: unknown[];
}

/** https://learn.microsoft.com/en-us/linkedin/shared/api-guide/concepts/error-handling */
export function restError({ inputErrors, ...told }: Told): Reply {
	return {
		status: told.status,
		json: {
			...told,
			...(inputErrors && {
				errorDetailType: 'com.linkedin.common.error.BadRequest',
				errorDetails: { inputErrors },
			}),
		},
	};
}

export function invalid(code: string, message: string, field = ''): never {
	const input = { inputPath: { fieldPath: field } };
	const inputErrors = [{ description: message, input, code }];
	return refuse(restError({ status: 400, code, message, inputErrors }));
}

export function denied(what: string): never {
	return refuse(forbidden(what));
}

export function forbidden(what: string): Reply {
	return restError({
		status: 403,
		code: 'ACCESS_DENIED',
		serviceErrorCode: 100,
		message: `Not enough permissions to access: ${what}`,
	});
}

export function missing(what: string): never {
	return refuse(
		restError({ status: 404, code: 'NOT_FOUND', message: `Could not find entity ${what}` }),
	);
}

const TOKENS = {
	none: {
		code: 'EMPTY_ACCESS_TOKEN',
		serviceErrorCode: 65604,
		message: 'Empty oauth2 access token',
	},
	invalid: {
		code: 'INVALID_ACCESS_TOKEN',
		serviceErrorCode: 65600,
		message: 'Invalid access token',
	},
	revoked: {
		code: 'REVOKED_ACCESS_TOKEN',
		serviceErrorCode: 65601,
		message: 'The token used in the request has been revoked by the user',
	},
	expired: {
		code: 'EXPIRED_ACCESS_TOKEN',
		serviceErrorCode: 65602,
		message: 'The token used in the request has expired',
	},
};

export function tokenError(health: keyof typeof TOKENS): Reply {
	return restError({ status: 401, ...TOKENS[health] });
}

/** Returns the call's token, which must be live. */
export function member({ tokens }: Server, call: Call): Token {
	const value = bearerAuth(call.headers.authorization);
	if (value === undefined) return refuse(tokenError('none'));
	const token = tokens.find(value);
	if (!token) return refuse(tokenError('invalid'));
	const health = tokens.health(token);
	if (health !== 'live') return refuse(tokenError(health));
	call.token = token;
	return token;
}

/**
 * Checks a call under /rest: it needs a token, a version that is not retired and the current
 * protocol.
 */
export function restCall(server: Server, call: Call): Token {
	const token = member(server, call);
	const version = call.headers['linkedin-version'];
	if (!version)
		refuse(
			restError({
				status: 400,
				code: 'VERSION_MISSING',
				message:
					'A version must be present. Please specify a version by adding the Linkedin-Version header.',
			}),
		);
	if (!server.settings.versions.includes(String(version)))
		refuse(
			restError({
				status: 426,
				code: 'NONEXISTENT_VERSION',
				message: `Requested version ${String(version)} is not active`,
			}),
		);
	if (call.headers['x-restli-protocol-version'] !== '2.0.0')
		invalid('ILLEGAL_ARGUMENT', 'X-RestLi-Protocol-Version must be 2.0.0');
	return token;
}

/** Expects one of the scopes. */
export function needs(token: Token, scopes: string[], what: string): void {
	if (!scopes.some((scope) => token.scopes.includes(scope))) denied(what);
}

const POSTERS = ['ADMINISTRATOR', 'CONTENT_ADMINISTRATOR', 'DIRECT_SPONSORED_CONTENT_POSTER'];

/** Refuses unless the token may post for this author. */
export function mayWriteAs(server: Server, token: Token, author: unknown, what: string): string {
	const urn = String(author ?? '');
	const [, kind, id] = /^urn:li:(person|organization):([\w-]+)$/.exec(urn) ?? [];
	if (!kind)
		return invalid('INVALID_URN_TYPE', `"${urn}" is not a URN of a person or organization`, what);
	if (kind === 'person') {
		needs(token, ['w_member_social'], what);
		return urn === personUrn(token.account) ? urn : denied(what);
	}
	needs(token, ['w_organization_social'], what);
	if (!/^\d+$/.test(id!)) return invalid('INVALID_URN_ID', `"${urn}" has no numeric ID`, what);
	const role =
		server.settings.organizations.find((one) => one.id === id)?.roles[token.account] ?? '';
	return POSTERS.includes(role) ? urn : denied(what);
}

/** Refuses unless the token may read this author's posts. */
export function mayRead(server: Server, token: Token, author: string, what: string): void {
	if (author.startsWith('urn:li:person:')) {
		needs(token, ['r_member_social'], what);
		if (author !== personUrn(token.account)) denied(what);
		return;
	}
	needs(token, ['r_organization_social'], what);
	const found = server.settings.organizations.find(({ id }) => author.endsWith(`:${id}`));
	if (!found?.roles[token.account]) denied(what);
}

export function jsonBody({ body }: Call): Record<string, unknown> {
	if (body.kind === 'json' && typeof body.value === 'object' && body.value !== null) {
		return body.value as Record<string, unknown>;
	}
	return refuse(
		restError({ status: 400, code: 'BAD_REQUEST', message: 'The body is no JSON object' }),
	);
}

export function unknownFields(given: object, known: readonly string[], path: string): void {
	const [field] = Object.keys(given).filter((name) => !known.includes(name));
	if (field)
		invalid(
			'UNPERMITTED_FIELD',
			`${path}/${field} :: unrecognized field found but not allowed`,
			field,
		);
}
