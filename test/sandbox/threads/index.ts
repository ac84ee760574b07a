import { postPage } from '../kit/page';
import type { Surroundings } from '../kit/server';
import { tokenStore } from '../kit/tokens';
import type { Platform, Refusals, Route, TokenRequest } from '../kit/types';
import { route } from '../kit/router';
import { createContainer } from './containers';
import {
	badParameter,
	bearer,
	deadToken,
	graphError,
	noObject,
	notVisible,
	unreachable,
} from './errors';
import {
	settings,
	type Server,
	type ThreadsOptions,
	type ThreadsPost,
	type ThreadsState,
} from './model';
import { LONG_LIFE, SCOPES, SHORT_LIFE, oauthRoutes } from './oauth';
import { fresh, manageReply, publish, remove, repost } from './publish';
import { readRoutes } from './reads';

const LIVES: Record<string, number | undefined> = { short: SHORT_LIFE, long: LONG_LIFE };

export function threads(options: ThreadsOptions, around: Surroundings): Platform<ThreadsState> {
	const server = setUp(options, around);
	const { tokens, state } = server;
	return {
		state,
		tokens,
		routes: [
			...oauthRoutes(server),
			{
				operation: 'page',
				method: 'GET',
				path: '/@:account/post/:code',
				handle: ({ params }) =>
					postPage(
						'Threads',
						state.posts.find(({ shortcode }) => shortcode === params.code),
					),
			},
			...writeRoutes(server),
			...readRoutes(server),
		],
		refusals: refusals(server),
		bearer,
		pathOf: (path) => path.replace(/^\/v\d+\.\d+(?=\/)/, ''),
		issueToken: (asked) => issue(server, asked),
		show: () => ({
			...state,
			tokens: tokens.all.map(({ value: _value, ...rest }) => rest),
		}),
	};
}

/** This host has ids directly at the root, so these routes come after all named ones. */
function writeRoutes(server: Server): Route[] {
	return [
		route('container', 'POST', '/:user/threads', (call) => createContainer(server, call)),
		route('publish', 'POST', '/:user/threads_publish', (call) => publish(server, call)),
		route('repost', 'POST', '/:id/repost', (call) => repost(server, call)),
		route('hide', 'POST', '/:id/manage_reply', (call) => manageReply(server, call)),
		route('delete', 'DELETE', '/:id', (call) => remove(server, call)),
	];
}

function setUp(options: ThreadsOptions, { url, clock }: Surroundings): Server {
	let last = 18_050_000_000_000_000n;
	const newId = () => {
		last += 65_539n;
		return last.toString();
	};
	const state: ThreadsState = {
		posts: [],
		deleted: [],
		containers: [],
		fetched: [],
		used: [],
		addPost({ account, text, replyTo }) {
			const post: ThreadsPost = {
				...fresh(server, account),
				text,
				media: [],
				mediaType: 'TEXT',
				...(replyTo && { replyTo }),
				options: {},
			};
			state.posts.push(post);
			return post;
		},
	};
	const server: Server = {
		url,
		clock,
		settings: settings(options),
		state,
		tokens: tokenStore(clock),
		newId,
	};
	return server;
}

/** Own kinds: not-visible-yet (24/4279009), unknown (code 1), restricted (4279013), spam (2207051). */
function refusals({ clock }: Server): Refusals {
	return {
		notFound: ({ path, method }) => noObject(path.split('/')[1] ?? '', method.toLowerCase()),
		malformed: () => badParameter('Invalid JSON in the request body'),
		tooLarge: () => ({ status: 413 }),
		rateLimited: () => ({
			...graphError({
				code: 4,
				status: 403,
				message: 'Application request limit reached',
				transient: true,
			}),
			headers: {
				'x-app-usage': JSON.stringify({ call_count: 100, total_cputime: 25, total_time: 25 }),
			},
		}),
		serverError: (_call, status) =>
			[500, 503].includes(status)
				? graphError({
						code: 2,
						status,
						transient: true,
						message: 'An unexpected error has occurred. Please retry your request later.',
					})
				: { status, html: '<h1>Sorry, something went wrong.</h1>' },
		deadToken: (_call, health) => deadToken(health, clock.now()),
		refused: () =>
			graphError({
				code: 100,
				type: 'THApiException',
				message: 'Invalid parameter',
				title: 'Content not allowed',
				userMessage: 'This content goes against the Community Standards.',
			}),
		mediaRefused: () => unreachable(),
		special: {
			'not-visible-yet': () => notVisible(),
			unknown: () => graphError({ code: 1, status: 500, message: 'An unknown error occurred' }),
			restricted: () =>
				graphError({
					code: 10,
					subcode: 4_279_013,
					status: 403,
					message: 'The user is restricted.',
				}),
			spam: () =>
				graphError({
					code: 4,
					subcode: 2_207_051,
					status: 403,
					message: 'Action is blocked',
					title: 'Action is blocked',
				}),
		},
	};
}

/** `kind` is long (the default), short (as after connecting), or app. */
function issue({ tokens, settings: { accounts, client } }: Server, asked: TokenRequest) {
	const { account = accounts[0]!, scopes = SCOPES, kind = 'long', lifeMs = LIVES[kind] } = asked;
	const prefix = kind === 'app' ? 'TH|' : 'TH';
	const token = tokens.issue({
		account,
		scopes,
		kind,
		client: client.id,
		prefix,
		...(lifeMs && { lifeMs }),
	});
	return {
		accessToken: token.value,
		account,
		scopes,
		...(token.expiresAt && { expiresAt: token.expiresAt }),
	};
}
