import type { Paged } from '../contract/api';

/** Why reading stopped early: the cursor repeats, or there are too many pages. */
export type Cut = 'circle' | 'most';

export interface Reading {
	/** Most pages to read. */
	readonly most: number;
	/** Cursor of the first page to read. */
	readonly from?: string;
	/** Called when reading stops early, with the number of pages read; it may throw. */
	cut(why: Cut, pages: number): void;
}

/**
 * Reads a listing page by page. Stops and calls `cut` if a cursor repeats or the limit is reached,
 * because a server may return pages without end.
 */
export async function* pagesOf<T extends Paged>(
	ask: (cursor?: string) => Promise<T>,
	{ most, from, cut }: Reading,
): AsyncGenerator<T, void> {
	const seen = new Set(from === undefined ? [] : [from]);
	let cursor = from;
	for (let pages = 1; ; pages++) {
		const page = await ask(cursor);
		yield page;
		({ cursor } = page);
		if (!cursor) return;
		if (seen.has(cursor)) return cut('circle', pages);
		if (pages >= most) return cut('most', pages);
		seen.add(cursor);
	}
}

/** All items of all pages. */
export async function itemsOf<T>(pages: AsyncIterable<{ items: readonly T[] }>): Promise<T[]> {
	const all: T[] = [];
	for await (const { items } of pages) all.push(...items);
	return all;
}
