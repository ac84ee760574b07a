import { HOUR, MINUTE } from '../kit/clock';
import { bearerAuth } from '../kit/consent';
import { postPage } from '../kit/page';
import { rates, type RateState } from '../kit/rates';
import type { Surroundings } from '../kit/server';
import { tokenStore, type Token } from '../kit/tokens';
import type { Call, Platform, Refusals, Reply, TokenRequest } from '../kit/types';
import { instanceRoutes } from './instance';
import { listRoutes } from './lists';
import { mediaRoutes } from './media';
import { settings, type MastodonOptions, type MastodonState, type Status } from './model';
import { oauthRoutes } from './oauth';
import { publisher } from './publish';
import { DEAD, NOT_FOUND, failure, idSource, type Server } from './server';
import { statusRoutes } from './statuses';

const SCOPES = ['read:accounts', 'read:statuses', 'write:statuses', 'write:media'];

const RATES: Record<string, { limit: number; windowMs: number }> = {
	upload: { limit: 30, windowMs: 30 * MINUTE },
	delete: { limit: 30, windowMs: 30 * MINUTE },
	unboost: { limit: 30, windowMs: 30 * MINUTE },
	publish: { limit: 300, windowMs: 3 * HOUR },
};
const ALL = { limit: 300, windowMs: 5 * MINUTE };

export function mastodon(options: MastodonOptions, around: Surroundings): Platform<MastodonState> {
	const server = setUp(options, around);
	const { tokens, state, clock } = server;
	const publish = publisher(server);
	const counted = rates(clock, server.settings.rateLimits);
	const left = new WeakMap<Call, RateState>();
	const quiet = server.settings.dialect === 'minimal';
	return {
		state,
		tokens,
		routes: [
			...oauthRoutes(server),
			...instanceRoutes(server),
			...listRoutes(server),
			...mediaRoutes(server),
			...statusRoutes(server, publish),
			{
				operation: 'page',
				method: 'GET',
				path: '/@:account/:id',
				handle: ({ params }) =>
					postPage(
						'Mastodon',
						state.posts.find(({ id }) => id === params.id),
					),
			},
		],
		refusals: refusals(server),
		bearer: (call) => bearerAuth(call.headers.authorization),
		limited(call) {
			if (quiet || !call.path.startsWith('/api/')) return undefined;
			const who = call.headers.authorization ?? 'anyone';
			const own = RATES[call.operation];
			const states = [
				counted.count(who, ALL),
				...(own ? [counted.count(`${call.operation} ${who}`, own)] : []),
			];
			const tightest = states.sort((one, other) => one.remaining - other.remaining)[0]!;
			left.set(call, tightest);
			return tightest.exceeded ? tooMany() : undefined;
		},
		headers(call) {
			const rate = left.get(call);
			return rate ? rateHeaders(rate.limit, rate.remaining, rate.resetAt) : {};
		},
		settle: publish.settle,
		issueToken: (asked) => issue(server, asked),
		show: () => ({
			...state,
			apps: state.apps.map(({ secret: _secret, ...app }) => app),
			tokens: tokens.all.map((token) => shown(token)),
		}),
	};
}

function setUp(options: MastodonOptions, { url, clock }: Surroundings): Server {
	const chosen = settings(options);
	const newId = idSource(chosen.dialect === 'minimal');
	const state: MastodonState = {
		posts: [],
		deleted: [],
		boosts: [],
		media: [],
		scheduled: [],
		apps: [chosen.client],
		addPost({ account, text, url: address, visibility = 'public' }) {
			const id = newId();
			const post: Status = {
				id,
				account,
				text,
				url: address ?? `${url}/@${account}/${id}`,
				createdAt: new Date(clock.now()).toISOString(),
				media: [],
				options: { visibility, spoiler_text: '', sensitive: false, language: 'en' },
			};
			state.posts.push(post);
			return post;
		},
	};
	return { url, clock, settings: chosen, newId, tokens: tokenStore(clock), state };
}

function tooMany(): Reply {
	return failure(429, 'Too many requests');
}

function rateHeaders(limit: number, remaining: number, resetAt: number): Record<string, string> {
	return {
		'x-ratelimit-limit': String(limit),
		'x-ratelimit-remaining': String(remaining),
		'x-ratelimit-reset': new Date(resetAt).toISOString().replace('Z', '000Z'),
	};
}

function refusals({ clock, settings: { dialect } }: Server): Refusals {
	return {
		notFound: ({ path }) =>
			path.startsWith('/api/') ? failure(404, NOT_FOUND) : { status: 404, html: '<h1>404</h1>' },
		malformed: () => failure(400, 'Error occurred while parsing request parameters'),
		tooLarge: () => ({ status: 413, html: '<h1>413 Request Entity Too Large</h1>' }),
		rateLimited: ({ operation }, seconds) => {
			const { limit } = RATES[operation] ?? ALL;
			return { ...tooMany(), headers: rateHeaders(limit, 0, clock.now() + seconds * 1000) };
		},
		serverError: (_call, status) =>
			status === 500
				? { status, html: "<h1>We're sorry, but something went wrong on our end.</h1>" }
				: failure(status, 'There was a temporary problem serving your request, please try again'),
		deadToken: (_call, health) =>
			dialect === 'minimal' ? { status: 422 } : failure(401, `The access token ${DEAD[health]}`),
		refused: () => failure(422, 'Validation failed: Text is invalid'),
		mediaRefused: () =>
			failure(422, 'Validation failed: File content type is invalid, File is invalid'),
	};
}

function issue({ tokens, settings: { accounts, client } }: Server, asked: TokenRequest) {
	const { account = accounts[0]!, scopes = SCOPES, ...rest } = asked;
	const token = tokens.issue({ account, scopes, client: client.id, ...rest });
	return { accessToken: token.value, account, scopes };
}

function shown({ value: _value, refresh: _refresh, ...rest }: Token) {
	return rest;
}
