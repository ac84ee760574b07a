import type { Media } from '../shared/contract/media';
import type { Post } from '../shared/contract/post';
import type { Problem } from '../shared/contract/problem';
import { publicHost } from '../shared/http/host';
import { isImage, isVideo } from '../shared/media/kind';
import { locatedIn } from '../shared/parameter';
import { problemsOf } from '../shared/publish/problems';
import { isId } from './address';
import { picturesOf, type Options } from './options';

/** https://developers.pinterest.com/docs/api/v5/pins-create */
const LONGEST = { link: 2048, alt: 500 };
/** Types accepted as bytes; by URL Pinterest accepts more. */
const AS_BYTES: readonly string[] = ['image/jpeg', 'image/png'];

const { when, warnWhen, over, tooLong } = problemsOf('pinterest', 'Pinterest');

export async function check(post: Post): Promise<Problem[]> {
	const options = post.options as Options;
	return [
		...addresses(post, options),
		...(await lengths(post)),
		...pictureProblems(post.media),
		...coverProblems(post.media, options),
		...looks(post.media, options),
	];
}

/** Whether Pinterest fetches the images itself. */
export function byUrl(pictures: readonly Media[]): boolean {
	return pictures.every(
		(medium) => medium.source === 'url' && publicHost(medium.publicUrl() ?? '') === 'public',
	);
}

/** Joins the alt texts of all media, because a Pin has only one. */
export function altOf(media: readonly Media[]): string {
	return media
		.map(({ alt }) => alt)
		.filter(Boolean)
		.join('\n');
}

function addresses({ target, link }: Post, { boardSection }: Options): Problem[] {
	const section = locatedIn(boardSection);
	const unless = (right: boolean, rule: string, actual = '', message: string) =>
		when(actual && !right, rule, message, { actual });
	return [
		...unless(isId(target), 'board.address', target, `"${target}" is not the ID of a board`),
		...unless(
			isId(section),
			'section.address',
			section,
			`"${section}" is not the ID of a board section`,
		),
		...unless(
			/^https?:\/\//i.test(link ?? ''),
			'link.address',
			link,
			`The link "${link}" is no web address`,
		),
	];
}

async function lengths({ link = '', media }: Post): Promise<Problem[]> {
	// The core checks each single alt text.
	const alt = media.length > 1 ? altOf(media) : '';
	return [
		...(await tooLong(link, { max: LONGEST.link }, 'link.length', 'The link')),
		...(await tooLong(
			alt,
			{ max: LONGEST.alt },
			'alt.length',
			'The alt text of all media together',
		)),
	];
}

function pictureProblems(media: Media[]): Problem[] {
	const pictures = media.filter(isImage);
	const bytes = byUrl(pictures) ? [] : pictures.filter(({ mime }) => !AS_BYTES.includes(mime));
	const ratios = new Set(
		pictures.map(({ width = 0, height = 0 }) => (height ? (width / height).toFixed(2) : '')),
	);
	return [
		...bytes.flatMap(({ name, mime }) =>
			when(
				true,
				'media.type',
				`${name} is ${mime}, which Pinterest takes from public URLs only; as a file it takes JPEG and PNG`,
				{ limit: AS_BYTES.join(', '), actual: mime },
			),
		),
		...warnWhen(
			pictures.length === media.length && ratios.size > 1,
			'carousel.ratio',
			'The pictures have different proportions; Pinterest shows them all in those of one',
		),
	];
}

function coverProblems(media: Media[], options: Options): Problem[] {
	const { coverTime = 0, coverImageUrl = '', carouselCover = 1 } = options;
	const film = media.some(isVideo);
	const pictures = media.length - Number(film);
	return [
		...when(
			film && !(Number.isInteger(Number(coverTime)) && Number(coverTime) >= 0),
			'cover.time',
			`Video Cover is ${coverTime} seconds, Pinterest takes whole ones from 0`,
			{ actual: coverTime },
		),
		...when(
			film && coverImageUrl && publicHost(String(coverImageUrl)) !== 'public',
			'cover.url',
			'Pinterest cannot fetch the Video Cover URL',
		),
		...when(
			!film && pictures > 1 && !isPlace(Number(carouselCover), pictures),
			'carousel.cover',
			`Carousel Cover is ${carouselCover}, and there are ${pictures} pictures`,
			{ limit: pictures, actual: carouselCover },
		),
	];
}

function looks({ length }: Media[], { dominantColor = '', ...options }: Options): Problem[] {
	const told = picturesOf(options).length;
	return [
		...when(
			dominantColor && !/^#[0-9a-f]{6}$/i.test(dominantColor),
			'color.format',
			`Dominant Color is "${dominantColor}" and should be like #6E7874`,
			{ actual: dominantColor },
		),
		...over(
			told,
			length,
			'carousel.texts',
			`Carousel Pictures has ${told} texts, and there are ${length} pictures`,
		),
	];
}

function isPlace(place: number, of: number) {
	return Number.isInteger(place) && place >= 1 && place <= of;
}
