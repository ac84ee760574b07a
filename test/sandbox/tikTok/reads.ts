import { SECOND } from '../kit/clock';
import { refuse, type Call, type Reply } from '../kit/types';
import {
	authorized,
	failed,
	good,
	jsonBody,
	object,
	user,
	withLongNumbers,
	wrong,
	type Fields,
} from './answers';
import { openId, type Server, type Status, type Task, type TikTokPost } from './model';
import { blockedBy, privacyLevels } from './rules';

const PAGE = 20;

/** `POST /v2/post/publish/creator_info/query/` */
export function creatorInfo(server: Server, call: Call): Reply {
	const account = user(server, call, 'video.publish');
	const blocked = blockedBy(server, account);
	if (blocked) return failed(blocked, undefined, 200);
	const { switchedOff, longestVideo } = server.settings;
	const off = switchedOff[account] ?? [];
	return good({
		creator_avatar_url: `https://p16.tiktokcdn.example.com/${account}.webp`,
		creator_username: account,
		creator_nickname: nickname(account),
		privacy_level_options: privacyLevels(server, account),
		comment_disabled: off.includes('comment'),
		duet_disabled: off.includes('duet'),
		stitch_disabled: off.includes('stitch'),
		max_video_post_duration_sec: longestVideo,
	});
}

/** `POST /v2/post/publish/status/fetch/`; each read brings the end of processing nearer. */
export function postStatus(server: Server, call: Call): Reply {
	const account = user(server, call, 'video.publish', 'video.upload');
	const { publish_id } = jsonBody(call);
	const task = server.state.tasks.find(({ publishId }) => publishId === publish_id);
	if (!task) return failed('invalid_publish_id');
	if (task.account !== account) return failed('token_not_authorized_for_specified_publish_id');
	const status = advanced(task);
	const { upload, media, failed: fail_reason } = task;
	const length = media.reduce((sum, one) => sum + one.length, 0);
	return withLongNumbers(
		good({
			status,
			...(status === 'FAILED' && { fail_reason }),
			publicaly_available_post_id: publicIds(server, task, status),
			...(upload ? { uploaded_bytes: upload.received } : { downloaded_bytes: length }),
		}),
	);
}

function advanced(task: Task): Status {
	const waiting = task.upload ? 'PROCESSING_UPLOAD' : 'PROCESSING_DOWNLOAD';
	if (task.failed && task.pollsLeft === 0) return 'FAILED';
	if (!task.taken && !task.failed) return waiting;
	if (task.pollsLeft > 0) {
		task.pollsLeft -= 1;
		return waiting;
	}
	return task.draft ? 'SEND_TO_USER_INBOX' : 'PUBLISH_COMPLETE';
}

/** Only public posts have ids, and only after their review. */
function publicIds({ state }: Server, task: Task, status: Status): string[] {
	if (status !== 'PUBLISH_COMPLETE') return [];
	const post = state.posts.find(({ id }) => id === task.post);
	if (post?.privacy !== 'PUBLIC_TO_EVERYONE') return [];
	if (task.moderationLeft > 0) {
		task.moderationLeft -= 1;
		return [];
	}
	return [`int64:${post.id}`];
}

const USER_FIELDS: Record<
	string,
	{ scope: string; of: (account: string, url: string) => unknown }
> = {
	open_id: { scope: 'user.info.basic', of: openId },
	union_id: { scope: 'user.info.basic', of: (account) => `union${openId(account)}` },
	avatar_url: {
		scope: 'user.info.basic',
		of: (account) => `https://p16.tiktokcdn.example.com/${account}.webp`,
	},
	display_name: { scope: 'user.info.basic', of: nickname },
	username: { scope: 'user.info.profile', of: (account) => account },
	bio_description: { scope: 'user.info.profile', of: (account) => `I am ${account}` },
	profile_deep_link: { scope: 'user.info.profile', of: (account, url) => `${url}/@${account}` },
	is_verified: { scope: 'user.info.profile', of: () => false },
	follower_count: { scope: 'user.info.stats', of: () => 12 },
	following_count: { scope: 'user.info.stats', of: () => 3 },
	likes_count: { scope: 'user.info.stats', of: () => 45 },
	video_count: { scope: 'user.info.stats', of: () => 6 },
};

/** `GET /v2/user/info/?fields=…` */
export function userInfo(server: Server, call: Call): Reply {
	const { account, scopes } = authorized(server, call);
	const asked = fieldsOf(call, Object.keys(USER_FIELDS));
	const lacking = asked.some((name) => !scopes.includes(USER_FIELDS[name]!.scope));
	if (lacking) return failed('scope_not_authorized');
	const values = asked.map((name) => [name, USER_FIELDS[name]!.of(account, server.url)]);
	return good({ user: Object.fromEntries(values) as Fields });
}

const VIDEO_FIELDS: Record<string, (post: TikTokPost) => unknown> = {
	id: ({ id }) => id,
	create_time: ({ createdAt }) => Math.floor(Date.parse(createdAt) / SECOND),
	cover_image_url: ({ id }) => `https://p16.tiktokcdn.example.com/cover/${id}.webp`,
	share_url: ({ url }) => url,
	video_description: ({ text }) => text,
	duration: () => 2,
	height: () => 640,
	width: () => 360,
	title: ({ text }) => text,
	embed_html: () => '',
	embed_link: ({ url }) => url,
	like_count: () => 1,
	comment_count: () => 2,
	share_count: () => 3,
	view_count: () => 4,
};

/** `POST /v2/video/list/?fields=…`: public videos, newest first. */
export function listVideos(server: Server, call: Call): Reply {
	const account = user(server, call, 'video.list');
	const asked = fieldsOf(call, Object.keys(VIDEO_FIELDS));
	const { cursor, max_count = 10 } = jsonBody(call);
	if (!Number.isInteger(max_count) || Number(max_count) < 1 || Number(max_count) > PAGE)
		return wrong('max_count is invalid');
	if (cursor !== undefined && !Number.isInteger(cursor)) return wrong('cursor is invalid');
	const older = publicVideos(server, account).filter(
		({ createdAt }) => cursor === undefined || Date.parse(createdAt) < Number(cursor),
	);
	const videos = older.slice(0, Number(max_count));
	return good({
		videos: videos.map((post) => shown(post, asked)),
		cursor: Date.parse(videos.at(-1)?.createdAt ?? new Date(0).toISOString()),
		has_more: older.length > videos.length,
	});
}

/** `POST /v2/video/query/?fields=…` */
export function queryVideos(server: Server, call: Call): Reply {
	const account = user(server, call, 'video.list');
	const asked = fieldsOf(call, Object.keys(VIDEO_FIELDS));
	const { video_ids: ids } = object(jsonBody(call).filters, 'filters');
	if (!Array.isArray(ids) || ids.length < 1 || ids.length > PAGE)
		return wrong('video_ids is invalid');
	const found = publicVideos(server, account).filter(({ id }) => ids.includes(id));
	return good({ videos: found.map((post) => shown(post, asked)) });
}

function publicVideos({ state }: Server, account: string): TikTokPost[] {
	return state.posts
		.filter(
			(post) =>
				post.account === account && post.kind === 'video' && post.privacy === 'PUBLIC_TO_EVERYONE',
		)
		.reverse();
}

function shown(post: TikTokPost, fields: string[]): Fields {
	return Object.fromEntries(fields.map((name) => [name, VIDEO_FIELDS[name]!(post)]));
}

function fieldsOf({ query }: Call, known: string[]): string[] {
	const asked = (query.get('fields') ?? '').split(',').filter(Boolean);
	return asked.length > 0 && asked.every((name) => known.includes(name))
		? asked
		: refuse(failed('invalid_params', 'Fields is required or has an unknown name'));
}

function nickname(account: string): string {
	return account[0]!.toUpperCase() + account.slice(1);
}
