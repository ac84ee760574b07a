import type { Media } from '../shared/contract/media';
import type { Post } from '../shared/contract/post';
import type { Problem } from '../shared/contract/problem';
import { isVideo } from '../shared/media/kind';
import { scheduleProblems } from '../shared/publish/fieldProblems';
import { isOutside, problemsOf } from '../shared/publish/problems';
import { DAY, MIB, MINUTE } from '../shared/units';
import { optionsOf } from './options';
import { attachedLink, isStory } from './text';

const DAY_MINUTES = DAY / MINUTE;
/**
 * How many minutes ahead a post may be scheduled. Facebook's documents disagree; the narrowest
 * range always works.
 */
export const AHEAD = { min: 10, max: 30 * DAY_MINUTES };
const REEL_AHEAD = { min: 10, max: 29 * DAY_MINUTES };
/** https://developers.facebook.com/documentation/video-api/guides/reels-publishing */
const SECONDS = { reel: { min: 3, max: 90 }, story: { min: 3, max: 60 } };
const WHAT = { reel: 'a Reel', story: 'a video story' };
const UPRIGHT = { ratio: 9 / 16, tolerance: 0.02, width: 540, height: 960 };
/** An older page and an error text of Facebook name 4 MB; the newer page names 10. */
const SAFE_PHOTO = 4 * MIB;

type Type = 'feed' | 'reel' | 'story';

const problems = problemsOf('facebook');
const { when, warnWhen } = problems;

/** Finds what Facebook refuses beyond sizes, and results that may surprise the user. */
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

/** Rules for the time that the core does not check. */
function timeProblems(post: Post): Problem[] {
	if (isStory(post))
		return when(post.scheduledAt !== undefined, 'schedule.story', 'A story cannot be scheduled');
	const isReel = optionsOf(post).postType === 'reel';
	const isForOthers = scheduleProblems(problems, post, { ahead: AHEAD }).length === 0;
	return isReel && isForOthers ? scheduleProblems(problems, post, { ahead: REEL_AHEAD }) : [];
}

function commentProblems(post: Post): Problem[] {
	const { firstComment, scheduledAt } = post;
	if (isStory(post)) return when(firstComment, 'comment.story', 'A story takes no first comment');
	return when(
		firstComment && scheduledAt,
		'comment.scheduled',
		'A scheduled post takes no first comment before it is out',
	);
}

function linkProblems(post: Post): Problem[] {
	const link = attachedLink(post);
	return when(link && !/^https?:\/\/\S+$/i.test(link), 'link.url', `"${link}" is not a URL`, {
		limit: 'http(s) URL',
		actual: link,
	});
}

function reelProblems(media: Media[]): Problem[] {
	const isRight = media.length === 1 && media.every(isVideo);
	return notOne(!isRight, media, 'reel.media', 'A Reel is made of exactly one video');
}

function storyProblems({ media, text, link }: Post): Problem[] {
	const shape = 'A story shows exactly one photo or video';
	const words = 'A story shows no text: text and link are left out';
	return [
		...notOne(media.length !== 1, media, 'story.media', shape),
		...warnWhen(text || link, 'story.text', words),
	];
}

/**
 * The problem that a post needs exactly one file. `lacks`: a file that could not be read may be the
 * missing one.
 */
function notOne(wrong: boolean, { length: actual }: Media[], rule: string, message: string) {
	return when(wrong, rule, message, { limit: 1, actual, lacks: 'media' });
}

function mediumProblems(medium: Media, type: Type): Problem[] {
	const { name, bytes = 0, width = 0, height = 0 } = medium;
	if (!isVideo(medium)) {
		const message = `${name}: ${bytes} bytes, and Facebook refuses some photos above ${SAFE_PHOTO}`;
		return warnWhen(bytes > SAFE_PHOTO, 'photo.size', message);
	}
	if (type !== 'feed') return uprightProblems(medium, type);
	const message = `${name} is upright: Facebook may show such a video as a Reel or hold it back as a draft, so choose the post type Reel`;
	return warnWhen(height > width, 'video.upright', message);
}

/** Of the video of a Reel or a story. */
function uprightProblems(medium: Media, type: Exclude<Type, 'feed'>): Problem[] {
	const { name, mime, width = 0, height = 0, seconds } = medium;
	const { min, max } = SECONDS[type];
	const off = Math.abs(width / height - UPRIGHT.ratio) > UPRIGHT.tolerance;
	const small = width < UPRIGHT.width || height < UPRIGHT.height;
	return [
		...when(mime !== 'video/mp4', `${type}.type`, `${name}: ${WHAT[type]} has to be an MP4`, {
			limit: 'video/mp4',
			actual: mime,
		}),
		...when(
			isOutside(seconds, { min, max }),
			`${type}.duration`,
			`${name}: ${seconds} s, ${min} to ${max}`,
			{ limit: `${min}-${max}`, actual: seconds },
		),
		...warnWhen(
			height > 0 && (off || small),
			`${type}.ratio`,
			`${name} is ${width}×${height}; 9:16 of at least 540×960 is asked for`,
		),
	];
}
