import { pageOf as graphPage } from '../Meta/listing';
import { idByShortcode } from '../Meta/posts';
import type { Api } from '../shared/contract/api';
import type { Page } from '../shared/contract/operation';
import { refuse } from '../shared/errors/failure';

export function isAddress(given: string) {
	return isId(given.trim()) || shortcodeIn(given) !== undefined;
}

/**
 * Returns a post's ID. The API accepts only IDs, and a URL does not contain it, so a URL is
 * searched for among the account's posts.
 */
export async function idOf(api: Api, given: unknown): Promise<string> {
	const text = String(given ?? '').trim();
	if (isId(text)) return text;
	const shortcode = shortcodeIn(text);
	const threads = { id: 'threads', name: 'Threads' };
	if (shortcode) return await idByShortcode(api, threads, '/v1.0/me/threads', shortcode);
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

/** Reads one page of a list with these fields. */
export async function pageOf(
	api: Api,
	path: string,
	fields: string,
	limit: number,
	after?: string,
): Promise<Page> {
	return await graphPage(api, { path, query: { fields } }, limit, after);
}
