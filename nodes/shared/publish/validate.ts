import type { Limits, MediaLimit } from '../contract/limits';
import type { Media } from '../contract/media';
import type { Platform } from '../contract/platform';
import type { Post } from '../contract/post';
import type { Problem } from '../contract/problem';
import { publicHost } from '../http/host';
import { kindOf } from '../media/kind';
import { excess } from '../text';
import { linked } from '../text/link';
import { fieldProblems } from './fieldProblems';
import { problemsOf, type Problems } from './problems';

const FRAMES = 'media.frameRate';

/** The text as it is sent: composed by the platform, else with the link after it. */
export function composed(platform: Platform, post: Post): string {
	return platform.compose?.(post) ?? linked(post);
}

/** The text rule of a post. */
export async function textRuleOf(platform: Platform, post: Post, limits: Limits) {
	return (await platform.textRule?.(post, limits)) ?? limits.text;
}

/** All problems of a post at once, warnings included. */
export async function validate(
	platform: Platform,
	post: Post,
	limits: Limits = platform.limits,
): Promise<Problem[]> {
	const problems = problemsOf(platform.id, platform.name);
	const { target } = platform;
	const isNowhere = target && !target.optional && !post.target;
	return [
		...problems.when(isNowhere, 'target.missing', `No ${target?.name} is chosen`, {
			lacks: 'target',
		}),
		...(await textProblems(problems, platform, post, limits)),
		...mediaProblems(problems, post.media, limits),
		...(await fieldProblems(problems, post, limits)),
		...((await platform.check?.(post, limits)) ?? []),
	];
}

async function textProblems(
	{ name, when }: Problems,
	platform: Platform,
	post: Post,
	limits: Limits,
): Promise<Problem[]> {
	const text = composed(platform, post);
	const alone = platform.wordless?.(post) ?? false;
	if (text.trim() === '' && !alone && !(limits.textOptional && post.media.length > 0)) {
		const wanted = limits.textOptional ? 'neither text nor media' : 'no text';
		return when(true, 'text.empty', `The post has ${wanted}`, { lacks: 'text' });
	}
	const rule = await textRuleOf(platform, post, limits);
	return (await excess(text, rule)).flatMap(({ limit, actual, unit }) => {
		const check = `text.${unit === rule.unit ? 'length' : unit}`;
		return when(true, check, `The text has ${actual} ${unit}, ${name} takes ${limit}`, {
			limit,
			actual,
		});
	});
}

function mediaProblems(problems: Problems, media: Media[], limits: Limits): Problem[] {
	const { name, when } = problems;
	if (limits.mediaRequired && media.length === 0) {
		const message = `${name} takes no posts without media`;
		return when(true, 'media.missing', message, { lacks: 'media' });
	}
	const each = media.flatMap((medium) => mediumProblems(problems, medium, limits));
	return [...each, ...togetherProblems(problems, media, limits)];
}

function mediumProblems(problems: Problems, medium: Media, limits: Limits): Problem[] {
	const { name, bytes } = medium;
	if (bytes === 0) return problems.when(true, 'media.empty', `${name} is empty: it has 0 bytes`);
	const kind = kindOf(limits, medium);
	const limit = kind && limits.media[kind];
	if (!limit) return typeProblems(problems, medium, limits);
	return [
		...sizeProblems(problems, medium, limit),
		...timeProblems(problems, medium, limit),
		...altProblems(problems, medium, limit),
		...(isFetched(medium, limit) ? urlProblems(problems, medium) : []),
	];
}

function typeProblems({ when }: Problems, { name, mime }: Media, limits: Limits): Problem[] {
	const each = Object.values(limits.media).flatMap(({ types }) => types);
	const types = [...new Set(each)].join(', ');
	const message =
		mime === 'text/html'
			? `${name} is a web page, not the file itself`
			: `${name} is ${mime || 'of an unknown type'}, which is not among ${types || 'any media: the platform takes none here'}`;
	return when(true, 'media.type', message, { limit: types, actual: mime });
}

function sizeProblems({ over, under }: Problems, medium: Media, limit: MediaLimit): Problem[] {
	const { name, bytes, width, height } = medium;
	const { ratio } = limit;
	const [pixels, proportion] = width && height ? [width * height, width / height] : [];
	const shown = `${name}: ${pixels ? `${width}×${height}` : ''} is too`;
	return [
		...over(bytes, limit.bytes, 'media.size', `${name}: ${bytes} bytes, at most ${limit.bytes}`),
		...over(pixels, limit.pixels, 'media.pixels', `${shown} large`),
		...over(width, limit.width, 'media.width', `${shown} many pixels wide`),
		...over(proportion, ratio?.max, 'media.ratio', `${shown} wide`),
		...under(proportion, ratio?.min, 'media.ratio', `${shown} tall`),
	];
}

function timeProblems({ over, under }: Problems, medium: Media, limit: MediaLimit): Problem[] {
	const { name, seconds, framesPerSecond } = medium;
	const rate = framesPerSecond && Math.round(framesPerSecond);
	const [length, frames] = [limit.seconds, limit.framesPerSecond];
	return [
		...over(seconds, length?.max, 'media.duration', `${name}: ${seconds} s is too long`),
		...under(seconds, length?.min, 'media.duration', `${name}: ${seconds} s is too short`),
		...over(rate, frames?.max, FRAMES, `${name}: ${rate} frames per second are too many`),
		...under(rate, frames?.min, FRAMES, `${name}: ${rate} frames per second are too few`),
	];
}

function altProblems({ over, warnWhen }: Problems, { name, alt }: Media, limit: MediaLimit) {
	const { length } = [...alt];
	return limit.alt === undefined
		? warnWhen(alt, 'alt.unsupported', `${name}: alt text is left out here`)
		: over(length, limit.alt, 'alt.length', `${name}: alt text has ${length} characters`);
}

/** Whether the platform fetches the file itself. */
function isFetched({ source }: Media, { from }: MediaLimit) {
	return from === 'url' || (from === 'either' && source === 'url');
}

function urlProblems({ when, warnWhen }: Problems, medium: Media): Problem[] {
	const { name, redirected } = medium;
	const url = medium.publicUrl();
	const inMemory = `${name} is only in n8n's memory, and the platform fetches media from a URL: give a URL, or let n8n store binary data (N8N_DEFAULT_BINARY_DATA_MODE)`;
	if (url === undefined) return when(true, 'media.url', inMemory);
	const reach = publicHost(url);
	if (reach === 'invalid')
		return when(true, 'media.url', `${name}: the platform cannot fetch from this URL`);
	const { host } = new URL(url);
	const elsewhere = `${name}: the URL redirects, which the platform may not follow: give the address it leads to`;
	return [
		...warnWhen(
			reach !== 'public',
			'media.host',
			`${name}: the platform fetches it from ${host}, which does not look reachable from the internet`,
			{ actual: host },
		),
		...warnWhen(redirected, 'media.redirect', elsewhere),
	];
}

function togetherProblems(problems: Problems, media: Media[], limits: Limits): Problem[] {
	const kinds = media.map((medium) => kindOf(limits, medium)).filter((kind) => kind !== undefined);
	const different = [...new Set(kinds)];
	const { mixed } = limits;
	if (different.length > 1 && mixed && different.every((kind) => mixed.kinds.includes(kind))) {
		return tooMany(problems, different.join(' and '), kinds.length, mixed.count);
	}
	const counts = different.flatMap((kind) => {
		const actual = kinds.filter((other) => other === kind).length;
		return tooMany(problems, kind, actual, limits.media[kind]?.count ?? 0);
	});
	const message = `${different.join(' and ')} cannot stand together in one post`;
	return [
		...problems.when(different.length > 1, 'media.mixed', message, {
			actual: different.join(', '),
		}),
		...counts,
	];
}

function tooMany({ over }: Problems, what: string, actual: number, limit: number): Problem[] {
	const message = `${actual} media of kind ${what}, at most ${limit} in one post`;
	return over(actual, limit, 'media.count', message);
}
