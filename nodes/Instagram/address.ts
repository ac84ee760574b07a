import { commentId, idByShortcode } from '../Meta/posts';
import { at } from '../Meta/request';
import type { Api } from '../shared/contract/api';
import { refuse } from '../shared/errors/failure';
import { placeOf } from './place';

const ID = /^\d+$/;

export function commentIdOf(given: unknown): string {
	return commentId('instagram', ID, given);
}

/**
 * Returns a post's ID. The API accepts only IDs, and a URL does not contain it, so a URL is
 * searched for among the account's posts.
 */
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
	const instagram = { id: 'instagram', name: 'Instagram' };
	return await idByShortcode(api, instagram, at(api, `/${place}/media`), shortcode);
}
