import type { Media } from '../shared/contract/media';
import type { Post } from '../shared/contract/post';
import type { Problem } from '../shared/contract/problem';
import { publicHost } from '../shared/http/host';
import { isVideo } from '../shared/media/kind';
import { isOutside, problemsOf } from '../shared/publish/problems';
import { MIB } from '../shared/units';
import {
	collaboratorsOf,
	coverUrlOf,
	kindOf,
	optionsOf,
	userTagsOf,
	type Kind,
	type UserTag,
} from './options';

/** https://developers.facebook.com/documentation/instagram-platform/instagram-graph-api/reference/ig-user/media */
const RATIO = { min: 0.8, max: 1.91 };
const STORY = { bytes: 100 * MIB, min: 3, max: 60 };
const COLLABORATORS = 3;
const TAGS = 20;

const { when, warnWhen, over, under } = problemsOf('instagram');

export function check(post: Post): Problem[] {
	const kind = kindOf(post);
	return [
		...shapeProblems(kind, post),
		...post.media.flatMap((medium) => altProblems(kind, medium)),
		...(kind === 'story' ? storyProblems(post) : []),
		...optionProblems(kind, post),
		...coverProblems(coverUrlOf(post)),
		...tagProblems(kind, post),
		...warnWhen(
			post.link && kind !== 'story',
			'link.plain',
			'Instagram shows a link in the caption as text that leads nowhere',
		),
	];
}

/** Checks the number, kinds and shapes of the media. */
function shapeProblems(kind: Kind, { media }: Post): Problem[] {
	const videos = media.filter(isVideo).length;
	const images = media.length - videos;
	const isReel = media.length === 0 || (videos === 1 && images <= 1);
	const details = { limit: '1 video', actual: `${videos} videos`, lacks: 'media' } as const;
	const reel = 'A Reel is one video, with one image at most as its cover';
	if (kind === 'reel') return when(!isReel, 'reel.media', reel, details);
	if (kind === 'story')
		return over(media.length, 1, 'story.media', 'A story is one image or video');
	// Instagram crops a carousel to the shape of its first item.
	const [first] = media;
	return first && !isVideo(first) ? ratioProblems(first) : [];
}

function ratioProblems({ name, width, height }: Media): Problem[] {
	const ratio = width && height ? width / height : undefined;
	const shown = `${name}: ${width}×${height} is too`;
	return [
		...over(ratio, RATIO.max, 'media.ratio', `${shown} wide`),
		...under(ratio, RATIO.min, 'media.ratio', `${shown} tall`),
	];
}

function altProblems(kind: Kind, medium: Media): Problem[] {
	const left = medium.alt && !isVideo(medium) && (kind === 'reel' || kind === 'story');
	return warnWhen(left, 'alt.unsupported', `${medium.name}: alt text is left out here`);
}

function storyProblems({ media, text, link, firstComment }: Post): Problem[] {
	const words = [text, link].some((one) => one?.trim());
	return [
		...media.filter(isVideo).flatMap(storyVideoProblems),
		...warnWhen(words, 'story.text', 'A story shows no text: it is left out'),
		...warnWhen(firstComment, 'story.comment', 'A story takes no first comment'),
	];
}

function storyVideoProblems({ name, bytes, seconds }: Media): Problem[] {
	const limit = `${STORY.min}-${STORY.max}`;
	const length = `${name}: ${seconds} s for a story`;
	return [
		...over(bytes, STORY.bytes, 'story.size', `${name}: ${bytes} bytes for a story`),
		...when(isOutside(seconds, STORY), 'story.duration', length, { limit, actual: seconds }),
	];
}

function optionProblems(kind: Kind, post: Post): Problem[] {
	const { locationId = '', ...options } = optionsOf(post);
	const invited = collaboratorsOf(options).length;
	const most = kind === 'story' ? 0 : COLLABORATORS;
	const message = `${invited} collaborators, at most ${most}`;
	const isPlace = /^\d*$/.test(locationId.trim());
	return [
		...over(invited, most, 'collaborators.count', message),
		...when(!isPlace, 'location.id', `"${locationId}" is no ID of a place`, {
			limit: 'digits',
			actual: locationId,
		}),
	];
}

function coverProblems(cover: string): Problem[] {
	const reach = cover ? publicHost(cover) : 'public';
	if (reach === 'public') return [];
	const details = { limit: 'URL', actual: cover };
	const none = 'Reel Cover URL is not an http(s) URL';
	if (reach === 'invalid') return when(true, 'cover.url', none, details);
	const { host } = new URL(cover);
	const message = `Reel Cover URL: Instagram fetches it from ${host}, which does not look reachable from the internet`;
	return warnWhen(true, 'cover.host', message);
}

function tagProblems(kind: Kind, post: Post): Problem[] {
	const { tags, wrong } = userTagsOf(optionsOf(post));
	const places = kind === 'carousel' ? post.media.length : 1;
	const counts = [...new Set(tags.map(({ image }) => image))].map(
		(number) => tags.filter(({ image }) => image === number).length,
	);
	const most = Math.max(0, ...counts);
	return [
		...wrong.flatMap((line) =>
			when(true, 'tags.line', `"${line}" is no user name with a place`, {
				limit: 'name x,y',
				actual: line,
			}),
		),
		...tags.flatMap((tag) => placeProblems(tag, places, kind, post.media)),
		...over(most, TAGS, 'tags.count', `${most} tags in one image`),
	];
}

function placeProblems(tag: UserTag, places: number, kind: Kind, media: Media[]): Problem[] {
	const { image, username, x = 0, y = 0 } = tag;
	const details = { limit: places, actual: image };
	if (image < 1 || image > places)
		return when(true, 'tags.image', `${username}: there is no image ${image}`, details);
	const tagged = media[image - 1];
	if (kind === 'carousel' && tagged && isVideo(tagged)) {
		const message = `${username}: a video in a carousel takes no tags`;
		return when(true, 'tags.video', message, { limit: 0, actual: image });
	}
	const message = `${username}: ${x},${y} is outside of the image`;
	return when(x > 1 || y > 1, 'tags.place', message, { limit: '0-1', actual: `${x},${y}` });
}
