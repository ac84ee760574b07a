import type { Api } from '../contract/api';
import type { Attempt } from '../contract/attempt';
import type { Platform } from '../contract/platform';
import type { Post, Published } from '../contract/post';
import type { Likeness, Listed, Outcome, ReadBack, Sought } from '../contract/readBack';
import { pagesOf } from '../http/pages';
import { MINUTE, SECOND } from '../units';
import { isOwn } from './claims';

/** A post whose publishing request got no clear answer. */
export interface Lost {
	platform: Platform;
	api: Api;
	post: Post;
	attempt: Attempt;
}

/**
 * `once`: one look. `some`: as many looks as the platform needs to show a post. `thorough`: if the
 * post is still missing, one more look after the platform's time to publish has passed.
 */
export type Thoroughness = 'once' | 'some' | 'thorough';

/** Start of the warning after a failed read-back. */
export const LOOKING = 'Looking for the post on the account';
/** Largest assumed error of n8n's clock, either way. */
const CLOCKS_MS = 15 * MINUTE;
/** Most pages of a listing to read. */
const PAGES = 8;

/**
 * Finds out what became of a publishing request without a clear answer: by the platform's word on
 * the attempt, else by its newest posts. A failed read-back gives `unknown` and a warning.
 */
export async function reconcile(lost: Lost, thoroughness: Thoroughness): Promise<Outcome> {
	const { readBack } = lost.platform;
	if (!readBack) return 'unknown';
	const outcome = await lost.api.tolerate(
		LOOKING,
		async () => await look(lost, readBack, thoroughness),
	);
	if (!outcome || !isPublished(outcome)) return outcome ?? 'unknown';
	return { ...outcome, status: outcome.status ?? 'already_published' };
}

/** Finds a post that is surely published; undefined if no list shows it. */
export async function findPublished(lost: Lost): Promise<Published | undefined> {
	const { readBack } = lost.platform;
	if (!readBack) return undefined;
	const found = await lost.api.tolerate(LOOKING, async () => {
		const look = async () => await published(lost, readBack);
		// The next part of a thread needs the ID; otherwise one look is enough.
		return lost.post.thread ? await lost.api.until(look, readBack.looks) : await look();
	});
	return found && { ...found, status: found.status ?? 'already_published' };
}

async function published(lost: Lost, readBack: ReadBack): Promise<Published | undefined> {
	const told = await ask(lost, readBack);
	if (isPublished(told)) return told;
	const seen = await listedLike(lost, readBack);
	const same = seen?.found.filter(({ is }) => is !== 'maybe') ?? [];
	const [only, ...others] = same;
	return only && others.length === 0 ? await only.published() : undefined;
}

export function isPublished(outcome: Outcome): outcome is Published {
	return typeof outcome === 'object';
}

async function look(lost: Lost, readBack: ReadBack, thoroughness: Thoroughness): Promise<Outcome> {
	const { api, attempt } = lost;
	const { commitsWithin, requestWithin = MINUTE } = readBack;
	const now = Date.now();
	// n8n's clock may have been set back since; the request left no later than now.
	const sentAt = Math.min(attempt.sentAt ?? now, now);
	const ended = sentAt + (attempt.isForeign ? requestWithin : 0);
	const committed = ended + commitsWithin;
	let outcome = 'unknown' as Outcome;
	let askedAt = 0;
	const ask = async () => {
		askedAt = Date.now();
		outcome = await once(lost, readBack);
		return isPublished(outcome) || outcome === 'never' ? outcome : undefined;
	};
	const found = thoroughness === 'once' ? await ask() : await api.until(ask, readBack.looks);
	if (found) return found;
	if (outcome !== 'not-published' || askedAt >= committed) return outcome;
	if (thoroughness !== 'thorough') return 'unknown';
	await api.wait(committed - Date.now());
	return await once(lost, readBack);
}

async function once(lost: Lost, readBack: ReadBack): Promise<Outcome> {
	const told = await ask(lost, readBack);
	return told === 'unknown' ? await byListing(lost, readBack) : told;
}

async function ask({ api, post, attempt }: Lost, { confirm }: ReadBack) {
	return (await confirm?.(api, post, attempt.checkpoint)) ?? 'unknown';
}

async function byListing(lost: Lost, readBack: ReadBack): Promise<Outcome> {
	const { attempt } = lost;
	const seen = await listedLike(lost, readBack);
	if (!seen) return 'unknown';
	const { found, complete, partial } = seen;
	const exact = found.find(({ is }) => is === 'exact');
	if (exact) return await exact.published();
	const same = attempt.isDoubted ? [] : found.filter(({ is }) => is === 'same');
	const [only, ...others] = same;
	if (only && others.length === 0 && complete) return await only.published();
	return found.length === 0 && complete && !partial ? 'not-published' : 'unknown';
}

/** The listed posts that may be this one; undefined if no list can tell. */
async function listedLike({ api, post, attempt }: Lost, readBack: ReadBack) {
	const { newest, unordered } = readBack;
	const since = attempt.begunAfter;
	const sought = newest && (await readBack.sought?.(api, post, attempt.checkpoint));
	if (!sought || since === undefined) return undefined;
	const seen = await alike(api, { newest, unordered, since }, sought);
	return { ...seen, partial: sought.partial };
}

/** How to search for a post. */
export interface Search extends Pick<ReadBack, 'unordered'> {
	newest: NonNullable<ReadBack['newest']>;
	/** Epoch ms; the post cannot be older. */
	since: number;
	/** Further keys that may have claimed the post. */
	keys?: readonly string[];
}

/**
 * The posts that may be the sought one, newest first; a certain match comes alone. `complete`: the
 * list was read far enough.
 */
export async function alike(api: Api, search: Search, sought: Sought) {
	const { posts, complete } = await list(api, search, sought);
	const { earliest, doubtful } = windowOf(api, search.since);
	const keys = [api.attempt.key, ...(search.keys ?? [])];
	const found: Array<Listed & { is: Likeness }> = [];
	for (const one of posts) {
		const { id, at } = one;
		const own = isOwn(api.attempt.owner, keys, id);
		if (own === false || (at ?? Infinity) < doubtful) continue;
		const is = own ? 'exact' : await likenessOf(one, sought);
		if (is === 'exact') return { found: [{ ...one, is }], complete };
		const isNew = at !== undefined && at >= earliest;
		if (is !== 'other') found.push({ ...one, is: isNew ? is : ('maybe' as const) });
	}
	return { found, complete };
}

/** The listed posts; if `complete`, all that may belong to the attempt. */
async function list(api: Api, search: Search, sought: Sought) {
	const { newest: ask, unordered, since } = search;
	const posts: Listed[] = [];
	let complete = true;
	const pages = pagesOf(async (cursor) => await ask(api, sought, cursor), {
		most: PAGES,
		cut: () => void (complete = false),
	});
	for await (const page of pages) {
		posts.push(...page.posts);
		const { doubtful } = windowOf(api, since);
		const reached = page.posts.some(({ at }) => at !== undefined && at < doubtful);
		if (reached && !unordered) break;
	}
	return { posts, complete };
}

/**
 * Limits in the platform's time: a post before `doubtful` is surely older than the attempt, a post
 * from `earliest` on surely is not.
 */
function windowOf({ serverClock }: Api, begun: number) {
	if (!serverClock) {
		const doubtful = begun - CLOCKS_MS;
		return { earliest: doubtful, doubtful };
	}
	const { ahead, within } = serverClock;
	// Platforms give times in whole seconds.
	const earliest = Math.floor((begun + ahead - within) / SECOND) * SECOND;
	// n8n's clock may have been corrected since the post was sent.
	return { earliest, doubtful: earliest - CLOCKS_MS };
}

async function likenessOf(listed: Listed, sought: Sought): Promise<Likeness> {
	if (listed.is) return listed.is;
	const { media, files } = listed;
	if (media && sought.media.length > 0) {
		return sought.media.some((id) => media.includes(id)) ? 'exact' : 'other';
	}
	const many = files ?? media?.length;
	if (many !== undefined && sought.files !== undefined && many !== sought.files) return 'other';
	const text = typeof listed.text === 'function' ? await listed.text() : listed.text;
	if (!text) return 'maybe';
	const isSame = text.some((reading) => even(reading) === even(sought.text));
	// Posts without text all look alike.
	return !isSame ? 'other' : even(sought.text) === '' ? 'maybe' : 'same';
}

/** Normalizes white space and Unicode, which platforms may change. */
export function even(text: string): string {
	return text.normalize('NFC').replace(/\s+/g, ' ').trim();
}
