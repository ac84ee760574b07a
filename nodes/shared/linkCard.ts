import type { IExecuteFunctions } from 'n8n-workflow';

import { stopOf } from './http/stop';
import { head } from './media/chunks';
import type { ByteStream } from './media/media';

/** What a page says of itself, by Open Graph (https://ogp.me) or plain HTML. */
export interface LinkCard {
	title: string;
	description: string;
	/** Absolute URL. */
	image?: string;
}

/** Far more than a page's head takes. */
const ENOUGH = 512 * 1024;

const ENTITIES: Record<string, string> = {
	amp: '&',
	lt: '<',
	gt: '>',
	quot: '"',
	apos: "'",
	nbsp: ' ',
};

/** Reads a page's card; undefined if there is no page or it says nothing. */
export async function readCard(fn: IExecuteFunctions, url: string): Promise<LinkCard | undefined> {
	try {
		const page = (await fn.helpers.httpRequest({
			url,
			encoding: 'stream',
			headers: { accept: 'text/html,application/xhtml+xml' },
			timeout: 15_000,
			abortSignal: stopOf(fn, 'crosspost').signal,
		})) as ByteStream;
		return parseCard((await head(page, ENOUGH)).toString('utf8'), url);
	} catch {
		return undefined;
	}
}

/** Pure: the card in a page's HTML. */
export function parseCard(html: string, url: string): LinkCard | undefined {
	const metas = metaTags(html);
	const first = (...names: string[]) =>
		names.map((name) => metas.get(name)).find((value) => value !== undefined);
	const heading = /<title[^>]*>([^<]*)<\/title/i.exec(html)?.[1];
	const title = first('og:title', 'twitter:title') ?? (heading && decoded(heading));
	if (!title) return undefined;
	const image = first('og:image:secure_url', 'og:image', 'twitter:image');
	return {
		title: title.trim(),
		description: (first('og:description', 'twitter:description', 'description') ?? '').trim(),
		...(image && URL.canParse(image, url) && { image: new URL(image, url).href }),
	};
}

function metaTags(html: string): Map<string, string> {
	const found = new Map<string, string>();
	for (const [tag] of html.matchAll(/<meta\s[^>]*>/gi)) {
		const name = attribute(tag, 'property') ?? attribute(tag, 'name');
		const content = attribute(tag, 'content');
		if (name && content && !found.has(name.toLowerCase())) found.set(name.toLowerCase(), content);
	}
	return found;
}

function attribute(tag: string, name: string): string | undefined {
	const match = new RegExp(`\\s${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)'|([^\\s"'>]+))`, 'i').exec(
		tag,
	);
	const value = match?.[1] ?? match?.[2] ?? match?.[3];
	return value === undefined ? undefined : decoded(value);
}

function decoded(text: string): string {
	return text.replace(/&(?:#x([0-9a-f]{1,6})|#(\d{1,7})|(\w+));/gi, (all, hex, dec, name) => {
		if (name) return ENTITIES[String(name).toLowerCase()] ?? all;
		const code = hex ? parseInt(String(hex), 16) : Number(dec);
		return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : all;
	});
}
