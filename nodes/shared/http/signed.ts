import type { Request } from '../contract/api';
import type { Failure } from '../contract/failure';
import type { Call } from '../contract/http';
import type { Platform } from '../contract/platform';
import type { Session } from '../contract/session';
import { failure } from '../errors/failure';
import { without } from '../without';
import { basesIn, isOwn, isSigned } from './ownHosts';

/** The request as it goes over the wire. */
export function signed(
	platform: Platform,
	session: Session,
	request: Request,
	bearer: string,
): Call {
	const { path, host, headers, query } = request;
	const base = baseOf(session, host);
	const more = bearer === 'none' ? undefined : platform.sign?.(session.credential, bearer);
	return {
		...without(
			request,
			'path',
			'host',
			'token',
			'repeatable',
			'refusal',
			'answerHeader',
			'secrets',
		),
		url: /^https?:\/\//.test(path) ? path : base + path,
		headers: {
			...(bearer !== 'none' && { authorization: `Bearer ${bearer}` }),
			...more?.headers,
			...headers,
		},
		...((query ?? more?.query) && { query: { ...query, ...more?.query } }),
	};
}

/**
 * The failure of a request that would take a token to somebody else: addresses come out of answers,
 * and whoever can change an answer must not get more by it.
 */
export function strayed(platform: Platform, session: Session, call: Call): Failure | undefined {
	const { id, name, docs, domains = [] } = platform;
	const bases = [baseOf(session), ...basesIn(session.credential)];
	if (!isSigned(call.headers) || isOwn(call.url, { bases, domains })) return undefined;
	return failure({
		code: 'platform_rejected',
		platform: id,
		rule: `${id}.address.foreign`,
		docUrl: docs,
		message: `${name} named an address that is not its own (${shownHost(call.url)}), which must not get the token: nothing was sent there.`,
		remediation: `Check the address in the credential "${session.credentialName}". If ${name} itself now uses this host, please report it.`,
	});
}

/** The URL that paths are put after. */
function baseOf({ authMethod, credential }: Session, host?: string): string {
	const { host: usual, base: made = String } = authMethod;
	const typed = String(credential[host ?? usual] ?? '');
	return (host ? typed : made(typed)).replace(/\/+$/, '');
}

/** Not more of it: the rest may be a secret. */
function shownHost(url: string): string {
	return URL.canParse(url) ? new URL(url).host : 'no URL';
}
