import type { GraphPage } from '../graph';
import type { FacebookComment, FacebookPhoto, FacebookPost, FacebookVideo, Server } from './model';
import { statusOf } from './status';

export const POST_FIELDS =
	'id actions admin_creator attachments application backdated_time call_to_action child_attachments comments created_time feed_targeting from full_picture icon insights is_expired is_hidden is_instagram_eligible is_popular is_published is_spherical likes message message_tags parent_id permalink_url picture place privacy promotable_id properties reactions scheduled_publish_time shares status_type story story_tags subscribed target targeting timeline_visibility updated_time via width height'.split(
		' ',
	);
export const VIDEO_FIELDS =
	'id content_category content_tags created_time custom_labels description embed_html embeddable event format from icon is_crosspost_video is_instagram_eligible length live_status permalink_url picture place post_id post_views privacy published scheduled_publish_time source status title updated_time views'.split(
		' ',
	);
export const COMMENT_FIELDS =
	'id attachment can_comment can_hide can_like can_remove comment_count comments created_time from is_hidden is_private like_count message message_tags object parent permalink_url user_likes'.split(
		' ',
	);
export const PHOTO_FIELDS =
	'id album alt_text alt_text_custom backdated_time can_delete created_time from height icon images link name page_story_id picture place source target updated_time width'.split(
		' ',
	);

const byPage = ({ state }: Server, id: string): GraphPage =>
	state.pages.find((page) => page.id === id)!;
const fromOf = (server: Server, id: string) => ({ id, name: byPage(server, id).name });
/** 2026-11-22T10:00:00+0000 */
const shownTime = (iso: string) => iso.replace(/\.\d+Z$/, '+0000');

export function postNode(server: Server, post: FacebookPost): Record<string, unknown> {
	const { id, options, media, kind } = post;
	return {
		id,
		created_time: shownTime(post.createdAt),
		updated_time: shownTime(post.createdAt),
		message: post.text || undefined,
		from: fromOf(server, post.page),
		permalink_url: post.url,
		is_published: post.published,
		is_hidden: options.is_hidden === 'true',
		scheduled_publish_time: post.published ? undefined : post.scheduled,
		status_type:
			kind === 'feed' ? (media.length ? 'added_photos' : 'mobile_status_update') : 'added_video',
		attachments: attachmentsOf(post),
		privacy: { value: 'EVERYONE' },
		shares: undefined,
	};
}

function attachmentsOf({ media, options, kind, url }: FacebookPost) {
	const each = media.map((one) => ({
		media_type: kind === 'feed' ? 'photo' : 'video',
		type: kind === 'feed' ? 'photo' : 'video_inline',
		target: { id: one.id, url },
		url,
	}));
	if (each.length > 1)
		return {
			data: [
				{ media_type: 'album', type: 'album', subattachments: { data: each }, target: {}, url },
			],
		};
	if (each.length === 1) return { data: each };
	const link = options.link as string | undefined;
	return link
		? {
				data: [
					{
						media_type: 'link',
						type: 'share',
						target: { url: link },
						url: link,
						unshimmed_url: link,
					},
				],
			}
		: undefined;
}

export function videoNode(server: Server, video: FacebookVideo, names: string[]) {
	const { id, post, edge } = video;
	return {
		id,
		created_time: shownTime(new Date(video.createdAt).toISOString()),
		description: post?.text,
		title: video.title || undefined,
		from: fromOf(server, video.page),
		permalink_url: edge === 'video_reels' ? `/reel/${id}/` : `/${video.page}/videos/${id}/`,
		post_id: post?.id.split('_')[1],
		published: post?.published ?? false,
		scheduled_publish_time: post?.scheduled,
		length: 10,
		...(names.includes('status') && { status: statusOf(server, video) }),
	};
}

export function photoNode(server: Server, photo: FacebookPhoto) {
	return {
		id: photo.id,
		created_time: shownTime(new Date(photo.createdAt).toISOString()),
		from: fromOf(server, photo.page),
		alt_text_custom: photo.alt,
		width: photo.width,
		height: photo.height,
		link: `https://www.facebook.com/photo.php?fbid=${photo.id}`,
		page_story_id: photo.post,
	};
}

export function commentNode(comment: FacebookComment) {
	return {
		id: comment.id,
		created_time: shownTime(comment.createdAt),
		from: comment.from,
		message: comment.message,
		is_hidden: comment.hidden,
		can_hide: true,
		like_count: 0,
		comment_count: 0,
		permalink_url: `https://www.facebook.com/${comment.on}?comment_id=${comment.id}`,
	};
}
