import type { Limits } from '../shared/contract/limits';
import type { Media } from '../shared/contract/media';
import type { Post } from '../shared/contract/post';
import type { Problem } from '../shared/contract/problem';
import { creatorProblems, when } from './creator';
import { isDraft, SELF_ONLY, type Options } from './options';

/** https://developers.tiktok.com/doc/content-posting-api-media-transfer-guide */
const SIDE = { min: 360, max: 4096 };
const PHOTO_SIDE = 1080;

export function isPhotos({ media: [first] }: Pick<Post, 'media'>): boolean {
	return first?.mime.startsWith('image/') ?? false;
}

export function check(post: Post, limits: Limits): Problem[] {
	return [
		...threadProblems(post),
		...(isDraft(post.options) ? draftProblems(post) : directProblems(post.options)),
		...(isPhotos(post) ? photoProblems(post) : videoProblems(post)),
		...creatorProblems(post, limits),
	];
}

function threadProblems({ thread }: Post): Problem[] {
	return when(thread?.part === 0, {
		rule: 'tikTok.thread.unsupported',
		message: 'TikTok has no threads',
	});
}

function directProblems({ privacy, brandedContent }: Options): Problem[] {
	return [
		...when(!privacy, {
			rule: 'tikTok.privacy.missing',
			message: 'TikTok wants you to choose who may see the post: set the option Privacy',
		}),
		...when(brandedContent && privacy === SELF_ONLY, {
			rule: 'tikTok.brandedContent.private',
			message: 'Branded content cannot have the privacy Only Me',
		}),
	];
}

function draftProblems(post: Post): Problem[] {
	return when(!isPhotos(post) && (post.text || post.link), {
		rule: 'tikTok.draft.text',
		message: 'TikTok takes no text with the draft of a video: the creator writes it in the app',
		warning: true,
	});
}

function photoProblems({ media, options }: Post): Problem[] {
	const { photoCover = 1 } = options as Options;
	return [
		...when(photoCover < 1 || photoCover > media.length, {
			rule: 'tikTok.photoCover.range',
			message: `Photo ${photoCover} cannot be the cover of ${media.length}`,
			limit: media.length,
			actual: photoCover,
		}),
		...media.flatMap((medium) => [...httpsProblems(medium), ...largeProblems(medium)]),
	];
}

/** What "1080p" means for a photo TikTok does not say. */
function largeProblems({ name, width = 0, height = 0 }: Media): Problem[] {
	return when(Math.min(width, height) > PHOTO_SIDE, {
		rule: 'tikTok.media.pixels',
		message: `${name}: ${width}×${height} is more than the ${PHOTO_SIDE}p that TikTok takes`,
		limit: PHOTO_SIDE,
		actual: Math.min(width, height),
		warning: true,
	});
}

function videoProblems({ media, options }: Post): Problem[] {
	const { pullVideo, videoCover = 0 } = options as Options;
	return media.flatMap((medium) => {
		const { name, width, height, seconds } = medium;
		const sides = width && height ? [width, height] : [];
		return [
			...(pullVideo ? pullProblems(medium) : []),
			...when(
				sides.some((side) => side < SIDE.min || side > SIDE.max),
				{
					rule: 'tikTok.media.side',
					message: `${name}: ${width}×${height}, each side ${SIDE.min} to ${SIDE.max} pixels`,
					limit: `${SIDE.min} to ${SIDE.max}`,
					actual: sides.join('×'),
				},
			),
			...when(seconds !== undefined && videoCover > seconds * 1000, {
				rule: 'tikTok.videoCover.range',
				message: `${name} ends before the frame at ${videoCover} ms`,
				limit: Math.floor((seconds ?? 0) * 1000),
				actual: videoCover,
			}),
		];
	});
}

function pullProblems(medium: Media): Problem[] {
	return medium.publicUrl()
		? httpsProblems(medium)
		: [
				{
					rule: 'tikTok.media.url',
					message: `${medium.name} is only in n8n's memory, where TikTok cannot fetch it`,
				},
			];
}

/** https://developers.tiktok.com/doc/content-posting-api-media-transfer-guide#pull_from_url */
function httpsProblems(medium: Media): Problem[] {
	const url = medium.publicUrl();
	return when(url !== undefined && !/^https:/i.test(url), {
		rule: 'tikTok.media.https',
		message: `${medium.name}: TikTok fetches from https addresses only`,
	});
}
