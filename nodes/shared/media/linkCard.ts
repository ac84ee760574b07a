import type { IExecuteFunctions } from 'n8n-workflow';

import { bounds } from '../bounds';
import type { LinkCard } from '../contract/media';
import { isPublic } from '../http/egress';
import { hostIn, publicHost } from '../http/host';
import { decoderFor } from './encoding';
import { openPage } from './page';
import type { PageHead } from './pageHead';

const TITLES = ['og:title', 'twitter:title', 'twitter:text:title'];
const DESCRIPTIONS = ['og:description', 'twitter:description', 'description'];
const IMAGES = [
	...['og:image:secure_url', 'og:image:url', 'og:image'],
	...['twitter:image', 'twitter:image:src', 'twitter:image0', 'image'],
];

/**
 * Complete titles of pages that block programs. The whole title must match, because an article may
 * begin with the same words.
 */
const CHALLENGES =
	/^(just a moment(\.\.\.|…)|attention required!|ddos-guard|access denied|robot check|are you a robot\?|verify you are human|please wait(\.\.\.|…))( [|–-] (cloudflare|ddos-guard|akamai|imperva|incapsula|sucuri|datadome|\S+ used cloudflare to restrict access))?$/i;

/** Reads the preview data of a page; undefined if it cannot be read or has no title. */
export async function readCard(fn: IExecuteFunctions, url: string): Promise<LinkCard | undefined> {
	try {
		const page = await openPage(fn, url);
		const card = cardOf(await headOf(page.bytes, page.contentType), page.url);
		if (!card?.image || (await isPublic(fn, url))) return card;
		return { ...card, innerHost: hostIn(new URL(page.url)) };
	} catch {
		return undefined;
	}
}

/** Decodes and reads the head of a page. */
export async function headOf(
	bytes: AsyncIterable<Buffer>,
	contentType?: string,
): Promise<PageHead> {
	const { Parser } = await import('../vendor/htmlparser2');
	const decoder = decoderFor(Parser, contentType);
	let seen = 0;
	for await (const piece of bytes) {
		decoder.write(piece);
		seen += piece.length;
		if (decoder.isOver() || seen >= bounds.pageHead.most) break;
	}
	return decoder.end();
}

/** The preview data in a page's head. */
export function cardOf(head: PageHead, url: string): LinkCard | undefined {
	const { metas, links, base } = head;
	const first = (names: string[]) =>
		names.map((name) => clean(metas.get(name))).find((text) => text !== '') ?? '';
	const title = first(TITLES) || clean(head.title);
	if (!title || CHALLENGES.test(title)) return undefined;
	const place = base !== undefined && URL.canParse(base, url) ? new URL(base, url).href : url;
	const images = [...IMAGES.map((name) => metas.get(name)), links.get('image_src')];
	const image = images.map((one) => imageAt(clean(one), place, url)).find((one) => one);
	return { title, description: first(DESCRIPTIONS), ...(image && { image }) };
}

/**
 * Drops a private address on a public page, because nothing from a private network is published.
 * Addresses that only DNS reveals are checked when the picture is fetched.
 */
function imageAt(image: string, place: string, page: string): string | undefined {
	if (!image || !URL.canParse(image, place)) return undefined;
	const { href } = new URL(image, place);
	if (!/^https?:/.test(href)) return undefined;
	return publicHost(page) === 'public' && publicHost(href) !== 'public' ? undefined : href;
}

/** Joins a text to one line and removes control characters and lone surrogates. */
function clean(text = ''): string {
	return text
		.replace(/[\p{Cs}\uFFFD]/gu, '')
		.replace(/[\s\p{Cc}]+/gu, ' ')
		.trim();
}
