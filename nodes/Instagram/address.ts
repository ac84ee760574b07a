import { pageOf } from '../Meta/listing';
import { at } from '../Meta/request';
import type { Api } from '../shared/contract/api';
import { refuse } from '../shared/errors/failure';
import { placeOf } from './place';

/** Own posts to look through for the one behind a URL, in pages. */
const PAGES = 10;
const PAGE = 100;
const ID = /^\d+$/;

/** The ID of a comment. */
export function commentIdOf(given: unknown): string {
	const text = String(given ?? '').trim();
	if (ID.test(text)) return text;
	return refuse({
		code: 'validation_failed',
		platform: 'instagram',
		rule: 'instagram.comment.address',
		message: `"${text}" is not the ID of a comment`,
		remediation: 'Take the ID from Comment: Get Many.',
	});
}

/** The API goes by IDs alone, and a URL does not hold it: own posts are looked through for it. */
export async function idOf(api: Api, given: unknown, target: unknown): Promise<string> {
	const text = String(given ?? '').trim();
	if (ID.test(text)) return text;
	const shortcode = /^https?:\/\/[^/]+\/(?:[\w.]+\/)?(?:p|reels?|tv)\/([\w-]+)/.exec(text)?.[1];
	if (shortcode) return await ownPost(api, shortcode, target);
	return refuse({
		code: 'validation_failed',
		platform: 'instagram',
		rule: 'instagram.post.address',
		message: `"${text}" is neither the ID nor the URL of an Instagram post`,
	});
}

async function ownPost(api: Api, shortcode: string, target: unknown): Promise<string> {
	const { id: place } = await placeOf(api, target);
	const request = { path: at(api, `/${place}/media`), query: { fields: 'id,shortcode' } };
	const ask = async (after?: string) => await pageOf(api, request, PAGE, after);
	for await (const { items } of api.pages(ask, { enough: PAGES })) {
		const found = items.find((post) => post.shortcode === shortcode);
		if (found) return String(found.id);
	}
	return refuse({
		code: 'not_found',
		platform: 'instagram',
		rule: 'instagram.post.url',
		message: `No post ${shortcode} among the newest ${PAGES * PAGE} of this account`,
		remediation: 'Give the ID of the post: Instagram finds only own posts by their URL.',
	});
}
