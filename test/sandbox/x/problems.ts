import { bearerAuth } from '../kit/consent';
import { refuse, type Call, type Reply } from '../kit/types';
import type { Server } from './model';

const TYPES = 'https://api.x.com/2/problems/';
const JSON_PROBLEM = { 'content-type': 'application/problem+json; charset=utf-8' };
const TITLES: Record<number, string> = {
	401: 'Unauthorized',
	402: 'CreditsDepleted',
	403: 'Forbidden',
	404: 'Not Found',
	429: 'Too Many Requests',
	500: 'Internal Server Error',
	502: 'Bad Gateway',
	503: 'Service Unavailable',
	504: 'Gateway Timeout',
};

/** `type` is the last part of the problem's address; without it `about:blank`. */
export function problem(status: number, detail?: string, type?: string, title?: string): Reply {
	const named = title ?? TITLES[status] ?? 'Error';
	return {
		status,
		headers: JSON_PROBLEM,
		json: {
			title: named,
			detail: detail ?? named,
			type: type ? TYPES + type : 'about:blank',
			status,
		},
	};
}

export function invalid(messages: string[], parameters: Record<string, string[]> = {}): Reply {
	return {
		status: 400,
		headers: JSON_PROBLEM,
		json: {
			errors: messages.map((message) => ({ parameters, message })),
			title: 'Invalid Request',
			detail: 'One or more parameters to your request was invalid.',
			type: `${TYPES}invalid-request`,
		},
	};
}

export const NOT_PERMITTED = 'You are not permitted to perform this action.';
export const NOT_VISIBLE =
	'You attempted to reply to a Tweet that is deleted or not visible to you.';
export const DUPLICATE = 'You are not allowed to create a Tweet with duplicate content.';

export function forbidden(detail: string, type?: string): never {
	return refuse(problem(403, detail, type));
}

/** For a missing post X answers 200 with `errors`. */
export function missing(resource: string, id: string): Reply {
	return {
		status: 200,
		json: {
			errors: [
				{
					value: id,
					detail: `Could not find ${resource} with id: [${id}].`,
					title: 'Not Found Error',
					resource_type: resource,
					parameter: 'id',
					resource_id: id,
					type: `${TYPES}resource-not-found`,
				},
			],
		},
	};
}

const APP_ONLY =
	'Authenticating with OAuth 2.0 Application-Only is forbidden for this endpoint.  Supported authentication types are [OAuth 1.0a User Context, OAuth 2.0 User Context].';

/** The account of the call; all named scopes must be granted. */
export function user({ tokens }: Server, call: Call, scopes: string[]): string {
	const token = tokens.find(bearerAuth(call.headers.authorization));
	if (!token || tokens.health(token) !== 'live') return refuse(problem(401));
	if (!token.account)
		return refuse(
			problem(403, APP_ONLY, 'unsupported-authentication', 'Unsupported Authentication'),
		);
	if (!scopes.every((scope) => token.scopes.includes(scope))) return forbidden(NOT_PERMITTED);
	call.token = token;
	return token.account;
}

export const READ = ['tweet.read', 'users.read'];
export const WRITE = ['tweet.read', 'tweet.write', 'users.read'];

/** JSON endpoints accept only JSON. */
export function jsonBody({ body }: Call): unknown {
	if (body.kind === 'json') return body.value;
	return refuse(invalid(['$: Requests with bodies must have content-type of application/json.']));
}
