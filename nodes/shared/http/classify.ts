import type { Request } from '../contract/api';
import type { FailureCode } from '../contract/failure';
import type { Reply } from '../contract/http';
import type { Meaning } from '../contract/meaning';
import type { Platform } from '../contract/platform';
import type { Session } from '../contract/session';
import { codeOfStatus, naming, redactFailure, type KnownFailure } from '../errors/failure';
import { isObject } from '../errors/objectIn';
import { without } from '../without';
import { retryAtOf } from './rateLimit';

/** An answer as the core understands it: the failure for users, and hints for the core. */
export interface Classified {
	failure: KnownFailure;
	meaning: Meaning;
}

/** Classifies an answer; undefined if it is good. */
export function classifyReply(
	platform: Platform,
	session: Session,
	reply: Reply,
	{ refusal, answerHeader }: Request,
	publishing: boolean,
): Classified | undefined {
	const good = reply.status >= 200 && reply.status < 300;
	const told = vendorSays(platform, reply);
	if (good && !told?.code) {
		return publishing && !isAnswer(reply, answerHeader)
			? outcomeUnknown(platform, reply, session)
			: undefined;
	}
	return publishing && told?.repeatAfterMs === undefined && isOpen(platform, reply, told)
		? outcomeUnknown(platform, reply, session, told?.message)
		: answered(platform, session, reply, told, refusal);
}

/**
 * Whether a publishing request may have worked although its answer is not good. A 5xx, trouble that
 * the vendor reports, and any answer not in the vendor's form, such as a proxy's page, prove
 * nothing.
 */
function isOpen(platform: Platform, reply: Reply, told?: Meaning) {
	if (reply.status === 0) return !reply.unsent;
	const isTrouble = reply.status >= 500 || told?.code === 'platform_unavailable';
	return isTrouble || !isVendors(platform, reply, told);
}

/** Whether the vendor itself refused. A redirect never counts as the vendor's refusal. */
function isVendors({ explain }: Platform, { status, body }: Reply, told?: Meaning) {
	const isRedirect = status >= 300 && status < 400;
	const isEnvelope = isObject(body) && !isRedirect;
	return isEnvelope && (!explain || Boolean(told?.code ?? told?.rule ?? told?.message));
}

/**
 * The vendor's reading of the answer. With status 429 or 5xx a failed login is ignored, because
 * overloaded servers and proxies report one without knowing the token.
 */
export function vendorSays(platform: Platform, reply: Reply): Meaning | undefined {
	if (reply.hopeless) return { code: 'platform_unavailable', retryable: false, ...reply.hopeless };
	const told = platform.explain?.(reply);
	const passing = reply.status === 429 || reply.status >= 500;
	return passing && told?.code === 'platform_auth_failed'
		? without(told, 'code', 'remediation', 'tokenExpired')
		: told;
}

/** Whether the vendor itself answered a publishing request. Status 201 and 204 need no body. */
function isAnswer({ status, headers, body }: Reply, header?: string) {
	if (header) return typeof headers[header] === 'string';
	return isObject(body) || (body === '' && [201, 204].includes(status));
}

function answered(
	platform: Platform,
	session: Session,
	reply: Reply,
	told: Meaning | undefined,
	refusal: FailureCode = 'platform_rejected',
): Classified {
	const meant = codeOf(reply, told);
	const code = meant === 'platform_rejected' ? refusal : meant;
	const said = reply.status === 0 ? `no answer (${String(reply.body)})` : `HTTP ${reply.status}`;
	const known: KnownFailure = {
		...(code === 'rate_limited' && retryAtOf(reply.headers)),
		...told,
		code,
		platform: platform.id,
		docUrl: told?.docUrl ?? platform.docs,
		message: `${platform.name}: ${told?.message ?? said}`,
		...(reply.status > 0 && {
			httpStatus: reply.status,
			platformResponse: isObject(reply.body) ? reply.body : String(reply.body),
		}),
	};
	const tokenExpired = told?.tokenExpired ?? (reply.status === 401 && told?.code === undefined);
	return {
		failure: shown(naming(session.credentialName, known), session),
		meaning: { ...told, tokenExpired },
	};
}

/** The vendor's code, else the code of the status. */
export function codeOf({ status }: Reply, told?: Meaning): FailureCode {
	return told?.code ?? (status === 0 ? 'platform_unavailable' : codeOfStatus(status));
}

function outcomeUnknown(
	platform: Platform,
	reply: Reply,
	session: Session,
	told = `HTTP ${reply.status}`,
): Classified {
	const said = reply.status === 0 ? String(reply.body) : told;
	const known: KnownFailure = {
		code: 'outcome_unknown',
		platform: platform.id,
		docUrl: platform.docs,
		message: `${platform.name} gave no clear answer to the publishing request (${said}).`,
		...(reply.status > 0 && {
			httpStatus: reply.status,
			platformResponse: isObject(reply.body) ? reply.body : String(reply.body),
		}),
	};
	return { failure: shown(known, session), meaning: {} };
}

/**
 * Hides secrets, then shortens texts such as HTML pages. In the other order, a secret cut in half
 * would not be recognized.
 */
function shown(known: KnownFailure, session: Session): KnownFailure {
	const clean = redactFailure(known, session.secrets());
	const { platformResponse: said } = clean;
	return typeof said === 'string' ? { ...clean, platformResponse: said.slice(0, 500) } : clean;
}
