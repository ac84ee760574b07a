import type { Call, Reply } from '../kit/types';
import { invalid } from './errors';

const USUAL = 25;
const MOST = 250;

/** One page; its bookmark leads to the next one and is null on the last one. */
export function pageOf<Item>({ query }: Call, all: Item[], show: (item: Item) => unknown): Reply {
	const size = Number(query.get('page_size') ?? USUAL);
	if (!Number.isInteger(size) || size < 1 || size > MOST)
		return invalid(`page_size must be between 1 and ${MOST}`);
	const from = placeOf(query.get('bookmark'));
	const end = from + size;
	const bookmark = end < all.length ? bookmarkOf(end) : null;
	return { status: 200, json: { items: all.slice(from, end).map(show), bookmark } };
}

function bookmarkOf(place: number): string {
	return Buffer.from(`LT4y${place}`).toString('base64');
}

function placeOf(bookmark: string | null): number {
	if (!bookmark) return 0;
	const place = /^LT4y(\d+)$/.exec(Buffer.from(bookmark, 'base64').toString())?.[1];
	return place === undefined ? invalid('Invalid bookmark.') : Number(place);
}
