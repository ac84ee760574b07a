import type { Limits } from '../contract/limits';
import type { Media } from '../contract/media';
import type { Platform } from '../contract/platform';
import type { Session } from '../contract/session';
import { secretsCarried } from '../errors/carried';
import { loadMedia } from '../media/load';
import { split } from '../text';
import { hasLink } from '../text/link';
import { without } from '../without';
import type { Opened, Part } from './job';
import { fieldsOf, POST_FIELDS } from './postFields';
import type { PartInput } from './postInput';
import { composed, textRuleOf } from './validate';

/** The unpublished parts of a job, with their files. */
export async function partsOf(opened: Opened): Promise<Part[]> {
	const { platform, input, limits, done = [] } = opened;
	const parts: Part[] = [];
	for (const [index, given] of [input, ...input.thread].entries()) {
		const part = await partOf(opened, given, index === 0);
		parts.push(...(await splitPart(platform, part, limits)));
	}
	return numbered(parts, done.length);
}

/** What has to be known about media for platforms with these limits. */
export function mediaNeed(platform: string, limits: readonly Limits[]) {
	const all = limits.flatMap(({ media }) => Object.values(media));
	return {
		bytes: all.some(({ from }) => from === 'bytes'),
		atMost: Math.max(0, ...all.map(({ bytes }) => bytes)),
		platform,
	};
}

async function partOf(opened: Opened, given: PartInput, isFirst: boolean): Promise<Part> {
	const { fn, item, platform, session, limits, input } = opened;
	const { text, link } = given;
	const { options, target } = input;
	const isFirstOfAll = isFirst && (opened.done ?? []).length === 0;
	const fields = fieldsOf(platform, options, isFirstOfAll ? text : undefined);
	const shared = isFirst ? opened.media : undefined;
	const { media: files, lost } = await (shared?.(limits) ??
		loadMedia(fn, item, given.media, mediaNeed(platform.id, [limits])));
	const media = files.map((file) => withAddressHidden(session, file));
	const post = { text, ...(link && { link }), media, ...fields, ...(target && { target }) };
	return { input: given, post, lost };
}

/**
 * Registers the secrets in a file's URL when the platform gets it, because an answer may echo them.
 */
function withAddressHidden({ addSecrets }: Session, file: Media): Media {
	const publicUrl = () => {
		const url = file.publicUrl();
		addSecrets(secretsCarried(url ?? ''));
		return url;
	};
	return { ...file, publicUrl };
}

/** Splits a part that is too long, if the option is set. */
async function splitPart(platform: Platform, part: Part, limits: Limits): Promise<Part[]> {
	const { options } = part.post;
	if (options.longText !== 'thread' || !platform.threads) return [part];
	const text = composed(platform, part.post);
	const rule = await textRuleOf(platform, part.post, limits);
	const done = await split(text, rule, { numbering: options.numbering !== false });
	if (!('parts' in done) || done.parts.length < 2) return [part];
	const { link } = part.post;
	// A link outside the text stays with the first part.
	const first = link && !hasLink(text, link) ? { link } : {};
	return done.parts.map((piece, index) => ({
		input: { text: piece, media: index === 0 ? part.input.media : [], ...(index === 0 && first) },
		post: {
			...without(part.post, 'link', ...(index > 0 ? POST_FIELDS : [])),
			text: piece,
			media: index === 0 ? part.post.media : [],
			...(index === 0 && first),
		},
		lost: index === 0 ? part.lost : [],
	}));
}

function numbered(parts: Part[], before: number): Part[] {
	const of = before + parts.length;
	if (of < 2) return parts;
	return parts.map(({ post, ...part }, index) => ({
		...part,
		post: { ...post, thread: { part: before + index, of } },
	}));
}
