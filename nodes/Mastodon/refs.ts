import type { Api } from '../shared/contract/api';
import { refuse } from '../shared/errors/failure';
import { instanceHost } from './address';

/**
 * A post's ID: digits, on compatible servers letters too. IDs become part of a path, so `..` must
 * not match.
 */
const ID = /^[\w-]+$/;
/**
 * Links to posts that contain the server's own ID, as Mastodon and compatible servers write them.
 */
const LOCAL = [
	/^\/(?:deck\/|web\/)?@[^/]+\/(?:statuses\/)?([^/]+)\/?$/,
	/^\/(?:ap\/)?users\/[^/]+\/statuses\/([^/]+)\/?$/,
	/^\/web\/statuses\/([^/]+)\/?$/,
];

/** Path of requests for a post. */
export function statusPath(id: string): string {
	return `/api/v1/statuses/${encodeURIComponent(id)}`;
}

export function hostOf({ credential }: Pick<Api, 'credential'>): string {
	return instanceHost(String(credential.instanceUrl ?? ''));
}

/** Returns a post's ID on this instance, for an ID or URL. Other instances have other IDs. */
export async function statusId(api: Api, given: unknown): Promise<string> {
	const text = String(given ?? '').trim();
	if (/^https?:\/\//i.test(text)) return idInUrl(api, text) ?? (await lookedUp(api, text));
	return ID.test(text) ? text : refuseAddress('post', `"${text}" is neither the ID nor the URL`);
}

/** Checks the ID of a scheduled post. */
export function scheduledId(given: unknown): string {
	const text = String(given ?? '').trim();
	return ID.test(text) ? text : refuseAddress('scheduledPost', `"${text}" is not the ID`);
}

function refuseAddress(what: 'post' | 'scheduledPost', why: string): never {
	return refuse({
		code: 'validation_failed',
		platform: 'mastodon',
		rule: `mastodon.${what}.address`,
		message: `${why} of a ${what === 'post' ? 'post' : 'scheduled post'}`,
	});
}

function idInUrl(api: Api, url: string): string | undefined {
	if (!URL.canParse(url)) return undefined;
	const { host, pathname } = new URL(url);
	if (host !== hostOf(api).toLowerCase()) return undefined;
	return LOCAL.map((form) => form.exec(pathname)?.[1]).find((id) => id && ID.test(id));
}

/**
 * Finds a post by URL; the server fetches it from another instance if needed:
 * https://docs.joinmastodon.org/methods/search
 */
async function lookedUp(api: Api, url: string): Promise<string> {
	const { status, body } = await api.reply(
		{ path: '/api/v2/search', query: { q: url, type: 'statuses', resolve: true, limit: 1 } },
		[403, 404],
	);
	if (status === 403) return refuseLookUp();
	const { statuses = [] } = body as { statuses?: Array<{ id: string }> };
	return statuses[0]?.id ?? refuseUnknown(api, url);
}

function refuseLookUp(): never {
	return refuse({
		code: 'permission_missing',
		platform: 'mastodon',
		rule: 'mastodon.scope.search',
		message: 'Looking up a post of another server by its URL needs the scope read:search',
		remediation:
			'Add read:search to your app on the server and to the scopes of the credential, then reconnect it; or give the ID that the post has on your own server.',
	});
}

function refuseUnknown(api: Api, url: string): never {
	return refuse({
		code: 'not_found',
		platform: 'mastodon',
		message: `${hostOf(api)} cannot find a post at ${url}`,
	});
}
