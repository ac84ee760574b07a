import type { IssuedToken, Refusals, TokenRequest } from '../kit/types';
import {
	badParam,
	deadToken,
	graphError,
	missingObject,
	rateLimited,
	serverTrouble,
} from './errors';
import type { GraphServer } from './model';
import { LONG_LIFE, SCOPES, SHORT_LIFE } from './oauth';
import { pageToken } from './pages';

const LIVES: Record<string, number | undefined> = { short: SHORT_LIFE, long: LONG_LIFE };

/** The Graph's errors for common faults; a platform adds its own kinds under `special`. */
export function graphRefusals({ clock }: Pick<GraphServer, 'clock'>): Refusals {
	return {
		notFound: ({ path, method }) => missingObject(path.split('/')[1] ?? '', method),
		malformed: () => badParam('The request body is not valid'),
		tooLarge: () => ({ status: 413 }),
		rateLimited: () => rateLimited(),
		serverError: (_call, status) => serverTrouble(status),
		deadToken: (_call, health) => deadToken(health, clock.now()),
		refused: () =>
			graphError({
				code: 100,
				message: '(#100) Invalid parameter',
				title: 'Content not allowed',
				userMessage: 'This content goes against the Community Standards.',
			}),
		mediaRefused: () =>
			graphError({
				code: 324,
				message: '(#324) Missing or invalid image file',
				title: 'Missing or invalid image file',
			}),
	};
}

/**
 * `kind` is long (the default), short (as after connecting), system, or page for the first Page.
 */
export function issueGraphToken(server: GraphServer, asked: TokenRequest): IssuedToken {
	const { tokens, settings, state } = server;
	const { account = settings.accounts[0]!, scopes = SCOPES, kind = 'long' } = asked;
	const lifeMs = asked.lifeMs ?? LIVES[kind];
	const user = tokens.issue({
		account,
		scopes,
		kind: kind === 'page' ? 'long' : kind,
		client: settings.client.id,
		prefix: 'EAA',
		...(lifeMs && { lifeMs }),
	});
	const page = state.pages.find(({ people }) => people.includes(account));
	const token = kind === 'page' && page ? pageToken(server, page, user) : user;
	return {
		accessToken: token.value,
		account,
		scopes,
		...(token.expiresAt && { expiresAt: token.expiresAt }),
	};
}

/** `/v26.0/me` -> `/me` */
export function withoutVersion(path: string): string {
	return path.replace(/^\/v\d+\.\d+(?=\/)/, '');
}

export * from './access';
export * from './errors';
export * from './fields';
export * from './model';
export { loginRoutes } from './oauth';
export { pageRoutes } from './pages';
export { paged } from './paging';
export { movieFacts, type MovieFacts } from './movie';
export { newRupload, refusedUpload, takeRupload, RUPLOAD_KEEP, type Rupload } from './rupload';
