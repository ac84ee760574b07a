import type { Media } from '../shared/contract/media';
import type { Post } from '../shared/contract/post';
import type { Problem } from '../shared/contract/problem';
import { publicHost } from '../shared/http/host';
import { excess } from '../shared/text';
import { chosenSection, isId } from './address';
import { picturesOf, type Options } from './options';

/** https://developers.pinterest.com/docs/api/v5/pins-create */
const LONGEST = { link: 2048, alt: 500 };
/** The only types that are taken as bytes; by URL Pinterest reads more. */
const AS_BYTES: readonly string[] = ['image/jpeg', 'image/png'];

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

/** Whether Pinterest shall fetch the pictures itself. */
export function byUrl(pictures: readonly Media[]): boolean {
	return pictures.every(
		(medium) => medium.source === 'url' && publicHost(medium.publicUrl() ?? '') === 'public',
	);
}

/** One text for all: Pins have no alt texts for single pictures. */
export function altOf(media: readonly Media[]): string {
	return media
		.map(({ alt }) => alt)
		.filter(Boolean)
		.join('\n');
}

function addresses({ target, link }: Post, { boardSection }: Options): Problem[] {
	const section = chosenSection(boardSection);
	return [
		...when(target && !isId(target), {
			rule: 'pinterest.board.address',
			message: `"${target}" is not the ID of a board`,
			actual: target,
		}),
		...when(section && !isId(section), {
			rule: 'pinterest.section.address',
			message: `"${section}" is not the ID of a board section`,
			actual: section,
		}),
		...when(link && !/^https?:\/\//i.test(link), {
			rule: 'pinterest.link.address',
			message: `The link "${link}" is no web address`,
			actual: link,
		}),
	];
}

async function lengths({ link = '', media }: Post): Promise<Problem[]> {
	const texts = [
		['link', 'link', link, LONGEST.link],
		// Each alone is held to the limit by the core.
		['alt', 'alt text of all media together', media.length > 1 ? altOf(media) : '', LONGEST.alt],
	] as const;
	const found = texts.map(async ([name, what, text, max]) => {
		const over = await excess(text, { unit: 'codePoints', max });
		return over.map(({ limit, actual }) => ({
			rule: `pinterest.${name}.length`,
			message: `The ${what} has ${actual} characters, Pinterest takes ${limit}`,
			limit,
			actual,
		}));
	});
	return (await Promise.all(found)).flat();
}

function pictureProblems(media: Media[]): Problem[] {
	const pictures = media.filter(({ mime }) => mime.startsWith('image/'));
	const bytes = byUrl(pictures) ? [] : pictures.filter(({ mime }) => !AS_BYTES.includes(mime));
	const ratios = new Set(
		pictures.map(({ width = 0, height = 0 }) => (height ? (width / height).toFixed(2) : '')),
	);
	return [
		...bytes.map(({ name, mime }) => ({
			rule: 'pinterest.media.type',
			message: `${name} is ${mime}, which Pinterest takes from public URLs only; as a file it takes JPEG and PNG`,
			limit: AS_BYTES.join(', '),
			actual: mime,
		})),
		...when(pictures.length === media.length && ratios.size > 1, {
			rule: 'pinterest.carousel.ratio',
			message: 'The pictures have different proportions; Pinterest shows them all in those of one',
			warning: true,
		}),
	];
}

function coverProblems(media: Media[], options: Options): Problem[] {
	const { coverTime = 0, coverImageUrl = '', carouselCover = 1 } = options;
	const film = media.some(({ mime }) => mime.startsWith('video/'));
	const pictures = media.length - Number(film);
	return [
		...when(film && !(Number.isInteger(Number(coverTime)) && Number(coverTime) >= 0), {
			rule: 'pinterest.cover.time',
			message: `Video Cover is ${coverTime} seconds, Pinterest takes whole ones from 0`,
			actual: coverTime,
		}),
		...when(film && coverImageUrl && publicHost(String(coverImageUrl)) !== 'public', {
			rule: 'pinterest.cover.url',
			message: 'Pinterest cannot fetch the Video Cover URL',
		}),
		...when(!film && pictures > 1 && !isPlace(Number(carouselCover), pictures), {
			rule: 'pinterest.carousel.cover',
			message: `Carousel Cover is ${carouselCover}, and there are ${pictures} pictures`,
			limit: pictures,
			actual: carouselCover,
		}),
	];
}

function looks(media: Media[], { dominantColor = '', ...options }: Options): Problem[] {
	const told = picturesOf(options).length;
	return [
		...when(dominantColor && !/^#[0-9a-f]{6}$/i.test(dominantColor), {
			rule: 'pinterest.color.format',
			message: `Dominant Color is "${dominantColor}" and should be like #6E7874`,
			actual: dominantColor,
		}),
		...when(told > media.length, {
			rule: 'pinterest.carousel.texts',
			message: `Carousel Pictures has ${told} texts, and there are ${media.length} pictures`,
			limit: media.length,
			actual: told,
		}),
	];
}

function isPlace(place: number, of: number) {
	return Number.isInteger(place) && place >= 1 && place <= of;
}

function when(wrong: unknown, problem: Problem): Problem[] {
	return wrong ? [problem] : [];
}
