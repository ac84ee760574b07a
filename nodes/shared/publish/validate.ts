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
	return [
		...targetProblems(platform, post),
		...(await textProblems(platform, post, limits)),
		...mediaProblems(platform, post.media, limits),
		...(await fieldProblems(platform, post, limits)),
		...((await platform.check?.(post, limits)) ?? []),
	];
}

function targetProblems({ id, target }: Platform, post: Post): Problem[] {
	if (!target || target.optional || post.target) return [];
	const message = `No ${target.name} is chosen`;
	return [{ rule: `${id}.target.missing`, message, lacks: 'target' }];
}

async function textProblems(platform: Platform, post: Post, limits: Limits): Promise<Problem[]> {
	const text = composed(platform, post);
	const alone = platform.wordless?.(post) ?? false;
	if (text.trim() === '' && !alone && !(limits.textOptional && post.media.length > 0)) {
		const wanted = limits.textOptional ? 'neither text nor media' : 'no text';
		const message = `The post has ${wanted}`;
		return [{ rule: `${platform.id}.text.empty`, message, lacks: 'text' }];
	}
	const rule = await textRuleOf(platform, post, limits);
	return (await excess(text, rule)).map(({ limit, actual, unit }) => ({
		rule: `${platform.id}.text.${unit === rule.unit ? 'length' : unit}`,
		message: `The text has ${actual} ${unit}, ${platform.name} takes ${limit}`,
		limit,
		actual,
	}));
}

function mediaProblems({ id, name }: Platform, media: Media[], limits: Limits): Problem[] {
	if (limits.mediaRequired && media.length === 0) {
		const message = `${name} takes no posts without media`;
		return [{ rule: `${id}.media.missing`, message, lacks: 'media' }];
	}
	const each = media.flatMap((medium) => {
		if (medium.bytes === 0)
			return [{ rule: `${id}.media.empty`, message: `${medium.name} is empty: it has 0 bytes` }];
		const kind = kindOf(limits, medium);
		const limit = kind && limits.media[kind];
		if (!limit) return [unknownType(id, medium, limits)];
		return [
			...mediumProblems(id, medium, limit),
			...(isFetched(medium, limit) ? urlProblems(id, medium) : []),
		];
	});
	return [...each, ...togetherProblems(id, media, limits)];
}

function unknownType(id: string, { name, mime }: Media, limits: Limits): Problem {
	const types = [...new Set(Object.values(limits.media).flatMap((limit) => limit.types))];
	const page = mime === 'text/html';
	return {
		rule: `${id}.media.type`,
		message: page
			? `${name} is a web page, not the file itself`
			: `${name} is ${mime || 'of an unknown type'}, which is not among ${types.join(', ') || 'any media: the platform takes none here'}`,
		limit: types.join(', '),
		actual: mime,
	};
}

function mediumProblems(id: string, medium: Media, limit: MediaLimit): Problem[] {
	const { name, width, height, seconds, alt } = medium;
	const ratio = width && height ? width / height : undefined;
	const shown = width && height ? `${width}×${height}` : '';
	const over = (
		check: string,
		what: string,
		max: number | undefined,
		actual: number | undefined,
	) =>
		max !== undefined && actual !== undefined && actual > max
			? [{ rule: `${id}.${check}`, message: `${name}: ${what}`, limit: max, actual }]
			: [];
	const under = (
		check: string,
		what: string,
		min: number | undefined,
		actual: number | undefined,
	) =>
		min !== undefined && actual !== undefined && actual < min
			? [{ rule: `${id}.${check}`, message: `${name}: ${what}`, limit: min, actual }]
			: [];
	const altLength = [...alt].length;
	const rate = medium.framesPerSecond && Math.round(medium.framesPerSecond);
	return [
		...over(
			'media.size',
			`${medium.bytes} bytes, at most ${limit.bytes}`,
			limit.bytes,
			medium.bytes,
		),
		...over(
			'media.pixels',
			`${shown} is too large`,
			limit.pixels,
			width && height && width * height,
		),
		...over('media.width', `${shown} is too many pixels wide`, limit.width, width),
		...over('media.ratio', `${shown} is too wide`, limit.ratio?.max, ratio),
		...under('media.ratio', `${shown} is too tall`, limit.ratio?.min, ratio),
		...over('media.duration', `${seconds} s is too long`, limit.seconds?.max, seconds),
		...under('media.duration', `${seconds} s is too short`, limit.seconds?.min, seconds),
		...over(
			'media.frameRate',
			`${rate} frames per second are too many`,
			limit.framesPerSecond?.max,
			rate,
		),
		...under(
			'media.frameRate',
			`${rate} frames per second are too few`,
			limit.framesPerSecond?.min,
			rate,
		),
		...(alt && limit.alt === undefined
			? [
					{
						rule: `${id}.alt.unsupported`,
						message: `${name}: alt text is left out here`,
						warning: true as const,
					},
				]
			: over('alt.length', `alt text has ${altLength} characters`, limit.alt, altLength)),
	];
}

/** Whether the platform fetches the file itself. */
function isFetched({ source }: Media, { from }: MediaLimit) {
	return from === 'url' || (from === 'either' && source === 'url');
}

function urlProblems(id: string, medium: Media): Problem[] {
	const { name } = medium;
	const url = medium.publicUrl();
	if (url === undefined) {
		const message = `${name} is only in n8n's memory, and the platform fetches media from a URL: give a URL, or let n8n store binary data (N8N_DEFAULT_BINARY_DATA_MODE)`;
		return [{ rule: `${id}.media.url`, message }];
	}
	const redirects = medium.redirected ? [redirectProblem(id, name)] : [];
	const reach = publicHost(url);
	if (reach === 'public') return redirects;
	if (reach === 'invalid') {
		return [
			{ rule: `${id}.media.url`, message: `${name}: the platform cannot fetch from this URL` },
		];
	}
	const { host } = new URL(url);
	const message = `${name}: the platform fetches it from ${host}, which does not look reachable from the internet`;
	return [{ rule: `${id}.media.host`, message, actual: host, warning: true }, ...redirects];
}

function redirectProblem(id: string, name: string): Problem {
	const message = `${name}: the URL redirects, which the platform may not follow: give the address it leads to`;
	return { rule: `${id}.media.redirect`, message, warning: true };
}

function togetherProblems(id: string, media: Media[], limits: Limits): Problem[] {
	const kinds = media.map((medium) => kindOf(limits, medium)).filter((kind) => kind !== undefined);
	const different = [...new Set(kinds)];
	const { mixed } = limits;
	if (different.length > 1 && mixed && different.every((kind) => mixed.kinds.includes(kind))) {
		return tooMany(id, different.join(' and '), kinds.length, mixed.count);
	}
	const counts = different.flatMap((kind) => {
		const actual = kinds.filter((other) => other === kind).length;
		return tooMany(id, kind, actual, limits.media[kind]?.count ?? 0);
	});
	if (different.length < 2) return counts;
	const message = `${different.join(' and ')} cannot stand together in one post`;
	return [{ rule: `${id}.media.mixed`, message, actual: different.join(', ') }, ...counts];
}

function tooMany(id: string, what: string, actual: number, limit: number): Problem[] {
	if (actual <= limit) return [];
	const message = `${actual} media of kind ${what}, at most ${limit} in one post`;
	return [{ rule: `${id}.media.count`, message, limit, actual }];
}
