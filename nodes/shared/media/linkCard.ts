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
 * Whole titles of pages that stand in front of the one that was asked for, to keep programs out; an
 * article may begin with the same words.
 */
const CHALLENGES =
	/^(just a moment(\.\.\.|…)|attention required!|ddos-guard|access denied|robot check|are you a robot\?|verify you are human|please wait(\.\.\.|…))( [|–-] (cloudflare|ddos-guard|akamai|imperva|incapsula|sucuri|datadome|\S+ used cloudflare to restrict access))?$/i;

/** Reads a page's card; undefined if there is no page or it says nothing. */
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

/** The head of a page, in the encoding that the page is in. */
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

/** Pure: the card in what a page's head says. */
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
 * A public page may name an address inside of our network, and nothing from there is published. What
 * shows only when it is asked for is kept back by whoever fetches the picture.
 */
function imageAt(image: string, place: string, page: string): string | undefined {
	if (!image || !URL.canParse(image, place)) return undefined;
	const { href } = new URL(image, place);
	if (!/^https?:/.test(href)) return undefined;
	return publicHost(page) === 'public' && publicHost(href) !== 'public' ? undefined : href;
}

/** One line of text without what is no text: control characters and halves of characters. */
function clean(text = ''): string {
	return text
		.replace(/[\p{Cs}\uFFFD]/gu, '')
		.replace(/[\s\p{Cc}]+/gu, ' ')
		.trim();
}
