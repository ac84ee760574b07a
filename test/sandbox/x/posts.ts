import { HOUR, MINUTE } from '../kit/clock';
import { problems } from '../kit/schema';
import { refuse, type Call, type Reply, type Route } from '../kit/types';
import { route } from '../kit/router';
import type { Server, XMedia, XPost } from './model';
import { shownText } from './entities';
import {
	DUPLICATE,
	NOT_PERMITTED,
	NOT_VISIBLE,
	WRITE,
	forbidden,
	invalid,
	jsonBody,
	missing,
	user,
} from './problems';
import { userId } from './model';
import { CREATE_POST, REPOST } from './schemas';
import { checkText } from './text';

/** How long the same text counts as a duplicate; X does not document it. */
const LATELY = 24 * HOUR;
const EXCLUSIVE = ['media', 'poll', 'quote_tweet_id', 'card_uri', 'direct_message_deep_link'];

interface Created {
	text?: string;
	media?: { media_ids: string[] };
	poll?: unknown;
	quote_tweet_id?: string;
	reply?: { in_reply_to_tweet_id: string };
	community_id?: string;
	edit_options?: { previous_post_id: string };
	[more: string]: unknown;
}

export function postRoutes(server: Server): Route[] {
	return [
		route('publish', 'POST', '/2/tweets', (call) => create(server, call)),
		route('delete', 'DELETE', '/2/tweets/:id', (call) => remove(server, call)),
		route('repost', 'POST', '/2/users/:id/retweets', (call) => repost(server, call)),
		route('unrepost', 'DELETE', '/2/users/:id/retweets/:post', (call) => unrepost(server, call)),
	];
}

function create(server: Server, call: Call): Reply {
	const account = user(server, call, WRITE);
	const body = jsonBody(call);
	const wrong = problems(CREATE_POST, body);
	if (wrong.length) return invalid(wrong);
	const asked = body as Created;
	checkShape(asked);
	const text = asked.text ?? '';
	checkText(server.settings, account, text);
	const media = (asked.media?.media_ids ?? []).map((id) => attachable(server, account, id));
	checkMix(media);
	const previous = asked.edit_options && editable(server, account, asked);
	checkTargets(server, account, asked);
	if (!previous) checkDuplicate(server, account, text, media);
	const post = commit(server, account, asked, media, previous);
	return {
		status: 201,
		json: {
			data: { id: post.id, text: shownText(server, post), edit_history_post_ids: post.history },
		},
	};
}

function checkShape(asked: Created): void {
	const together = EXCLUSIVE.filter((name) => asked[name] !== undefined);
	if (together.length > 1)
		refuse(invalid([`Only one of ${together.join(', ')} may be provided at a time.`]));
	if (!asked.text && !asked.media && !asked.poll && !asked.quote_tweet_id)
		refuse(invalid(['text or media is required.']));
	if (asked.share_with_followers !== undefined && !asked.community_id)
		refuse(invalid(['share_with_followers requires community_id.']));
}

function attachable({ state, clock }: Server, account: string, id: string): XMedia {
	const item = state.media.find((one) => one.id === id);
	const usable = item && item.state === 'succeeded' && item.expiresAt > clock.now();
	if (!usable) return refuse(invalid(['Your media IDs are invalid.'], { 'media.media_ids': [id] }));
	const owners = [item.account, ...((item.owners as string[] | undefined) ?? [])];
	return owners.includes(account) || owners.includes(userId(account))
		? item
		: forbidden(NOT_PERMITTED);
}

function checkMix(media: XMedia[]): void {
	const alone = media.some(({ category }) => !category.endsWith('image'));
	if (alone && media.length > 1)
		refuse(invalid(['You may attach up to 4 photos, or 1 animated GIF, or 1 video.']));
}

/**
 * Since 2026 a stranger's post can be answered or quoted only if its author mentioned or quoted the
 * account.
 */
function checkTargets({ state }: Server, account: string, asked: Created): void {
	const reached = (post: XPost) =>
		post.account === account ||
		new RegExp(`@${account}\\b`, 'i').test(post.text) ||
		state.posts.some(({ id, account: author }) => id === post.quoteOf && author === account);
	const parentId = asked.reply?.in_reply_to_tweet_id;
	const parent = state.posts.find(({ id }) => id === parentId);
	if (parentId && !parent) forbidden(NOT_VISIBLE);
	if (parent && !reached(parent))
		forbidden(
			'Reply to this conversation is not allowed because you have not been mentioned or otherwise engaged by the author of the post you are replying to.',
			'not-authorized-for-resource',
		);
	const quoted = state.posts.find(({ id }) => id === asked.quote_tweet_id);
	if (asked.quote_tweet_id && (!quoted || quoted.account !== account))
		forbidden(
			'Quoting this post is not allowed because you have not been mentioned or otherwise engaged by the author of the post you are quoting.',
			'not-authorized-for-resource',
		);
	if (asked.community_id && !state.communities.some(({ id }) => id === asked.community_id))
		forbidden(NOT_PERMITTED);
}

/** Compares only posts without media, because posts with media have different media ids. */
function checkDuplicate(
	{ state, clock }: Server,
	account: string,
	text: string,
	media: XMedia[],
): void {
	if (media.length || !text) return;
	const same = state.posts.some(
		(post) =>
			post.account === account &&
			post.text === text &&
			post.media.length === 0 &&
			Date.parse(post.createdAt) > clock.now() - LATELY,
	);
	if (same) forbidden(DUPLICATE);
}

function editable({ state, settings, clock }: Server, account: string, asked: Created): XPost {
	const previous = state.posts.find(({ id }) => id === asked.edit_options!.previous_post_id);
	const allowed =
		previous &&
		previous.account === account &&
		settings.premium.includes(account) &&
		previous.history.length <= 5 &&
		Date.parse(previous.createdAt) > clock.now() - 30 * MINUTE &&
		!previous.options.poll &&
		!previous.options.community_id;
	return allowed ? previous : forbidden(NOT_PERMITTED);
}

function commit(
	{ state, url, clock, newId }: Server,
	account: string,
	asked: Created,
	media: XMedia[],
	previous?: XPost,
): XPost {
	const {
		text = '',
		media: withMedia,
		reply,
		quote_tweet_id,
		edit_options: _edit,
		...options
	} = asked;
	const { media_ids: _ids, ...mediaOptions } = withMedia ?? {};
	const id = newId();
	const post: XPost = {
		id,
		url: `${url}/${account}/status/${id}`,
		account,
		text,
		// An edit keeps the time of the first version, from which the editing window is counted.
		createdAt: previous?.createdAt ?? new Date(clock.now()).toISOString(),
		media,
		...(reply && { replyTo: reply.in_reply_to_tweet_id }),
		...(quote_tweet_id && { quoteOf: quote_tweet_id }),
		options: { ...options, ...(Object.keys(mediaOptions).length > 0 && { media: mediaOptions }) },
		history: [...(previous?.history ?? []), id],
	};
	if (previous) state.posts.splice(state.posts.indexOf(previous), 1, post);
	else state.posts.push(post);
	return post;
}

function remove(server: Server, call: Call): Reply {
	const account = user(server, call, WRITE);
	const { state } = server;
	const post = state.posts.find(({ id }) => id === call.params.id);
	if (!post) return missing('tweet', call.params.id!);
	if (post.account !== account) forbidden('You are not authorized to delete this Tweet.');
	state.posts.splice(state.posts.indexOf(post), 1);
	state.deleted.push(post);
	return { status: 200, json: { data: { deleted: true } } };
}

function repost(server: Server, call: Call): Reply {
	const account = user(server, call, WRITE);
	if (call.params.id !== userId(account)) forbidden(NOT_PERMITTED);
	const wrong = problems(REPOST, jsonBody(call));
	if (wrong.length) return invalid(wrong);
	const { tweet_id } = jsonBody(call) as { tweet_id: string };
	const { state } = server;
	if (!state.posts.some(({ id }) => id === tweet_id)) return missing('tweet', tweet_id);
	if (!state.reposts.some((one) => one.account === account && one.of === tweet_id))
		state.reposts.push({ account, of: tweet_id });
	return { status: 200, json: { data: { retweeted: true, rest_id: tweet_id } } };
}

function unrepost(server: Server, call: Call): Reply {
	const account = user(server, call, WRITE);
	if (call.params.id !== userId(account)) forbidden(NOT_PERMITTED);
	const { state } = server;
	state.reposts = state.reposts.filter(
		(one) => one.account !== account || one.of !== call.params.post,
	);
	return { status: 200, json: { data: { retweeted: false } } };
}
