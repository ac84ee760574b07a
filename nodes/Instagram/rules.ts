import type { Media } from '../shared/contract/media';
import type { Post } from '../shared/contract/post';
import type { Problem } from '../shared/contract/problem';
import { publicHost } from '../shared/http/host';
import {
	collaboratorsOf,
	coverUrlOf,
	isVideo,
	kindOf,
	optionsOf,
	userTagsOf,
	type Kind,
	type UserTag,
} from './options';

/** https://developers.facebook.com/documentation/instagram-platform/instagram-graph-api/reference/ig-user/media */
const RATIO = { min: 0.8, max: 1.91 };
const STORY = { bytes: 100 * 1024 ** 2, min: 3, max: 60 };
const COLLABORATORS = 3;
const TAGS = 20;

export function check(post: Post): Problem[] {
	const kind = kindOf(post);
	return [
		...shapeProblems(kind, post),
		...post.media.flatMap((medium) => altProblems(kind, medium)),
		...(kind === 'story' ? storyProblems(post) : []),
		...optionProblems(kind, post),
		...coverProblems(coverUrlOf(post)),
		...tagProblems(kind, post),
		...(post.link && kind !== 'story'
			? [warning('link.plain', 'Instagram shows a link in the caption as text that leads nowhere')]
			: []),
	];
}

/** How many of what, and in which shape. */
function shapeProblems(kind: Kind, { media }: Post): Problem[] {
	const [videos, images] = [media.filter(isVideo), media.filter((one) => !isVideo(one))];
	if (kind === 'reel' && media.length > 0 && (videos.length !== 1 || images.length > 1)) {
		const message = 'A Reel is one video, with one image at most as its cover';
		return [
			{ ...problem('reel.media', message, '1 video', `${videos.length} videos`), lacks: 'media' },
		];
	}
	if (kind === 'story' && media.length > 1) {
		return [problem('story.media', 'A story is one image or video', 1, media.length)];
	}
	// A carousel is cropped to the shape of its first item.
	const [first] = media;
	const flat = (kind === 'image' || kind === 'carousel') && first && !isVideo(first);
	return flat ? ratioProblems(first) : [];
}

function ratioProblems({ name, width, height }: Media): Problem[] {
	if (!width || !height) return [];
	const ratio = width / height;
	const shown = `${name}: ${width}×${height} is too`;
	if (ratio > RATIO.max) return [problem('media.ratio', `${shown} wide`, RATIO.max, ratio)];
	return ratio < RATIO.min ? [problem('media.ratio', `${shown} tall`, RATIO.min, ratio)] : [];
}

function altProblems(kind: Kind, medium: Media): Problem[] {
	const left = medium.alt && !isVideo(medium) && (kind === 'reel' || kind === 'story');
	return left ? [warning('alt.unsupported', `${medium.name}: alt text is left out here`)] : [];
}

function storyProblems({ media, text, link, firstComment }: Post): Problem[] {
	const words = [text, link].some((one) => one?.trim());
	return [
		...media.filter(isVideo).flatMap(storyVideoProblems),
		...(words ? [warning('story.text', 'A story shows no text: it is left out')] : []),
		...(firstComment ? [warning('story.comment', 'A story takes no first comment')] : []),
	];
}

function storyVideoProblems({ name, bytes = 0, seconds }: Media): Problem[] {
	const { max, min } = STORY;
	const length = seconds !== undefined && (seconds < min || seconds > max);
	const size = bytes > STORY.bytes;
	return [
		...(size
			? [problem('story.size', `${name}: ${bytes} bytes for a story`, STORY.bytes, bytes)]
			: []),
		...(length
			? [problem('story.duration', `${name}: ${seconds} s for a story`, `${min}-${max}`, seconds)]
			: []),
	];
}

function optionProblems(kind: Kind, post: Post): Problem[] {
	const { locationId = '', ...options } = optionsOf(post);
	const invited = collaboratorsOf(options);
	const most = kind === 'story' ? 0 : COLLABORATORS;
	return [
		...(invited.length > most
			? [
					problem(
						'collaborators.count',
						`${invited.length} collaborators, at most ${most}`,
						most,
						invited.length,
					),
				]
			: []),
		...(locationId.trim() && !/^\d+$/.test(locationId.trim())
			? [problem('location.id', `"${locationId}" is no ID of a place`, 'digits', locationId)]
			: []),
	];
}

function coverProblems(cover: string): Problem[] {
	const reach = cover ? publicHost(cover) : 'public';
	if (reach === 'invalid') {
		return [problem('cover.url', 'Reel Cover URL is not an http(s) URL', 'URL', cover)];
	}
	if (reach === 'public') return [];
	const { host } = new URL(cover);
	const message = `Reel Cover URL: Instagram fetches it from ${host}, which does not look reachable from the internet`;
	return [warning('cover.host', message)];
}

function tagProblems(kind: Kind, post: Post): Problem[] {
	const { tags, wrong } = userTagsOf(optionsOf(post));
	const places = kind === 'carousel' ? post.media.length : 1;
	const counts = [...new Set(tags.map(({ image }) => image))].map(
		(number) => tags.filter(({ image }) => image === number).length,
	);
	const most = Math.max(0, ...counts);
	return [
		...wrong.map((line) =>
			problem('tags.line', `"${line}" is no user name with a place`, 'name x,y', line),
		),
		...tags.flatMap((tag) => placeProblems(tag, places, kind, post.media)),
		...(most > TAGS ? [problem('tags.count', `${most} tags in one image`, TAGS, most)] : []),
	];
}

function placeProblems(tag: UserTag, places: number, kind: Kind, media: Media[]): Problem[] {
	const { image, username, x = 0, y = 0 } = tag;
	if (image < 1 || image > places) {
		return [problem('tags.image', `${username}: there is no image ${image}`, places, image)];
	}
	const tagged = media[image - 1];
	if (kind === 'carousel' && tagged && isVideo(tagged)) {
		const message = `${username}: a video in a carousel takes no tags`;
		return [problem('tags.video', message, 0, image)];
	}
	if (x <= 1 && y <= 1) return [];
	const message = `${username}: ${x},${y} is outside of the image`;
	return [problem('tags.place', message, '0-1', `${x},${y}`)];
}

function problem(
	check: string,
	message: string,
	limit: Problem['limit'],
	actual: Problem['actual'],
): Problem {
	return { rule: `instagram.${check}`, message, limit, actual };
}

function warning(check: string, message: string): Problem {
	return { rule: `instagram.${check}`, message, warning: true };
}
