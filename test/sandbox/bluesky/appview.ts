import { bearerAuth } from '../kit/consent';
import { tokenStore } from '../kit/tokens';
import type { Surroundings } from '../kit/server';
import type { Call, Platform, Reply } from '../kit/types';
import { fromPds, pageSize, param, refuseXrpc, xrpcError, xrpcRoute, xrpcRefusals } from './xrpc';

export interface AppViewOptions {
	/** The PDS whose records it shows; it knows no others. */
	pdsUrl: string;
}

export interface Actor {
	did: string;
	handle: string;
}

interface Stored {
	uri: string;
	cid: string;
	value: Record<string, unknown>;
}

const POST = 'app.bsky.feed.post';
const REPOST = 'app.bsky.feed.repost';

/**
 * The few reads that a posting client needs, straight from a PDS, so without the seconds by which
 * the real AppView is behind. With the fault `not-indexed` it knows none of the requested posts.
 */
export function blueskyAppView(
	{ pdsUrl }: AppViewOptions,
	{ clock }: Surroundings,
): Platform<Record<string, never>> {
	return {
		state: {},
		tokens: tokenStore(clock),
		routes: [
			xrpcRoute('profile', 'GET', 'app.bsky.actor.getProfile', (call) => profile(pdsUrl, call)),
			xrpcRoute('feed', 'GET', 'app.bsky.feed.getAuthorFeed', (call) => authorFeed(pdsUrl, call)),
			xrpcRoute('posts', 'GET', 'app.bsky.feed.getPosts', (call) => posts(pdsUrl, call)),
			xrpcRoute('lists', 'GET', 'app.bsky.graph.getLists', (call) => lists(pdsUrl, call)),
			xrpcRoute('search', 'GET', 'app.bsky.actor.searchActorsTypeahead', (call) =>
				search(pdsUrl, call),
			),
		],
		refusals: xrpcRefusals({ 'not-indexed': () => ({ status: 200, json: { posts: [] } }) }),
		bearer: (call) => bearerAuth(call.headers.authorization),
		issueToken: () => {
			throw new Error('tokens come from a PDS');
		},
		show: () => ({}),
	};
}

async function actorOf(pdsUrl: string, actor: string): Promise<Actor | undefined> {
	const found = await fromPds<Actor>(pdsUrl, 'com.atproto.repo.describeRepo', { repo: actor });
	return found && { did: found.did, handle: found.handle };
}

async function profileRecord(pdsUrl: string, { did }: Actor): Promise<Record<string, unknown>> {
	const query = { repo: did, collection: 'app.bsky.actor.profile', rkey: 'self' };
	return (await fromPds<Stored>(pdsUrl, 'com.atproto.repo.getRecord', query))?.value ?? {};
}

async function basic(pdsUrl: string, actor: Actor) {
	const { displayName } = await profileRecord(pdsUrl, actor);
	return { ...actor, ...(displayName !== undefined && { displayName }), labels: [] };
}

async function profile(pdsUrl: string, call: Call): Promise<Reply> {
	const actor = await actorOf(pdsUrl, param(call, 'actor'));
	if (!actor) return xrpcError(400, 'InvalidRequest', 'Profile not found');
	const { description } = await profileRecord(pdsUrl, actor);
	const all = await listAll(pdsUrl, actor.did, POST);
	return {
		status: 200,
		json: {
			...(await basic(pdsUrl, actor)),
			...(description !== undefined && { description }),
			followersCount: 0,
			followsCount: 0,
			postsCount: all.length,
			indexedAt: new Date().toISOString(),
		},
	};
}

async function listAll(pdsUrl: string, repo: string, collection: string): Promise<Stored[]> {
	const all: Stored[] = [];
	let cursor: string | undefined;
	do {
		const query = { repo, collection, limit: '100', ...(cursor && { cursor }) };
		const page = await fromPds<{ records: Stored[]; cursor?: string }>(
			pdsUrl,
			'com.atproto.repo.listRecords',
			query,
		);
		all.push(...(page?.records ?? []));
		cursor = page?.records.length ? page.cursor : undefined;
	} while (cursor);
	return all;
}

async function postView(pdsUrl: string, author: Actor, { uri, cid, value }: Stored) {
	return {
		uri,
		cid,
		author: await basic(pdsUrl, author),
		record: value,
		bookmarkCount: 0,
		replyCount: 0,
		repostCount: 0,
		likeCount: 0,
		quoteCount: 0,
		indexedAt: value.createdAt ?? new Date().toISOString(),
		labels: [],
	};
}

async function posts(pdsUrl: string, call: Call): Promise<Reply> {
	const uris = call.query.getAll('uris');
	if (!uris.length) param(call, 'uris');
	if (uris.length > 25)
		refuseXrpc(400, 'InvalidRequest', 'Error: uris must not have more than 25 elements');
	const found = await Promise.all(uris.map(async (uri) => await post(pdsUrl, uri)));
	return { status: 200, json: { posts: found.filter((one) => one !== undefined) } };
}

/** Leaves out missing posts, as the real one does. */
async function post(pdsUrl: string, uri: string) {
	const [, repo, collection, rkey] = /^at:\/\/([^/]+)\/([^/]+)\/([^/]+)$/.exec(uri) ?? [];
	if (!repo || !rkey)
		return refuseXrpc(400, 'InvalidRequest', 'Error: uris must be a valid at-uri');
	if (collection !== POST) return undefined;
	const author = await actorOf(pdsUrl, repo);
	if (!author) return undefined;
	const query = { repo: author.did, collection, rkey };
	const record = await fromPds<Stored>(pdsUrl, 'com.atproto.repo.getRecord', query);
	return record && (await postView(pdsUrl, author, record));
}

async function authorFeed(pdsUrl: string, call: Call): Promise<Reply> {
	const limit = pageSize(call, 50);
	const actor = await actorOf(pdsUrl, param(call, 'actor'));
	if (!actor) return xrpcError(400, 'InvalidRequest', 'Profile not found');
	const filter = call.query.get('filter') ?? 'posts_with_replies';
	const fits = ({ value }: Stored) =>
		!(filter === 'posts_no_replies' && value.reply) &&
		!(filter === 'posts_with_media' && !value.embed) &&
		!(filter === 'posts_with_video' && !JSON.stringify(value.embed ?? '').includes('embed.video'));
	const own = (await listAll(pdsUrl, actor.did, POST)).filter(fits);
	const shared = REPOSTS_IN.includes(filter) ? await listAll(pdsUrl, actor.did, REPOST) : [];
	const { shown, cursor } = pageOf([...own, ...shared].sort(newestFirst), call, limit);
	const views = await Promise.all(shown.map(async (one) => await feedView(pdsUrl, actor, one)));
	const feed = views.filter((view) => view.post !== undefined);
	return { status: 200, json: { feed, ...cursor } };
}

const REPOSTS_IN = ['posts_with_replies', 'posts_no_replies'];

function newestFirst({ value: one }: Stored, { value: other }: Stored) {
	return Date.parse(String(other.createdAt)) - Date.parse(String(one.createdAt));
}

/** A post by the author, or a post that the author reposted. */
async function feedView(pdsUrl: string, actor: Actor, stored: Stored) {
	const { uri, cid, value } = stored;
	if (!uri.includes(`/${REPOST}/`)) return { post: await postView(pdsUrl, actor, stored) };
	const by = await basic(pdsUrl, actor);
	return {
		post: await post(pdsUrl, (value.subject as { uri: string }).uri),
		reason: {
			$type: 'app.bsky.feed.defs#reasonRepost',
			by,
			uri,
			cid,
			indexedAt: value.createdAt,
		},
	};
}

/** The cursor is the last record key of the page before. */
function pageOf(all: Stored[], { query }: Call, limit: number) {
	const after = query.get('cursor');
	const from = after ? all.findIndex(({ uri }) => uri.endsWith(`/${after}`)) + 1 : 0;
	const shown = all.slice(from, from + limit);
	const more = from + limit < all.length;
	return { shown, cursor: more ? { cursor: shown.at(-1)!.uri.split('/').at(-1)! } : {} };
}

async function lists(pdsUrl: string, call: Call): Promise<Reply> {
	const limit = pageSize(call, 50);
	const actor = await actorOf(pdsUrl, param(call, 'actor'));
	if (!actor) return xrpcError(400, 'InvalidRequest', 'Profile not found');
	const creator = await basic(pdsUrl, actor);
	const all = await listAll(pdsUrl, actor.did, 'app.bsky.graph.list');
	const { shown, cursor } = pageOf(all, call, limit);
	const views = shown.map(({ uri, cid, value }) => ({
		uri,
		cid,
		creator,
		name: value.name,
		purpose: value.purpose,
		...(value.description !== undefined && { description: value.description }),
		listItemCount: 0,
		indexedAt: value.createdAt,
		labels: [],
	}));
	return { status: 200, json: { lists: views, ...cursor } };
}

async function search(pdsUrl: string, call: Call): Promise<Reply> {
	const limit = pageSize(call, 10);
	const wanted = (call.query.get('q') ?? call.query.get('term') ?? '').toLowerCase();
	const repos = await fromPds<{ repos: Array<{ did: string }> }>(
		pdsUrl,
		'com.atproto.sync.listRepos',
		{ limit: '1000' },
	);
	const known = await Promise.all(
		(repos?.repos ?? []).map(async ({ did }) => await actorOf(pdsUrl, did)),
	);
	const fitting = known.filter((actor) => actor !== undefined && actor.handle.includes(wanted));
	const shown = wanted ? fitting.slice(0, limit) : [];
	const actors = await Promise.all(shown.map(async (actor) => await basic(pdsUrl, actor!)));
	return { status: 200, json: { actors } };
}
