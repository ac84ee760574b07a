import type { IDataObject } from 'n8n-workflow';
import { DateTime } from 'luxon';

import type { Api, Request } from '../shared/contract/api';
import type { Platform } from '../shared/contract/platform';
import type { Published } from '../shared/contract/post';
import type { Listed, Sought } from '../shared/contract/readBack';
import { refuse } from '../shared/errors/failure';
import type { Containers } from './containers';
import { findNewest } from './listing';

/** Own posts to look through for the one behind a URL. */
const NEWEST = 1000;

type Named = Pick<Platform, 'id' | 'name'>;

/** A comment's ID, which `form` tells from anything else. */
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

/** The ID of an own post by the code that its URL has in place of it; `path` lists the posts. */
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

/** A post that was just published; without it there is only no link. */
export async function readPublished(api: Api, request: Request): Promise<IDataObject | undefined> {
	return await api.tolerate(
		'Reading the link of the post',
		async () => await api.send<IDataObject>(request),
	);
}

/** What a published post is told by. */
export function publishedBy(id: string, post?: IDataObject): Published {
	const at = DateTime.fromISO(String(post?.timestamp)).toUTC();
	const { permalink } = post ?? {};
	return {
		id,
		...(typeof permalink === 'string' && { url: permalink }),
		...(at.isValid && { publishedAt: at.toISO() ?? '' }),
	};
}

/** What tells a listed post from others besides its words. */
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

/** How a post of these containers looks in a list. */
export function soughtBy(text: string, of: Containers): Sought {
	return {
		text,
		media: [],
		files: of.children?.length,
		// While a container does not say what became of it, the list alone proves nothing.
		partial: of.container !== undefined,
		more: { ...of },
	};
}
