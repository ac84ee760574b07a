import type { IDataObject } from 'n8n-workflow';
import { DateTime } from 'luxon';

import type { Api, Request } from '../shared/contract/api';
import type { Platform } from '../shared/contract/platform';
import type { Published } from '../shared/contract/post';
import type { Listed, Sought } from '../shared/contract/readBack';
import { refuse } from '../shared/errors/failure';
import type { Containers } from './containers';
import { findNewest } from './listing';

/** Newest posts to search for the one behind a URL. */
const NEWEST = 1000;

type Named = Pick<Platform, 'id' | 'name'>;

/** Checks the ID of a comment against `form`; throws if it does not match. */
export function commentId(platform: string, form: RegExp, given: unknown): string {
	const text = String(given ?? '').trim();
	if (form.test(text)) return text;
	return refuse({
		code: 'validation_failed',
		platform,
		rule: `${platform}.comment.address`,
		message: `"${text}" is not the ID of a comment`,
		remediation: 'Take the ID from Comment: Get Many.',
	});
}

/**
 * The ID of the account's post with this shortcode, which is part of its URL. `path` lists the
 * posts. Throws if it is not among the newest ones.
 */
export async function idByShortcode(
	api: Api,
	{ id: platform, name }: Named,
	path: string,
	shortcode: string,
): Promise<string> {
	const request = { path, query: { fields: 'id,shortcode' } };
	const found = await findNewest(api, request, NEWEST, (post) => post.shortcode === shortcode);
	if (found) return String(found.id);
	return refuse({
		code: 'not_found',
		platform,
		rule: `${platform}.post.url`,
		message: `No post ${shortcode} among the newest ${NEWEST} of this account`,
		remediation: `Give the ID of the post: ${name} finds only own posts by their URL.`,
	});
}

/** Reads a published post. On failure the result only lacks the link. */
export async function readPublished(api: Api, request: Request): Promise<IDataObject | undefined> {
	return await api.tolerate(
		'Reading the link of the post',
		async () => await api.send<IDataObject>(request),
	);
}

/** The result for a published post. */
export function publishedBy(id: string, post?: IDataObject): Published {
	const at = DateTime.fromISO(String(post?.timestamp)).toUTC();
	const { permalink } = post ?? {};
	return {
		id,
		...(typeof permalink === 'string' && { url: permalink }),
		...(at.isValid && { publishedAt: at.toISO() ?? '' }),
	};
}

/** Facts that identify a listed post besides its text. */
export function listedBy(post: IDataObject): Pick<Listed, 'id' | 'url' | 'at' | 'files'> {
	const { id, permalink, timestamp, children } = post;
	const time = DateTime.fromISO(String(timestamp)).toMillis();
	const items = (children as { data?: unknown[] } | undefined)?.data?.length;
	return {
		id: String(id),
		...(typeof permalink === 'string' && { url: permalink }),
		...(Number.isFinite(time) && { at: time }),
		...(items !== undefined && { files: items }),
	};
}

/** How a post made from these containers looks in the list. */
export function soughtBy(text: string, of: Containers): Sought {
	return {
		text,
		media: [],
		files: of.children?.length,
		// While the container does not tell its outcome, a post missing from the list proves nothing.
		partial: of.container !== undefined,
		more: { ...of },
	};
}
