import type { Paged } from '../contract/api';

/** Why a listing is not read on: it leads back to a page that was read, or goes on for too long. */
export type Cut = 'circle' | 'most';

export interface Reading {
	/** How many pages are read at most. */
	readonly most: number;
	/** The cursor to begin at. */
	readonly from?: string;
	/** Called in the place of going on, with the number of pages read; what it throws ends the reading. */
	cut(why: Cut, pages: number): void;
}

/**
 * The pages of a listing, one after the other. A server may give the same pages for ever, by a cursor
 * that comes again or by ever new ones: whoever reads them learns of it by `cut`.
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

/** All that stands on the pages. */
export async function itemsOf<T>(pages: AsyncIterable<{ items: readonly T[] }>): Promise<T[]> {
	const all: T[] = [];
	for await (const { items } of pages) all.push(...items);
	return all;
}
