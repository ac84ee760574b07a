import type { Media } from '../shared/contract/media';
import type { Post } from '../shared/contract/post';
import type { Problem } from '../shared/contract/problem';
import { scheduleProblems } from '../shared/publish/fieldProblems';
import { isVideo, optionsOf } from './options';
import { attachedLink, isStory } from './text';

const DAY = 24 * 60;
/** Minutes ahead that a post may be scheduled: documents disagree, and the shortest always goes. */
export const AHEAD = { min: 10, max: 30 * DAY };
const REEL_AHEAD = { min: 10, max: 29 * DAY };
/** https://developers.facebook.com/documentation/video-api/guides/reels-publishing */
const SECONDS = { reel: { min: 3, max: 90 }, story: { min: 3, max: 60 } };
const WHAT = { reel: 'a Reel', story: 'a video story' };
const UPRIGHT = { ratio: 9 / 16, tolerance: 0.02, width: 540, height: 960 };
/** An older page and an error text of Facebook say 4 MB where the newer one says 10. */
const SAFE_PHOTO = 4 * 1024 ** 2;

/** What Facebook refuses beyond sizes, and what does not come out as one expects. */
export function check(post: Post): Problem[] {
	const { postType = 'feed' } = optionsOf(post);
	return [
		...timeProblems(post),
		...commentProblems(post),
		...linkProblems(post),
		...(postType === 'reel' ? reelProblems(post.media) : []),
		...(postType === 'story' ? storyProblems(post) : []),
		...post.media.flatMap((medium) => mediumProblems(medium, postType)),
	];
}

/** What the core does not know of the time. */
function timeProblems(post: Post): Problem[] {
	const { scheduledAt } = post;
	if (scheduledAt === undefined) return [];
	if (isStory(post)) return [problem('schedule.story', 'A story cannot be scheduled')];
	const isReel = optionsOf(post).postType === 'reel';
	const isForOthers = scheduleProblems('facebook', post, { ahead: AHEAD }).length === 0;
	return isReel && isForOthers ? scheduleProblems('facebook', post, { ahead: REEL_AHEAD }) : [];
}

function commentProblems(post: Post): Problem[] {
	const { firstComment, scheduledAt } = post;
	if (!firstComment) return [];
	if (isStory(post)) return [problem('comment.story', 'A story takes no first comment')];
	return scheduledAt
		? [problem('comment.scheduled', 'A scheduled post takes no first comment before it is out')]
		: [];
}

function linkProblems(post: Post): Problem[] {
	const link = attachedLink(post);
	if (!link || /^https?:\/\/\S+$/i.test(link)) return [];
	return [problem('link.url', `"${link}" is not a URL`, 'http(s) URL', link)];
}

function reelProblems(media: Media[]): Problem[] {
	const [film] = media;
	return media.length === 1 && film && isVideo(film)
		? []
		: [oneOf(media, 'reel.media', 'A Reel is made of exactly one video')];
}

function storyProblems({ media, text, link }: Post): Problem[] {
	return [
		...(media.length === 1
			? []
			: [oneOf(media, 'story.media', 'A story shows exactly one photo or video')]),
		...(text || link
			? [warning('story.text', 'A story shows no text: text and link are left out')]
			: []),
	];
}

/** Where there has to be one file; with none, one that could not be read may be it. */
function oneOf(media: Media[], rule: string, message: string): Problem {
	return { ...problem(rule, message, 1, media.length), lacks: 'media' };
}

function mediumProblems(medium: Media, type: 'feed' | 'reel' | 'story'): Problem[] {
	const { name, bytes = 0 } = medium;
	if (isVideo(medium)) return videoProblems(medium, type);
	return bytes > SAFE_PHOTO
		? [
				warning(
					'photo.size',
					`${name}: ${bytes} bytes, and Facebook refuses some photos above ${SAFE_PHOTO}`,
				),
			]
		: [];
}

function videoProblems(medium: Media, type: 'feed' | 'reel' | 'story'): Problem[] {
	const { name, mime, width = 0, height = 0, seconds } = medium;
	if (type === 'feed') {
		const message = `${name} is upright: Facebook may show such a video as a Reel or hold it back as a draft, so choose the post type Reel`;
		return height > width ? [warning('video.upright', message)] : [];
	}
	const { min, max } = SECONDS[type];
	const off = Math.abs(width / height - UPRIGHT.ratio) > UPRIGHT.tolerance;
	const small = width < UPRIGHT.width || height < UPRIGHT.height;
	return [
		...(mime === 'video/mp4'
			? []
			: [problem(`${type}.type`, `${name}: ${WHAT[type]} has to be an MP4`, 'video/mp4', mime)]),
		...(seconds !== undefined && (seconds < min || seconds > max)
			? [
					problem(
						`${type}.duration`,
						`${name}: ${seconds} s, ${min} to ${max}`,
						`${min}-${max}`,
						seconds,
					),
				]
			: []),
		...(height > 0 && (off || small)
			? [
					warning(
						`${type}.ratio`,
						`${name} is ${width}×${height}; 9:16 of at least 540×960 is asked for`,
					),
				]
			: []),
	];
}

function problem(
	rule: string,
	message: string,
	limit?: Problem['limit'],
	actual?: Problem['actual'],
): Problem {
	return {
		rule: `facebook.${rule}`,
		message,
		...(limit !== undefined && { limit }),
		...(actual !== undefined && { actual }),
	};
}

function warning(rule: string, message: string): Problem {
	return { ...problem(rule, message), warning: true };
}
