import { postPage } from '../kit/page';
import { route } from '../kit/router';
import type { Surroundings } from '../kit/server';
import { tokenStore } from '../kit/tokens';
import type { Platform, Refusals, Route } from '../kit/types';
import {
	RUPLOAD_KEEP,
	bearer,
	graphError,
	graphPages,
	graphRefusals,
	graphSettings,
	idSource,
	issueGraphToken,
	loginRoutes,
	missingObject,
	pageRoutes,
	rateLimited,
	stableId,
	withoutVersion,
} from '../graph';
import { createPost } from './feed';
import { insights } from './insights';
import type { FacebookOptions, FacebookState, Server } from './model';
import {
	addComment,
	change,
	comments,
	createComment,
	listed,
	remove,
	show,
	stories,
} from './nodes';
import { createPhoto, photoStory } from './photos';
import { createVideo, reelOrStory, rupload } from './videos';

export function facebook(options: FacebookOptions, around: Surroundings): Platform<FacebookState> {
	const server = setUp(options, around);
	const { state, tokens } = server;
	return {
		state,
		tokens,
		routes: [
			...webRoutes(server),
			...loginRoutes(server),
			...writeRoutes(server),
			...pageRoutes(server),
			...readRoutes(server),
		],
		refusals: refusals(server),
		bearer,
		pathOf: (path) => withoutVersion(path).replace(/^\/video-upload\/v\d+\.\d+/, '/video-upload'),
		settle: () => publishDue(server),
		ownFaults: ['lost-chunk', 'partial'],
		issueToken: (asked) => issueGraphToken(server, asked),
		show: () => ({
			...state,
			videos: state.videos.map(({ upload: _upload, ...video }) => video),
			tokens: tokens.all.map(({ value: _value, ...rest }) => rest),
		}),
	};
}

function setUp(options: FacebookOptions, { url, clock }: Surroundings): Server {
	const state: FacebookState = {
		pages: graphPages(options.pages),
		declined: [],
		fetched: [],
		posts: [],
		deleted: [],
		photos: [],
		videos: [],
		comments: [],
		addComment({ on, from, message }) {
			const page = state.posts.find(({ id }) => id === on)?.page ?? '';
			const author = { id: stableId('1020', from), name: from };
			return addComment(server, { id: page }, on, author, message);
		},
	};
	const { polls = 1, chunk = 4 * 1024 ** 2 } = options;
	const server: Server = {
		url,
		clock,
		settings: { ...graphSettings(options), polls, chunk },
		state,
		tokens: tokenStore(clock),
		pageTokens: new Map(),
		newId: idSource(),
	};
	return server;
}

function webRoutes({ state }: Server): Route[] {
	const page = (
		path: string,
		of: (id: string) => (one: FacebookState['posts'][number]) => boolean,
	) =>
		route('web', 'GET', path, ({ params }) =>
			postPage('Facebook', state.posts.find(of(params.id!))),
		);
	return [
		page(
			'/reel/:id',
			(id) =>
				({ video }) =>
					video === id,
		),
		page('/stories/:id', (id) => (post) => post.id === id),
		page(
			'/:page/videos/:id',
			(id) =>
				({ video }) =>
					video === id,
		),
		page('/:page/posts/:id', (id) => (post) => post.id.endsWith(`_${id}`)),
	];
}

function writeRoutes(server: Server): Route[] {
	const { chunk } = server.settings;
	const keeping = (one: Route, keep: number): Route => ({ ...one, keep });
	return [
		keeping(
			route('upload', 'POST', '/video-upload/:id', async (call) => await rupload(server, call)),
			RUPLOAD_KEEP,
		),
		route('publish', 'POST', '/:page/feed', (call) => createPost(server, call)),
		route('photo', 'POST', '/:page/photos', async (call) => await createPhoto(server, call)),
		route('publish', 'POST', '/:page/photo_stories', (call) => photoStory(server, call)),
		keeping(
			route('video', 'POST', '/:page/videos', async (call) => await createVideo(server, call)),
			chunk,
		),
		route('video', 'POST', '/:page/video_reels', (call) =>
			reelOrStory(server, call, 'video_reels'),
		),
		route('video', 'POST', '/:page/video_stories', (call) =>
			reelOrStory(server, call, 'video_stories'),
		),
		route('comment', 'POST', '/:id/comments', (call) => createComment(server, call)),
		route('change', 'POST', '/:id', (call) => change(server, call)),
		route('delete', 'DELETE', '/:id', (call) => remove(server, call)),
	];
}

function readRoutes(server: Server): Route[] {
	return [
		route('list', 'GET', '/:page/published_posts', (call) => listed(server, call, 'published')),
		route('list', 'GET', '/:page/feed', (call) => listed(server, call, 'feed')),
		route('list', 'GET', '/:page/scheduled_posts', (call) => listed(server, call, 'scheduled')),
		route('list', 'GET', '/:page/stories', (call) => stories(server, call)),
		route('comments', 'GET', '/:id/comments', (call) => comments(server, call)),
		route('insights', 'GET', '/:id/insights', (call) => insights(server, call, 'any')),
		route('insights', 'GET', '/:id/video_insights', (call) => insights(server, call, 'video')),
		route('get', 'GET', '/:id', (call) => show(server, call)),
	];
}

function publishDue({ state, clock }: Server): void {
	for (const post of state.posts) {
		if (post.scheduled === undefined || post.scheduled * 1000 > clock.now()) continue;
		post.published = true;
		delete post.scheduled;
	}
}

/** Own kinds: page-limit (80001), duplicate (506), spam (368/1390008), unknown (1), unseen (100/33). */
function refusals(server: Server): Refusals {
	return {
		...graphRefusals(server),
		mediaRefused: ({ operation, method }) =>
			operation === 'photo' || method === 'GET'
				? graphError({
						code: 324,
						subcode: 2_069_019,
						message: '(#324) Missing or invalid image file',
					})
				: graphError({ code: 6000, subcode: 1_363_024, message: '(#6000) Unsupported video' }),
		special: {
			'page-limit': ({ params }) => rateLimited(params.page ?? server.state.pages[0]!.id),
			duplicate: () =>
				graphError({
					code: 506,
					message: '(#506) Duplicate status message',
					userMessage: 'This status update is identical to the last one you posted.',
				}),
			spam: () =>
				graphError({
					code: 368,
					subcode: 1_390_008,
					message: 'The action attempted has been deemed abusive or is otherwise disallowed',
					userMessage: 'It looks like you were misusing this feature by going too fast.',
				}),
			unknown: () => graphError({ code: 1, status: 500, message: 'An unknown error occurred' }),
			unseen: ({ params, method }) => missingObject(params.id ?? params.page ?? '', method),
		},
	};
}
