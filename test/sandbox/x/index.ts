import { DAY, MINUTE, SECOND } from '../kit/clock';
import { bearerAuth } from '../kit/consent';
import { postPage } from '../kit/page';
import { rates, type RateState } from '../kit/rates';
import type { Surroundings } from '../kit/server';
import { tokenStore } from '../kit/tokens';
import type { Call, Platform, Refusals, TokenRequest } from '../kit/types';
import { TOO_LARGE } from './append';
import { mediaRoutes } from './media';
import { settings, type Server, type XOptions, type XPost, type XState } from './model';
import { issue, oauthRoutes } from './oauth';
import { postRoutes } from './posts';
import { DUPLICATE, NOT_PERMITTED, NOT_VISIBLE, invalid, problem } from './problems';
import { readRoutes } from './reads';

const SCOPES = ['tweet.read', 'tweet.write', 'users.read', 'media.write', 'offline.access'];

/** Number of calls per user in 15 minutes. */
const RATES: Record<string, number> = {
	publish: 100,
	delete: 50,
	'upload.initialize': 1875,
	'upload.append': 1875,
	'upload.finalize': 1875,
	upload: 500,
	'upload.status': 1000,
	alt: 500,
	subtitles: 100,
	repost: 50,
	unrepost: 50,
	get: 900,
	list: 900,
	me: 75,
};

export function x(options: XOptions, around: Surroundings): Platform<XState> {
	const server = setUp(options, around);
	const { tokens, state, clock } = server;
	const counted = rates(clock, server.settings.rateLimits);
	const left = new WeakMap<Call, RateState>();
	const find = (id: string | undefined) => state.posts.find((post) => post.id === id);
	const shown = (path: string) => ({
		operation: 'page',
		method: 'GET',
		path,
		handle: ({ params }: Call) => postPage('X', find(params.id)),
	});
	return {
		state,
		tokens,
		routes: [
			...oauthRoutes(server),
			...mediaRoutes(server),
			...readRoutes(server),
			...postRoutes(server),
			shown('/i/web/status/:id'),
			shown('/:account/status/:id'),
		],
		refusals: refusals(server),
		bearer: (call) => bearerAuth(call.headers.authorization),
		limited(call) {
			const limit = RATES[call.operation];
			const account = tokens.find(bearerAuth(call.headers.authorization))?.account;
			if (limit === undefined || !account) return undefined;
			const rate = counted.count(`${call.operation} ${account}`, { limit, windowMs: 15 * MINUTE });
			left.set(call, rate);
			return rate.exceeded ? problem(429) : undefined;
		},
		headers(call) {
			const rate = left.get(call);
			return rate ? rateHeaders(rate.limit, rate.remaining, rate.resetAt) : {};
		},
		issueToken: (asked) => issued(server, asked),
		show: () => ({
			...state,
			tokens: tokens.all.map(({ value: _value, refresh: _refresh, ...rest }) => rest),
		}),
	};
}

function setUp(options: XOptions, { url, clock }: Surroundings): Server {
	let last = 1_990_000_000_000_000_000n;
	const newId = () => {
		last += 4_194_307n;
		return last.toString();
	};
	const state: XState = {
		posts: [],
		deleted: [],
		media: [],
		reposts: [],
		communities: [
			{ id: '1493446837214187523', name: 'Build in Public' },
			{ id: '1506812448913297418', name: 'Building Bridges' },
		],
		addPost({ account, text, quoteOf }) {
			const id = newId();
			const post: XPost = {
				id,
				account,
				text,
				url: `${url}/${account}/status/${id}`,
				createdAt: new Date(clock.now()).toISOString(),
				media: [],
				...(quoteOf && { quoteOf }),
				options: {},
				history: [id],
			};
			state.posts.push(post);
			return post;
		},
	};
	const assemblies = new Map();
	return {
		url,
		clock,
		settings: settings(options),
		state,
		tokens: tokenStore(clock),
		newId,
		assemblies,
	};
}

function rateHeaders(limit: number, remaining: number, resetAt: number): Record<string, string> {
	return {
		'x-rate-limit-limit': String(limit),
		'x-rate-limit-remaining': String(remaining),
		'x-rate-limit-reset': String(Math.ceil(resetAt / SECOND)),
	};
}

/** Own kinds: credits, spend-cap, usage-capped, duplicate, parent-not-visible, not-enrolled. */
function refusals({ clock }: Server): Refusals {
	return {
		notFound: () => problem(404),
		malformed: (_call, reason) => invalid([`$: could not parse the body: ${reason}`]),
		tooLarge: () => TOO_LARGE,
		rateLimited: ({ operation }, seconds) => {
			const reply = problem(429);
			const limit = RATES[operation] ?? 15;
			const headers = rateHeaders(limit, 0, clock.now() + seconds * SECOND);
			return { ...reply, headers: { ...reply.headers, ...headers } };
		},
		serverError: (_call, status) => problem(status),
		deadToken: () => problem(401),
		refused: () => problem(403, NOT_PERMITTED),
		mediaRefused: () => invalid(['media type unrecognized.']),
		special: {
			credits: () =>
				problem(
					402,
					'Your enrolled account does not have any credits to fulfill this request.',
					'credits',
				),
			'spend-cap': () => {
				const reply = problem(403, 'Spending cap reached.', 'credits', 'SpendCapReached');
				const reset_date = new Date(clock.now() + DAY).toISOString().slice(0, 10);
				return { ...reply, json: { ...(reply.json as object), reset_date } };
			},
			'usage-capped': () =>
				problem(429, 'Usage cap exceeded: Monthly product cap', 'usage-capped', 'UsageCapExceeded'),
			duplicate: () => problem(403, DUPLICATE),
			'parent-not-visible': () => problem(403, NOT_VISIBLE),
			'not-enrolled': () =>
				problem(
					403,
					'When authenticating requests to the Twitter API v2 endpoints, you must use keys and tokens from a Twitter developer App that is attached to a Project.',
					'client-forbidden',
					'Client Forbidden',
				),
		},
	};
}

/** `kind: 'app'` gives a token without a user. */
function issued(server: Server, { account, scopes = SCOPES, kind, lifeMs }: TokenRequest) {
	const who = kind === 'app' ? '' : (account ?? server.settings.accounts[0]!);
	const grant = { client: server.settings.client.id, account: who, scopes };
	const { value, refresh, expiresAt } = issue(server, grant, undefined, lifeMs);
	return {
		accessToken: value,
		account: who,
		scopes,
		...(refresh && { refreshToken: refresh }),
		...(expiresAt && { expiresAt }),
	};
}
