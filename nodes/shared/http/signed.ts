import type { Request } from '../contract/api';
import type { Failure } from '../contract/failure';
import type { Call } from '../contract/http';
import type { Platform } from '../contract/platform';
import type { Session } from '../contract/session';
import { isCarried, secretsSent, secretsSigned } from '../errors/carried';
import { failure } from '../errors/failure';
import { without } from '../without';
import { bearer } from './bearer';
import { basesIn, isOwn } from './ownHosts';

type Signature = Pick<Call, 'headers' | 'query'>;

/** The signed request, ready to send. Registers its secrets with the session. */
export function signed(session: Session, request: Request, token: string): Call {
	const { path, host, headers, query } = request;
	const signature = signatureOf(session, token);
	const url = /^https?:\/\//.test(path) ? path : baseOf(session, token, host) + path;
	session.addSecrets([...secretsSent({ ...request, path: url }), ...secretsSigned(signature)]);
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
		url,
		headers: { ...signature.headers, ...headers },
		...((query ?? signature.query) && { query: { ...query, ...signature.query } }),
	};
}

function signatureOf({ authMethod, credential }: Session, token: string): Signature {
	const { auth = 'bearer' } = authMethod;
	if (token === 'none' || auth === 'none') return {};
	return auth === 'bearer' ? { headers: bearer(token) } : auth(credential, token);
}

/**
 * The failure of a request that would send a token to a foreign host; undefined if it is safe. URLs
 * come from answers, and a forged answer must not redirect the token.
 */
export function strayed(
	platform: Platform,
	session: Session,
	call: Call,
	token: string,
): Failure | undefined {
	const { id, name, docs, domains = [] } = platform;
	const bases = [baseOf(session, token), ...basesIn(session.credential)];
	if (isOwn(call.url, { bases, domains }) || !showsSender(session, call, token)) return undefined;
	return failure({
		code: 'platform_rejected',
		platform: id,
		rule: `${id}.address.foreign`,
		docUrl: docs,
		message: `${name} named an address that is not its own (${shownHost(call.url)}), which must not get the token: nothing was sent there.`,
		remediation: `Check the address in the credential "${session.credentialName}". If ${name} itself now uses this host, please report it.`,
	});
}

/**
 * Whether a request is signed, or carries a secret of the connection in its URL, headers, query or
 * form. Unsigned methods, such as webhooks, are recognized by their secrets only.
 */
function showsSender(session: Session, call: Call, token: string) {
	const { url, headers = {}, query = {}, form = {} } = call;
	const isSigned = token !== 'none' && session.authMethod.auth !== 'none';
	const isAuthorized = Object.keys(headers).some((name) => name.toLowerCase() === 'authorization');
	return isSigned || isAuthorized || isCarried(session.ownSecrets(), { url, headers, query, form });
}

/** Base URL of relative paths. */
function baseOf({ authMethod, credential }: Session, token: string, host?: string): string {
	const { host: usual, base: made = String } = authMethod;
	const typed = String(credential[host ?? usual] ?? '');
	const base = host ? typed : made(typed, credential, token === 'none' ? '' : token);
	return base.replace(/\/+$/, '');
}

/** Only the host, because the rest of the URL may be secret. */
function shownHost(url: string): string {
	return URL.canParse(url) ? new URL(url).host : 'no URL';
}
