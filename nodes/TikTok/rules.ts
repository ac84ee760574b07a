import type { Limits } from '../shared/contract/limits';
import type { Media } from '../shared/contract/media';
import type { Post } from '../shared/contract/post';
import type { Problem } from '../shared/contract/problem';
import { isImage } from '../shared/media/kind';
import { isOutside, problemsOf, span } from '../shared/publish/problems';
import { SECOND } from '../shared/units';
import { creatorProblems } from './creator';
import { isDraft, SELF_ONLY, type Options } from './options';

/** https://developers.tiktok.com/doc/content-posting-api-media-transfer-guide */
const SIDE = { min: 360, max: 4096 };
const PHOTO_SIDE = 1080;

const { when, warnWhen } = problemsOf('tikTok');

export function isPhotos({ media: [first] }: Pick<Post, 'media'>): boolean {
	return first !== undefined && isImage(first);
}

export function check(post: Post, limits: Limits): Problem[] {
	return [
		...when(post.thread?.part === 0, 'thread.unsupported', 'TikTok has no threads'),
		...(isDraft(post.options) ? draftProblems(post) : directProblems(post.options)),
		...(isPhotos(post) ? photoProblems(post) : videoProblems(post)),
		...creatorProblems(post, limits),
	];
}

function directProblems({ privacy, brandedContent }: Options): Problem[] {
	return [
		...when(
			!privacy,
			'privacy.missing',
			'TikTok wants you to choose who may see the post: set the option Privacy',
		),
		...when(
			brandedContent && privacy === SELF_ONLY,
			'brandedContent.private',
			'Branded content cannot have the privacy Only Me',
		),
	];
}

function draftProblems(post: Post): Problem[] {
	return warnWhen(
		!isPhotos(post) && (post.text || post.link),
		'draft.text',
		'TikTok takes no text with the draft of a video: the creator writes it in the app',
	);
}

function photoProblems({ media, options }: Post): Problem[] {
	const { photoCover = 1 } = options as Options;
	return [
		...when(
			photoCover < 1 || photoCover > media.length,
			'photoCover.range',
			`Photo ${photoCover} cannot be the cover of ${media.length}`,
			{ limit: media.length, actual: photoCover },
		),
		...media.flatMap((medium) => [...httpsProblems(medium), ...largeProblems(medium)]),
	];
}

/** TikTok does not define "1080p" for a photo. */
function largeProblems({ name, width = 0, height = 0 }: Media): Problem[] {
	const actual = Math.min(width, height);
	return warnWhen(
		actual > PHOTO_SIDE,
		'media.pixels',
		`${name}: ${width}×${height} is more than the ${PHOTO_SIDE}p that TikTok takes`,
		{ limit: PHOTO_SIDE, actual },
	);
}

function videoProblems({ media, options }: Post): Problem[] {
	const { pullVideo, videoCover = 0 } = options as Options;
	return media.flatMap((medium) => {
		const { name, width, height, seconds } = medium;
		const sides = width && height ? [width, height] : [];
		const limit = Math.floor((seconds ?? 0) * SECOND);
		return [
			...(pullVideo ? pullProblems(medium) : []),
			...when(
				sides.some((side) => isOutside(side, SIDE)),
				'media.side',
				`${name}: ${width}×${height}, each side ${span(SIDE)} pixels`,
				{ limit: span(SIDE), actual: sides.join('×') },
			),
			...when(
				seconds !== undefined && videoCover > seconds * SECOND,
				'videoCover.range',
				`${name} ends before the frame at ${videoCover} ms`,
				{ limit, actual: videoCover },
			),
		];
	});
}

function pullProblems(medium: Media): Problem[] {
	if (medium.publicUrl()) return httpsProblems(medium);
	const message = `${medium.name} is only in n8n's memory, where TikTok cannot fetch it`;
	return when(true, 'media.url', message);
}

/** https://developers.tiktok.com/doc/content-posting-api-media-transfer-guide#pull_from_url */
function httpsProblems(medium: Media): Problem[] {
	const url = medium.publicUrl();
	const message = `${medium.name}: TikTok fetches from https addresses only`;
	return when(url !== undefined && !/^https:/i.test(url), 'media.https', message);
}
