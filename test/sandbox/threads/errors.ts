import { deadToken, graphError, input } from '../graph/errors';
import { bearerAuth } from '../kit/consent';
import type { Token } from '../kit/tokens';
import { refuse, type Call, type Reply } from '../kit/types';
import { userId, type Server } from './model';

export { deadToken, graphError, input };

export function badParameter(message: string, subcode?: number): never {
	return refuse(graphError({ code: 100, message, type: 'THApiException', subcode }));
}

export function noObject(id: string, verb = 'get'): Reply {
	return graphError({
		code: 100,
		subcode: 33,
		type: 'THApiException',
		message: `Unsupported ${verb} request. Object with ID '${id}' does not exist, cannot be loaded due to missing permissions, or does not support this operation.`,
	});
}

/** "Media Not Found", also for media that are only not visible yet. */
export function notVisible(): Reply {
	return graphError({
		code: 24,
		subcode: 4_279_009,
		message: 'The requested resource does not exist',
		title: 'Media Not Found',
		userMessage: 'The media with this id cannot be found.',
	});
}

export function unreachable(): Reply {
	return graphError({ code: 1, subcode: 2_207_052, message: 'An unknown error occurred' });
}

export function bearer(call: Call): string | undefined {
	const given = input(call).access_token;
	return typeof given === 'string' && given ? given : bearerAuth(call.headers.authorization);
}

export function authorized({ tokens, clock }: Server, call: Call): Token {
	const value = bearer(call);
	if (!value)
		return refuse(
			graphError({ code: 104, message: 'An access token is required to request this resource.' }),
		);
	const token = tokens.find(value);
	if (!token)
		return refuse(
			graphError({ code: 190, message: 'Invalid OAuth access token - Cannot parse access token' }),
		);
	const health = tokens.health(token);
	if (health !== 'live') return refuse(deadToken(health, clock.now()));
	call.token = token;
	return token;
}

/** The account of the call; all named scopes must be granted. */
export function user(server: Server, call: Call, ...scopes: string[]): string {
	const token = authorized(server, call);
	const lacking = ['threads_basic', ...scopes].filter((scope) => !token.scopes.includes(scope));
	if (!token.account || lacking.length)
		return refuse(
			graphError({
				code: 10,
				status: 403,
				message: 'Application does not have permission for this action',
			}),
		);
	return token.account;
}

/** `/me/…` or the own id; ids of others are refused. */
export function self(server: Server, call: Call, ...scopes: string[]): string {
	const account = user(server, call, ...scopes);
	const { user: whose } = call.params;
	if (whose && whose !== 'me' && whose !== userId(account))
		return refuse(noObject(whose, call.method.toLowerCase()));
	return account;
}
