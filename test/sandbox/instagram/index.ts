import { postPage } from '../kit/page';
import { route } from '../kit/router';
import type { Surroundings } from '../kit/server';
import { tokenStore } from '../kit/tokens';
import type { Call, Platform, Refusals, Route, TokenRequest } from '../kit/types';
import {
	RUPLOAD_KEEP,
	bearer,
	graphError,
	graphPages,
	graphRefusals,
	idSource,
	issueGraphToken,
	loginRoutes,
	pageRoutes,
	type GraphServer,
	type PageOption,
} from '../graph';
import { comment, hide, newComment, removeComment, reply } from './comments';
import { createContainer } from './containers';
import { documented, noObject } from './errors';
import {
	facebookOptions,
	settings,
	type Comment,
	type InstagramOptions,
	type InstagramState,
	type Server,
} from './model';
import { LONG_LIFE, SCOPES, SHORT_LIFE, oauthRoutes } from './oauth';
import { change, publish, remove } from './publish';
import { readRoutes } from './reads';
import { upload } from './upload';

const FACEBOOK: Record<string, string> = {
	facebook: 'long',
	'facebook-short': 'short',
	page: 'page',
};
const LIVES: Record<string, number | undefined> = { short: SHORT_LIFE, long: LONG_LIFE };

export function instagram(
	options: InstagramOptions,
	around: Surroundings,
): Platform<InstagramState> {
	const server = setUp(options, around);
	const { tokens, state } = server;
	return {
		state,
		tokens,
		routes: [...oauthRoutes(server), ...pages(server), ...graphRoutes(server)],
		refusals: refusals(server),
		bearer,
		pathOf: (path) => path.replace(/^(\/facebook)?\/v\d+\.\d+(?=\/)/, '$1'),
		ownFaults: ['partial', 'spam-after'],
		issueToken: (asked) => issue(server, asked),
		show: () => ({
			...state,
			tokens: tokens.all.map(({ value: _value, ...rest }) => rest),
		}),
	};
}

/** graph.instagram.com at the root, graph.facebook.com and rupload with their own paths. */
function graphRoutes(server: Server): Route[] {
	const both = [...writeRoutes(server), ...readRoutes(server)];
	const { graph } = server;
	const facebook = [...loginRoutes(graph), ...pageRoutes(graph), ...both];
	const bytes = route('upload', 'POST', '/ig-api-upload/:version/:container', (call) =>
		upload(server, call),
	);
	return [
		{ ...bytes, keep: RUPLOAD_KEEP },
		...facebook.map((one) => ({ ...one, path: `/facebook${one.path}` })),
		...both,
	];
}

/** These hosts have ids directly at the root, so these routes come after all named ones. */
function writeRoutes(server: Server): Route[] {
	const isComment = ({ id }: Record<string, string>) =>
		server.state.comments.some((one) => one.id === id);
	const at = (operation: string, method: string, path: string, act: Act) =>
		route(operation, method, path, (call) => act(server, call));
	return [
		at('container', 'POST', '/:user/media', createContainer),
		at('publish', 'POST', '/:user/media_publish', publish),
		at('comment', 'POST', '/:id/comments', comment),
		at('reply', 'POST', '/:id/replies', reply),
		{ ...at('hide', 'POST', '/:id', hide), when: isComment },
		{ ...at('delete-comment', 'DELETE', '/:id', removeComment), when: isComment },
		at('change', 'POST', '/:id', change),
		at('delete', 'DELETE', '/:id', remove),
	];
}

type Act = (server: Server, call: Call) => ReturnType<Route['handle']>;

/** Pages for people, which the platform has on www.instagram.com. */
function pages({ state }: Server): Route[] {
	const at = (path: string) =>
		route('page', 'GET', path, ({ params }) =>
			postPage(
				'Instagram',
				state.posts.find(({ shortcode, id }) => [shortcode, id].includes(params.code!)),
			),
		);
	return [at('/p/:code'), at('/reel/:code'), at('/stories/:account/:code')];
}

function setUp(options: InstagramOptions, { url, clock }: Surroundings): Server {
	const tokens = tokenStore(clock);
	const newId = idSource();
	const { pages: linked, settings: graphSettings } = facebookOptions(options);
	const state = emptyState(linked, (asked) => newComment(server, asked));
	const graph: GraphServer = {
		url: `${url}/facebook`,
		clock,
		settings: graphSettings,
		state,
		// This host does not know the tokens of Instagram Login.
		tokens: {
			...tokens,
			find: (value) => (value?.startsWith('IG') ? undefined : tokens.find(value)),
		},
		pageTokens: new Map(),
		newId,
	};
	const server: Server = { url, clock, settings: settings(options), state, tokens, newId, graph };
	return server;
}

function emptyState(
	linked: PageOption[],
	made: (asked: Parameters<InstagramState['addComment']>[0]) => Comment,
): InstagramState {
	const state: InstagramState = {
		pages: graphPages(linked),
		declined: [],
		posts: [],
		deleted: [],
		comments: [],
		containers: [],
		fetched: [],
		used: [],
		addComment(asked) {
			const comment = made(asked);
			state.comments.push(comment);
			return comment;
		},
	};
	return state;
}

/**
 * Own kinds: not-ready (9007), not-found (24), server-error (-1/2207001), unknown (code 1), busy
 * (80002, HTTP 400), restricted (25), spam (4/2207051, nothing published), spam-after (the same,
 * but published).
 */
function refusals(server: Server): Refusals {
	return {
		...graphRefusals(server),
		notFound: ({ path, method }) =>
			noObject(path.replace('/facebook/', '/').split('/')[1] ?? '', method.toLowerCase()),
		mediaRefused: () => documented(2207052),
		special: {
			'not-ready': () => documented(2207027),
			'not-found': () => documented(2207008),
			'server-error': () => documented(2207001),
			unknown: () => graphError({ code: 1, status: 500, message: 'An unknown error occurred' }),
			busy: () =>
				graphError({
					code: 80_002,
					message: '(#80002) There have been too many calls to this Instagram account.',
				}),
			restricted: () => documented(2207050),
			spam: () => documented(2207051),
		},
	};
}

/**
 * `kind` is long (the default) or short (as after connecting); with Facebook Login it is facebook,
 * facebook-short or page.
 */
function issue(server: Server, asked: TokenRequest) {
	const over = FACEBOOK[asked.kind ?? ''];
	if (over) return issueGraphToken(server.graph, { ...asked, kind: over });
	const {
		tokens,
		settings: { accounts, client },
	} = server;
	const { account = accounts[0]!, scopes = SCOPES, kind = 'long', lifeMs = LIVES[kind] } = asked;
	const token = tokens.issue({
		account,
		scopes,
		kind,
		client: client.id,
		prefix: 'IGAA',
		...(lifeMs && { lifeMs }),
	});
	return {
		accessToken: token.value,
		account,
		scopes,
		...(token.expiresAt && { expiresAt: token.expiresAt }),
	};
}
