import { MINUTE } from '../kit/clock';
import { bearerAuth } from '../kit/consent';
import { postPage } from '../kit/page';
import { rates } from '../kit/rates';
import type { Surroundings } from '../kit/server';
import { tokenStore } from '../kit/tokens';
import type { Platform, Refusals, Route, TokenRequest } from '../kit/types';
import { route } from '../kit/router';
import { CODES, failed } from './answers';
import { initContent, initInbox, initVideo } from './init';
import {
	settings,
	type Server,
	type TikTokOptions,
	type TikTokPost,
	type TikTokState,
} from './model';
import { issue, oauthRoutes } from './oauth';
import { creatorInfo, listVideos, postStatus, queryVideos, userInfo } from './reads';
import { takeChunk } from './upload';

const SCOPES = [
	'user.info.basic',
	'user.info.profile',
	'video.publish',
	'video.upload',
	'video.list',
];

/** Number of calls per token and minute. */
const RATES: Record<string, number> = {
	init: 6,
	'init.inbox': 6,
	'init.content': 6,
	creator: 20,
	status: 30,
	me: 600,
	list: 600,
	query: 600,
};
const CHUNK = 128_000_000;

export function tikTok(options: TikTokOptions, around: Surroundings): Platform<TikTokState> {
	const server = setUp(options, around);
	const { tokens, state, clock } = server;
	const counted = rates(clock, server.settings.rateLimits);
	return {
		state,
		tokens,
		routes: [...oauthRoutes(server), ...apiRoutes(server), ...pages(state)],
		refusals: refusals(),
		bearer: (call) => bearerAuth(call.headers.authorization),
		limited(call) {
			const limit = RATES[call.operation];
			const token = tokens.find(bearerAuth(call.headers.authorization));
			if (limit === undefined || !token) return undefined;
			const rate = counted.count(`${call.operation} ${token.id}`, { limit, windowMs: MINUTE });
			return rate.exceeded ? failed('rate_limit_exceeded') : undefined;
		},
		issueToken: (asked) => issued(server, asked),
		secrets: () => [...server.receiving.values()].map(({ token }) => token),
		show: () => ({
			...state,
			tokens: tokens.all.map(({ value: _value, refresh: _refresh, ...rest }) => rest),
		}),
	};
}

function apiRoutes(server: Server): Route[] {
	const publish = '/v2/post/publish';
	return [
		route('creator', 'POST', `${publish}/creator_info/query`, (call) => creatorInfo(server, call)),
		route('init', 'POST', `${publish}/video/init`, (call) => initVideo(server, call)),
		route('init.inbox', 'POST', `${publish}/inbox/video/init`, (call) => initInbox(server, call)),
		route('init.content', 'POST', `${publish}/content/init`, (call) => initContent(server, call)),
		route('status', 'POST', `${publish}/status/fetch`, (call) => postStatus(server, call)),
		route('me', 'GET', '/v2/user/info', (call) => userInfo(server, call)),
		route('list', 'POST', '/v2/video/list', (call) => listVideos(server, call)),
		route('query', 'POST', '/v2/video/query', (call) => queryVideos(server, call)),
		{
			...route('upload', 'PUT', '/video', async (call) => await takeChunk(server, call)),
			spool: true,
			limit: CHUNK,
		},
	];
}

function pages({ posts }: TikTokState): Route[] {
	return ['video', 'photo'].map((kind) =>
		route('page', 'GET', `/@:account/${kind}/:id`, ({ params }) =>
			postPage(
				'TikTok',
				posts.find((post) => post.id === params.id),
			),
		),
	);
}

function setUp(options: TikTokOptions, { url, clock }: Surroundings): Server {
	let last = 7_574_000_000_000_000_000n;
	const newId = () => {
		last += 4_194_307n;
		return last.toString();
	};
	const state: TikTokState = {
		posts: [],
		drafts: [],
		tasks: [],
		fetched: [],
		addPost({ account, text }) {
			const id = newId();
			const post: TikTokPost = {
				id,
				url: `${url}/@${account}/video/${id}`,
				account,
				text,
				createdAt: new Date(clock.now()).toISOString(),
				media: [],
				options: {},
				kind: 'video',
				privacy: 'PUBLIC_TO_EVERYONE',
				publishId: '',
			};
			state.posts.push(post);
			return post;
		},
	};
	return {
		url,
		clock,
		settings: settings(options),
		state,
		tokens: tokenStore(clock),
		newId,
		receiving: new Map(),
	};
}

/** Own kinds: every error code of the platform, by its name. */
function refusals(): Refusals {
	return {
		notFound: () => ({ status: 404, html: '<html><body>404 page not found</body></html>' }),
		malformed: () => failed('invalid_params', 'The request body is not valid JSON.'),
		tooLarge: () => ({ status: 413 }),
		rateLimited: () => failed('rate_limit_exceeded'),
		serverError: ({ operation }, status) =>
			operation === 'upload' ? { status } : failed('internal_error', undefined, status),
		deadToken: () => failed('access_token_invalid'),
		refused: ({ operation }) =>
			operation === 'upload' ? { status: 400 } : failed('invalid_params', 'Not allowed'),
		mediaRefused: ({ operation }) =>
			operation === 'upload' ? { status: 400 } : failed('invalid_file_upload'),
		special: Object.fromEntries(CODES.map((code) => [code, () => failed(code)])),
	};
}

function issued(server: Server, { account, scopes = SCOPES, lifeMs }: TokenRequest) {
	const who = account ?? server.settings.accounts[0]!;
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
