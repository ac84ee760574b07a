import { DAY, SECOND } from '../kit/clock';
import type { Call, Reply, Route } from '../kit/types';
import { fieldsOf, paged, pick } from '../graph';
import { commentList, oneComment, replyList } from './commentReads';
import { accountsOf, loginOf, noObject, self } from './errors';
import { insights } from './insights';
import { everyAccount, scopedId, userId, type InstagramPost, type Server } from './model';
import { own, usage } from './publish';
import { isAwaited, statusOf, statusText } from './status';

const USER =
	'id name username profile_picture_url biography followers_count follows_count media_count website'.split(
		' ',
	);
const MEDIA =
	'id alt_text caption children comments_count is_comment_enabled is_shared_to_feed like_count media_product_type media_type media_url owner permalink shortcode thumbnail_url timestamp username'.split(
		' ',
	);
const CONTAINER = ['id', 'status', 'status_code', 'copyright_check_status', 'video_status'];

export function readRoutes(server: Server): Route[] {
	const { state } = server;
	const isUser = ({ id }: Record<string, string>) =>
		id === 'me' || everyAccount(server).some((account) => userId(account) === id);
	const isContainer = ({ id }: Record<string, string>) =>
		state.containers.some((one) => one.id === id);
	const isComment = ({ id }: Record<string, string>) => state.comments.some((one) => one.id === id);
	const rows: Array<[string, string, Route['handle'], Route['when']?]> = [
		['limit', '/:user/content_publishing_limit', (call) => limit(server, call)],
		['list', '/:user/media', (call) => list(server, call, false)],
		['stories', '/:user/stories', (call) => list(server, call, true)],
		['insights', '/:id/insights', (call) => insights(server, call)],
		['comments', '/:id/comments', (call) => commentList(server, call)],
		['replies', '/:id/replies', (call) => replyList(server, call)],
		['me', '/:id', (call) => profile(server, call), isUser],
		['status', '/:id', (call) => container(server, call), isContainer],
		['comment-get', '/:id', (call) => oneComment(server, call), isComment],
		['get', '/:id', (call) => one(server, call)],
	];
	return rows.map(([operation, path, handle, when]) => ({
		operation,
		method: 'GET',
		path,
		handle,
		...(when && { when }),
	}));
}

function profile(server: Server, call: Call): Reply {
	const { id = '' } = call.params;
	call.params.user = id;
	const account = self(server, call);
	const isOwn = loginOf(call) === 'instagram';
	const allowed = isOwn ? [...USER, 'user_id', 'account_type'] : USER;
	const creator = server.settings.creators.includes(account);
	const all = {
		// Instagram Login has two ids, and `id` is not the one for publishing.
		id: isOwn ? scopedId(account) : userId(account),
		user_id: userId(account),
		username: account,
		name: account,
		account_type: creator ? 'MEDIA_CREATOR' : 'BUSINESS',
		profile_picture_url: `${server.url}/pictures/${account}.jpg`,
		followers_count: 42,
		follows_count: 7,
		media_count: server.state.posts.filter((post) => post.account === account).length,
	};
	return { status: 200, json: pick(all, fieldsOf(call, allowed, 'IGUser')) };
}

function container(server: Server, call: Call): Reply {
	const accounts = accountsOf(server, call);
	const found = server.state.containers.find(({ id }) => id === call.params.id)!;
	if (!accounts.includes(found.account)) return noObject(found.id);
	const all = {
		id: found.id,
		status_code: statusOf(server, found),
		status: statusText(server, found),
		...(found.upload && {
			video_status: { uploading_phase: { bytes_transferred: found.upload.received } },
		}),
	};
	// Each read brings the end of processing nearer.
	if (!found.fetching && !isAwaited(found)) found.pollsLeft = Math.max(0, found.pollsLeft - 1);
	return { status: 200, json: pick(all, fieldsOf(call, CONTAINER, 'ShadowIGMediaBuilder')) };
}

const TYPES = {
	IMAGE: 'IMAGE',
	VIDEO: 'VIDEO',
	REELS: 'VIDEO',
	STORIES: 'IMAGE',
	CAROUSEL: 'CAROUSEL_ALBUM',
};

function entity(server: Server, post: InstagramPost): Record<string, unknown> {
	const { state } = server;
	const { mediaType, media, options } = post;
	const [first] = media;
	const film = first?.type.startsWith('video/');
	const product = { REELS: 'REELS', STORIES: 'STORY' } as Record<string, string>;
	return {
		id: post.id,
		alt_text: media.length === 1 ? first!.alt : undefined,
		caption: post.text || undefined,
		children: mediaType === 'CAROUSEL' ? { data: media.map(({ id }) => ({ id })) } : undefined,
		comments_count: state.comments.filter((comment) => comment.post === post.id).length,
		is_comment_enabled: post.commentEnabled,
		is_shared_to_feed: mediaType === 'REELS' ? options.share_to_feed !== false : undefined,
		like_count: 0,
		media_product_type: product[mediaType] ?? 'FEED',
		media_type: mediaType === 'STORIES' && film ? 'VIDEO' : TYPES[mediaType],
		media_url: first?.fetchedFrom,
		owner: { id: userId(post.account) },
		permalink: post.url,
		shortcode: post.shortcode,
		timestamp: post.createdAt.replace(/\.\d+Z$/, '+0000'),
		username: post.account,
	};
}

function one(server: Server, call: Call): Reply {
	const post = own(server, call, accountsOf(server, call));
	return { status: 200, json: pick(entity(server, post), fieldsOf(call, MEDIA, 'IGMedia')) };
}

/** Stories have their own list, and only for a day. */
function list(server: Server, call: Call, stories: boolean): Reply {
	const account = self(server, call);
	const names = fieldsOf(call, MEDIA, 'IGMedia');
	const since = stories ? server.clock.now() - DAY : 0;
	const posts = server.state.posts
		.filter((post) => post.account === account && (post.mediaType === 'STORIES') === stories)
		.filter(({ createdAt }) => Date.parse(createdAt) >= since)
		.reverse();
	return paged(server, call, posts, (post) => pick(entity(server, post), names));
}

function limit(server: Server, call: Call): Reply {
	const account = self(server, call, 'publish');
	const names = fieldsOf(call, ['id', 'quota_usage', 'config'], 'ContentPublishingLimit');
	const config = { quota_total: server.settings.quota, quota_duration: DAY / SECOND };
	const row = pick({ quota_usage: usage(server, account), config }, names, ['quota_usage']);
	return { status: 200, json: { data: [row] } };
}
