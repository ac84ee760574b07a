import { randomInt } from 'node:crypto';
import { MINUTE, SECOND } from '../kit/clock';
import { bearerAuth } from '../kit/consent';
import { postPage } from '../kit/page';
import { rates, type RateState } from '../kit/rates';
import type { Surroundings } from '../kit/server';
import { tokenStore } from '../kit/tokens';
import type { Call, Platform, Refusals, Reply, Route, TokenRequest } from '../kit/types';
import { route } from '../kit/router';
import { boardRoutes, newBoard } from './boards';
import {
	AUTHENTICATION,
	NOT_PERMITTED,
	RATE_LIMIT,
	SCOPES as FEW_SCOPES,
	TRIAL,
	UNREACHABLE,
	problem,
} from './errors';
import { mediaRoutes, storageError, storageRoutes } from './media';
import {
	SANDBOX_PATH,
	settings,
	type Environment,
	type PinterestOptions,
	type PinterestState,
	type Server,
	type World,
} from './model';
import { SCOPES, consentPage, issue, newCodes, tokenRoutes } from './oauth';
import { newPin, pinRoutes } from './pins';
import { readRoutes } from './reads';

/** Calls per user and minute, by category: https://developers.pinterest.com/docs/reference/rate-limits/ */
const RATES = { org_read: 1000, org_write: 100, org_analytics: 60 };
const WRITES = /^(publish|update|delete|media\.register|board\.create|section\.create)$/;

export function pinterest(
	options: PinterestOptions,
	around: Surroundings,
): Platform<PinterestState> {
	const production = setUp(options, around);
	const { state, tokens, clock } = production;
	const sandbox: Server = { ...production, environment: 'sandbox', world: state.sandbox };
	const codes = newCodes(production);
	const counted = rates(clock, production.settings.rateLimits);
	const left = new WeakMap<Call, RateState>();
	const routes = (server: Server) => [
		...tokenRoutes(server, codes),
		...readRoutes(server),
		...boardRoutes(server),
		...pinRoutes(server),
		...mediaRoutes(server),
	];
	return {
		state,
		tokens,
		routes: [
			...consentPage(production, codes),
			...storageRoutes([production, sandbox]),
			...routes(production),
			...routes(sandbox).map(below),
			pinPage(state),
		],
		refusals: refusals(),
		bearer: (call) => bearerAuth(call.headers.authorization),
		limited(call) {
			const token = tokens.find(bearerAuth(call.headers.authorization));
			if (!token) return undefined;
			const category = categoryOf(call.operation);
			const rate = counted.count(`${category} ${token.account} ${token.kind}`, {
				limit: RATES[category],
				windowMs: MINUTE,
			});
			left.set(call, rate);
			return rate.exceeded ? RATE_LIMIT : undefined;
		},
		headers(call) {
			const rate = left.get(call);
			return {
				'x-pinterest-rid': String(randomInt(1e14)),
				...(rate && rateHeaders(rate, clock.now())),
			};
		},
		issueToken: (asked) => issued(production, asked),
		secrets: () => [state, state.sandbox].flatMap(signatures),
		show: () => ({
			...state,
			uploads: state.uploads.map(({ parameters: _form, ...rest }) => rest),
			tokens: tokens.all.map(({ value: _value, refresh: _refresh, ...rest }) => rest),
		}),
	};
}

/** The secret fields of an upload's form. */
function signatures({ uploads }: World): string[] {
	const names = ['x-amz-signature', 'x-amz-security-token', 'policy'];
	return uploads.flatMap(({ parameters }) => names.map((name) => parameters[name]!));
}

function below(plain: Route): Route {
	return { ...plain, path: SANDBOX_PATH + plain.path };
}

function pinPage(state: PinterestState): Route {
	const find = (id = '') => [...state.posts, ...state.sandbox.posts].find((pin) => pin.id === id);
	return route('page', 'GET', '/pin/:id', ({ params }) => postPage('Pinterest', find(params.id)));
}

function setUp(options: PinterestOptions, { url, clock }: Surroundings): Server {
	let last = 813_744_226_420_795_884n;
	const newId = () => {
		last += 4_194_307n;
		return last.toString();
	};
	const world: World = { posts: [], deleted: [], boards: [], uploads: [] };
	const state: PinterestState = {
		...world,
		sandbox: { posts: [], deleted: [], boards: [], uploads: [] },
		fetched: [],
		addBoard: (board) => newBoard(server, board),
		addPin: (pin) => newPin(server, pin),
	};
	const server: Server = {
		url,
		clock,
		settings: settings(options),
		tokens: tokenStore(clock),
		state,
		environment: 'production',
		world: state,
		newId,
	};
	seed(server);
	return server;
}

/** The boards of a usual account; a new API sandbox has none. */
function seed(server: Server): void {
	for (const account of server.settings.accounts) {
		newBoard(server, { account, name: 'Recipes', description: 'What to cook' });
		const sections = [
			{ id: server.newId(), name: 'Japan' },
			{ id: server.newId(), name: 'Peru' },
		];
		newBoard(server, { account, name: 'Travel', sections });
		newBoard(server, { account, name: 'Plans', privacy: 'SECRET' });
		newBoard(server, { account, name: 'Ad-only Pins', privacy: 'PROTECTED', is_ads_only: true });
	}
}

function categoryOf(operation: string): keyof typeof RATES {
	if (operation === 'analytics') return 'org_analytics';
	return WRITES.test(operation) ? 'org_write' : 'org_read';
}

function rateHeaders({ limit, remaining, resetAt }: RateState, now: number) {
	return {
		'x-ratelimit-limit': String(limit),
		'x-ratelimit-remaining': String(remaining),
		'x-ratelimit-reset': String(Math.ceil((resetAt - now) / SECOND)),
	};
}

/** Own kinds: trial, conflict, spam, unreachable, few-scopes, storage-refused. */
function refusals(): Refusals {
	return {
		notFound: () => problem(404, 404, 'Not found.'),
		malformed: (_call, reason) => problem(400, 1, `Invalid request: ${reason}`),
		tooLarge: () => ({ status: 413 }),
		rateLimited: (_call, seconds) => ({
			...RATE_LIMIT,
			headers: { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': String(seconds) },
		}),
		serverError: ({ operation }, status): Reply =>
			operation === 'media.upload'
				? storageError(status, 'SlowDown', 'Please reduce your request rate.')
				: problem(status, status, 'Sorry! Something went wrong on our end.'),
		deadToken: () => AUTHENTICATION,
		refused: () => problem(400, 1, "Invalid request: 'title' is not allowed"),
		mediaRefused: ({ operation }) =>
			operation === 'media.upload'
				? storageError(403, 'AccessDenied', 'Invalid according to Policy: Policy expired.')
				: UNREACHABLE,
		special: {
			trial: () => TRIAL,
			conflict: () =>
				problem(409, 409, 'Could not get exclusive access to the board to create a new section.'),
			spam: () => problem(429, 30, 'This action was blocked to protect Pinterest from spam.'),
			unreachable: () => UNREACHABLE,
			'few-scopes': () => FEW_SCOPES,
			'not-permitted': () => NOT_PERMITTED,
		},
	};
}

/** `kind` is production (the default) or sandbox. */
function issued(server: Server, asked: TokenRequest) {
	const { account = server.settings.accounts[0]!, scopes = SCOPES, kind, lifeMs } = asked;
	const environment: Environment = kind === 'sandbox' ? 'sandbox' : 'production';
	const grant = { client: server.settings.client.id, account, scopes };
	const token = issue({ ...server, environment }, grant, { lifeMs });
	return {
		accessToken: token.value,
		refreshToken: token.refresh,
		account,
		scopes,
		...(token.expiresAt && { expiresAt: token.expiresAt }),
	};
}
