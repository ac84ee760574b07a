import { createHmac } from 'node:crypto';
import type { Token } from '../kit/tokens';
import { refuse, type Call } from '../kit/types';
import { badParam, deadToken, graphError, input, lackingPermission, missingObject } from './errors';
import { personId, type GraphPage, type GraphServer } from './model';

/** The sender of a request: a person, or a Page if the token is one of a Page. */
export interface Actor {
	token: Token;
	person: string;
	page?: GraphPage;
}

export function bearer(call: Call): string | undefined {
	const given = input(call).access_token;
	if (typeof given === 'string' && given) return given;
	return /^(?:Bearer|OAuth) (.+)$/i.exec(call.headers.authorization ?? '')?.[1];
}

/** Expects a live token, and the proof of the app's secret if it is sent or required. */
export function authorized(server: GraphServer, call: Call): Actor {
	const value = bearer(call);
	if (!value)
		return refuse(
			graphError({ code: 104, message: 'An access token is required to request this resource.' }),
		);
	const token = server.tokens.find(value);
	if (!token)
		return refuse(
			graphError({ code: 190, message: 'Invalid OAuth access token - Cannot parse access token' }),
		);
	const health = server.tokens.health(token);
	if (health !== 'live') return refuse(deadToken(health, server.clock.now()));
	checkProof(server, call, value);
	call.token = token;
	const id = server.pageTokens.get(token.id);
	const page = server.state.pages.find((one) => one.id === id);
	return { token, person: token.account, ...(page && { page }) };
}

/** https://developers.facebook.com/docs/graph-api/guides/secure-requests */
function checkProof({ settings }: GraphServer, call: Call, token: string): void {
	const given = input(call).appsecret_proof;
	if (given === undefined) {
		if (settings.requireProof)
			refuse(
				graphError({
					code: 100,
					type: 'GraphMethodException',
					message: 'API calls from the server require an appsecret_proof argument',
				}),
			);
		return;
	}
	const right = createHmac('sha256', settings.client.secret).update(token).digest('hex');
	if (given !== right)
		refuse(
			graphError({
				code: 100,
				type: 'GraphMethodException',
				message: 'Invalid appsecret_proof provided in the API argument',
			}),
		);
}

export function permitted({ token }: Actor, ...scopes: string[]): void {
	const lacking = scopes.find((scope) => !token.scopes.includes(scope));
	if (lacking) refuse(lackingPermission(lacking));
}

/** Expects a person's own token, because a Page has neither Pages nor permissions. */
export function asPerson(server: GraphServer, call: Call, edge: string): Actor {
	const actor = authorized(server, call);
	if (actor.page)
		return badParam(`Tried accessing nonexisting field (${edge}) on node type (Page)`);
	const { user = 'me' } = call.params;
	if (user !== 'me' && user !== personId(actor.person))
		return refuse(missingObject(user, call.method));
	return actor;
}

/**
 * Expects the token of the Page in the path: with a person's token the Graph takes no content for a
 * Page.
 */
export function asPage(server: GraphServer, call: Call, ...scopes: string[]): GraphPage {
	const actor = authorized(server, call);
	const { page: given } = call.params;
	const page = server.state.pages.find(
		({ id }) => id === (given === 'me' ? actor.page?.id : given),
	);
	if (!page || !page.people.includes(actor.person))
		return refuse(missingObject(given ?? '', call.method));
	if (actor.page?.id !== page.id)
		return refuse(
			graphError({
				code: 210,
				status: 403,
				message: '(#210) A page access token is required to request this resource.',
			}),
		);
	permitted(actor, ...scopes);
	if (call.method !== 'GET' && !page.tasks.includes('CREATE_CONTENT'))
		return refuse(
			graphError({
				code: 200,
				status: 403,
				message: '(#200) The user does not have the CREATE_CONTENT task on this Page.',
			}),
		);
	return page;
}
