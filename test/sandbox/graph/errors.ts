import { randomBytes } from 'node:crypto';
import { nested, type Fields } from '../kit/body';
import { refuse, type Call, type Reply } from '../kit/types';

export interface GraphError {
	code: number;
	message: string;
	type?: string;
	subcode?: number;
	status?: number;
	transient?: boolean;
	title?: string;
	userMessage?: string;
	data?: Record<string, unknown>;
}

/** The envelope of every refusal: https://developers.facebook.com/docs/graph-api/guides/error-handling */
export function graphError(error: GraphError): Reply {
	const { code, message, type = 'OAuthException', subcode, status = 400, data } = error;
	return {
		status,
		json: {
			error: {
				message,
				type,
				code,
				...(data && { error_data: data }),
				...(subcode !== undefined && { error_subcode: subcode }),
				is_transient: error.transient ?? false,
				...(error.title && { error_user_title: error.title }),
				...(error.userMessage && { error_user_msg: error.userMessage }),
				fbtrace_id: randomBytes(8).toString('base64url'),
			},
		},
	};
}

export function badParam(message: string, subcode?: number): never {
	return refuse(graphError({ code: 100, message: `(#100) ${message}`, subcode }));
}

/** An id that does not exist or that this token may not see; the Graph does not tell which. */
export function missingObject(id: string, verb: string): Reply {
	return graphError({
		code: 100,
		subcode: 33,
		type: 'GraphMethodException',
		message: `Unsupported ${verb.toLowerCase()} request. Object with ID '${id}' does not exist, cannot be loaded due to missing permissions, or does not support this operation. Please read the Graph API documentation at https://developers.facebook.com/docs/graph-api`,
	});
}

export function lackingPermission(scope: string): Reply {
	return graphError({
		code: 200,
		status: 403,
		message: `(#200) The permission(s) ${scope} are not available. It could because either they are deprecated or need to be approved by App Review.`,
	});
}

export function deadToken(health: 'expired' | 'revoked', now: number): Reply {
	const time = new Date(now).toUTCString();
	return health === 'expired'
		? graphError({
				code: 190,
				subcode: 463,
				message: `Error validating access token: Session has expired on ${time}. The current time is ${time}.`,
			})
		: graphError({
				code: 190,
				subcode: 458,
				message: 'Error validating access token: The user has not authorized application.',
			});
}

/** The app's limit is exceeded; a Page has its own limit and tells when it ends. */
export function rateLimited(page?: string): Reply {
	const usage = { call_count: 100, total_cputime: 25, total_time: 25 };
	if (!page)
		return {
			...graphError({
				code: 4,
				status: 403,
				message: '(#4) Application request limit reached',
				transient: true,
			}),
			headers: { 'x-app-usage': JSON.stringify(usage) },
		};
	const entry = { type: 'pages', ...usage, estimated_time_to_regain_access: 15 };
	return {
		...graphError({
			code: 80_001,
			message:
				'(#80001) There have been too many calls to this Page account. Wait a bit and try again.',
		}),
		headers: { 'x-business-use-case-usage': JSON.stringify({ [page]: [entry] }) },
	};
}

/** Meta's own code 2 with the usual statuses, an HTML page with the others. */
export function serverTrouble(status: number): Reply {
	return [500, 503].includes(status)
		? graphError({
				code: 2,
				status,
				transient: true,
				message: 'An unexpected error has occurred. Please retry your request later.',
			})
		: { status, html: '<h1>Sorry, something went wrong.</h1>' };
}

/** Reads query and body alike; lists and objects in a form are JSON, or have keys in brackets. */
export function input({ body, query }: Call): Fields {
	const flat = nested(query);
	if (body.kind === 'json') return { ...flat, ...(body.value as Fields) };
	if (body.kind === 'form' || body.kind === 'multipart') return { ...flat, ...nested(body.fields) };
	return flat;
}

export const text = (value: unknown): string =>
	value === undefined || value === null ? '' : String(value);

/** A form has `false` as a text. */
export const truth = (value: unknown, usual: boolean): boolean =>
	value === undefined ? usual : ['true', '1', 'yes'].includes(String(value));
