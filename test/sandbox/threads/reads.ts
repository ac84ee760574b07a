import type { Call, Reply, Route } from '../kit/types';
import { refuse } from '../kit/types';
import { containerFields } from './containers';
import { badParameter, bearer, graphError, noObject, self, user } from './errors';
import { userId, type Server, type ThreadsPost } from './model';
import { QUOTAS, find, usage } from './publish';

const PROFILE =
	'id username name threads_profile_picture_url threads_biography is_verified recently_searched_keywords is_eligible_for_geo_gating'.split(
		' ',
	);
const POST =
	'id media_product_type media_type media_url gif_url permalink owner username text timestamp shortcode thumbnail_url children is_quote_post quoted_post reposted_post has_replies alt_text link_attachment_url poll_attachment location_id topic_tag is_verified profile_picture_url is_reply is_reply_owned_by_me root_post replied_to hide_status reply_audience text_attachment gif_attachment is_spoiler_media text_entities allowlisted_country_codes ghost_post_status'.split(
		' ',
	);
const QUOTA =
	'quota_usage config reply_quota_usage reply_config delete_quota_usage delete_config location_search_quota_usage location_search_config'.split(
		' ',
	);

export function readRoutes(server: Server): Route[] {
	const route = (
		operation: string,
		path: string,
		handle: Route['handle'],
		when?: Route['when'],
	): Route => ({
		operation,
		method: 'GET',
		path,
		handle,
		...(when && { when }),
	});
	const { state, settings } = server;
	const isUser = ({ id }: Record<string, string>) =>
		id === 'me' || settings.accounts.some((account) => userId(account) === id);
	const isContainer = ({ id }: Record<string, string>) =>
		state.containers.some((one) => one.id === id);
	return [
		route('limit', '/:user/threads_publishing_limit', (call) => limit(server, call)),
		route('list', '/:user/threads', (call) => own(server, call, false)),
		route('own-replies', '/:id/replies', (call) => own(server, call, true), isUser),
		route('replies', '/:id/replies', (call) => replies(server, call, false)),
		route('conversation', '/:id/conversation', (call) => replies(server, call, true)),
		route('me', '/:id', (call) => profile(server, call), isUser),
		route('status', '/:id', (call) => container(server, call), isContainer),
		route('get', '/:id', (call) => one(server, call)),
	];
}

/** `id,poll_attachment{option_a}` -> ['id', 'poll_attachment']; unknown names are refused. */
function fields({ query }: Call, allowed: string[], node: string): string[] {
	const given = (query.get('fields') ?? '').replace(/\{[^}]*\}/g, '');
	const names = given
		.split(',')
		.map((name) => name.trim())
		.filter(Boolean);
	const unknown = names.find((name) => !allowed.includes(name));
	if (unknown)
		badParameter(`Tried accessing nonexisting field (${unknown}) on node type (${node})`);
	return ['id', ...names.filter((name) => name !== 'id')];
}

function pick(all: Record<string, unknown>, names: string[]): Record<string, unknown> {
	const shown = names.filter((name) => all[name] !== undefined && all[name] !== null);
	return Object.fromEntries(shown.map((name) => [name, all[name]]));
}

function profile(server: Server, call: Call): Reply {
	const account = user(server, call);
	const names = fields(call, PROFILE, 'ThreadsUser');
	if (call.params.id !== 'me' && call.params.id !== userId(account))
		return noObject(call.params.id!);
	const all = {
		id: userId(account),
		username: account,
		name: account,
		threads_profile_picture_url: `${server.url}/pictures/${account}.jpg`,
		threads_biography: '',
		is_verified: false,
		is_eligible_for_geo_gating: server.settings.geoGating.includes(account),
	};
	return { status: 200, json: pick(all, names) };
}

function container(server: Server, call: Call): Reply {
	const account = user(server, call);
	const found = server.state.containers.find(({ id }) => id === call.params.id)!;
	if (found.account !== account) return noObject(found.id);
	const names = fields(call, ['id', 'status', 'error_message'], 'ThreadsContainer');
	return { status: 200, json: pick(containerFields(server, found), names) };
}

function entity(
	server: Server,
	post: ThreadsPost,
	viewer: string,
	names: string[],
): Record<string, unknown> {
	const { state } = server;
	const { options, media } = post;
	let root = post;
	while (find(state, root.replyTo)) root = find(state, root.replyTo)!;
	const [first] = media;
	const all: Record<string, unknown> = {
		...options,
		id: post.id,
		media_product_type: 'THREADS',
		media_type: {
			TEXT: 'TEXT_POST',
			CAROUSEL: 'CAROUSEL_ALBUM',
			IMAGE: 'IMAGE',
			VIDEO: 'VIDEO',
			REPOST_FACADE: 'REPOST_FACADE',
		}[post.mediaType],
		media_url: media.length === 1 ? first!.fetchedFrom : undefined,
		permalink: post.url,
		owner: { id: userId(post.account) },
		username: post.account,
		text: post.text || undefined,
		timestamp: post.createdAt.replace(/\.\d+Z$/, '+0000'),
		shortcode: post.shortcode,
		children: post.mediaType === 'CAROUSEL' ? { data: media.map(({ id }) => ({ id })) } : undefined,
		is_quote_post: post.quoteOf !== undefined,
		quoted_post: post.quoteOf && { id: post.quoteOf },
		reposted_post: options.reposted_post && { id: options.reposted_post },
		has_replies: state.posts.some(({ replyTo }) => replyTo === post.id),
		alt_text: media.length === 1 ? first!.alt : undefined,
		link_attachment_url: options.link_attachment,
		is_verified: false,
		is_reply: post.replyTo !== undefined,
		is_reply_owned_by_me: post.replyTo !== undefined && post.account === viewer,
		root_post: post.replyTo && { id: root.id },
		replied_to: post.replyTo && { id: post.replyTo },
		hide_status: post.replyTo && (post.hidden ? 'HIDDEN' : 'NOT_HUSHED'),
		reply_audience: String(options.reply_control ?? 'everyone').toUpperCase(),
	};
	return pick(all, names);
}

function one(server: Server, call: Call): Reply {
	const account = user(server, call);
	const post = find(server.state, call.params.id);
	if (!post) return noObject(call.params.id!);
	return { status: 200, json: entity(server, post, account, fields(call, POST, 'ThreadsMedia')) };
}

function own(server: Server, call: Call, answers: boolean): Reply {
	const account = answers ? user(server, call, 'threads_read_replies') : self(server, call);
	const posts = server.state.posts.filter(
		(post) => post.account === account && (post.replyTo !== undefined) === answers,
	);
	return paged(server, call, account, posts.reverse());
}

/** Direct answers, or with `deep` the whole tree below a root post. */
function replies(server: Server, call: Call, deep: boolean): Reply {
	const account = user(server, call, 'threads_read_replies');
	const { state } = server;
	if (!find(state, call.params.id)) return noObject(call.params.id!);
	const below = (id: string): ThreadsPost[] =>
		state.posts
			.filter(({ replyTo }) => replyTo === id)
			.flatMap((post) => (deep ? [post, ...below(post.id)] : [post]));
	const posts = below(call.params.id!);
	return paged(
		server,
		call,
		account,
		call.query.get('reverse') === 'false' ? posts : posts.reverse(),
	);
}

function moment(query: URLSearchParams, name: string): number | undefined {
	const given = query.get(name);
	if (!given) return undefined;
	return /^\d+$/.test(given) ? Number(given) * 1000 : Date.parse(given);
}

/** Cursors, and a `next` link that contains the token, as the platform's own does. */
function paged(server: Server, call: Call, account: string, all: ThreadsPost[]): Reply {
	const { query, path } = call;
	const names = fields(call, POST, 'ThreadsMedia');
	const limit = Number(query.get('limit') ?? 25);
	if (!Number.isInteger(limit) || limit < 1 || limit > 100)
		return refuse(graphError({ code: 100, message: 'Param limit must be between 1 and 100' }));
	const time = ({ createdAt }: ThreadsPost) => Date.parse(createdAt);
	const since = moment(query, 'since') ?? -Infinity;
	const until = moment(query, 'until') ?? Infinity;
	const posts = all.filter((post) => time(post) >= since && time(post) <= until);
	const after = position(posts, query.get('after')) + 1;
	const before = query.has('before') ? position(posts, query.get('before')) : undefined;
	const from = before === undefined ? after : Math.max(0, before - limit);
	const shown = posts.slice(from, before ?? from + limit);
	const next = new URLSearchParams(query);
	next.set('access_token', bearer(call)!);
	next.set('limit', String(limit));
	const edge = (way: 'before' | 'after', post: ThreadsPost) => {
		const link = new URLSearchParams(next);
		link.delete(way === 'after' ? 'before' : 'after');
		link.set(way, cursor(post));
		return `${server.url}/v1.0${path.replace('/me/', `/${userId(account)}/`)}?${link}`;
	};
	const data = shown.map((post) => entity(server, post, account, names));
	if (!shown.length) return { status: 200, json: { data } };
	const paging = {
		cursors: { before: cursor(shown[0]!), after: cursor(shown.at(-1)!) },
		...(from + shown.length < posts.length && { next: edge('after', shown.at(-1)!) }),
		...(from > 0 && { previous: edge('before', shown[0]!) }),
	};
	return { status: 200, json: { data, paging } };
}

function cursor({ id }: ThreadsPost): string {
	return Buffer.from(`QVFI${id}`).toString('base64url');
}

function position(posts: ThreadsPost[], given: string | null): number {
	return given ? posts.findIndex((post) => cursor(post) === given) : -1;
}

function limit(server: Server, call: Call): Reply {
	const account = self(server, call, 'threads_content_publish');
	const names = fields(call, ['id', ...QUOTA], 'ThreadsPublishingLimit').filter(
		(name) => name !== 'id',
	);
	const config = (quota_total: number) => ({ quota_total, quota_duration: 86_400 });
	const all = {
		quota_usage: usage(server, account, 'post'),
		config: config(QUOTAS.post),
		reply_quota_usage: usage(server, account, 'reply'),
		reply_config: config(QUOTAS.reply),
		delete_quota_usage: usage(server, account, 'delete'),
		delete_config: config(QUOTAS.delete),
		location_search_quota_usage: 0,
		location_search_config: config(500),
	};
	return { status: 200, json: { data: [pick(all, names.length ? names : ['quota_usage'])] } };
}
