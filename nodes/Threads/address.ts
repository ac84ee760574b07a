import { pageOf as graphPage } from '../Meta/listing';
import type { Api } from '../shared/contract/api';
import type { Page } from '../shared/contract/operation';
import { refuse } from '../shared/errors/failure';

/** Own posts to look through for the one behind a URL, in pages. */
const PAGES = 10;
const PAGE = 100;

export function isAddress(given: string) {
	return isId(given.trim()) || shortcodeIn(given) !== undefined;
}

/** The API goes by IDs alone, and a URL does not hold it: own posts are looked through for it. */
export async function idOf(api: Api, given: unknown): Promise<string> {
	const text = String(given ?? '').trim();
	if (isId(text)) return text;
	const shortcode = shortcodeIn(text);
	if (shortcode) return await ownPost(api, shortcode);
	return refuse({
		code: 'validation_failed',
		platform: 'threads',
		rule: 'threads.post.address',
		message: `"${text}" is neither the ID nor the URL of a Threads post`,
	});
}

function isId(text: string) {
	return /^\d+$/.test(text);
}

/** https://www.threads.net/@name/post/<shortcode>, or short https://www.threads.net/t/<shortcode> */
function shortcodeIn(url: string) {
	return /^\s*https?:\/\/[^/]+\/(?:@[^/]+\/post|t)\/([\w-]+)/.exec(url)?.[1];
}

async function ownPost(api: Api, shortcode: string): Promise<string> {
	const ask = async (after?: string) =>
		await pageOf(api, '/v1.0/me/threads', 'id,shortcode', PAGE, after);
	for await (const { items } of api.pages(ask, { enough: PAGES })) {
		const found = items.find((post) => post.shortcode === shortcode);
		if (found) return String(found.id);
	}
	return refuse({
		code: 'not_found',
		platform: 'threads',
		rule: 'threads.post.url',
		message: `No post ${shortcode} among the newest ${PAGES * PAGE} of this account`,
		remediation: 'Give the ID of the post: Threads finds only own posts by their URL.',
	});
}

/** One page of a listing with these fields. */
export async function pageOf(
	api: Api,
	path: string,
	fields: string,
	limit: number,
	after?: string,
): Promise<Page> {
	return await graphPage(api, { path, query: { fields } }, limit, after);
}
