import { bounds } from '../bounds';
import type { Extent, Paged } from '../contract/api';
import type { Platform } from '../contract/platform';
import { refuse } from '../errors/failure';
import { pagesOf, type Cut } from './pages';

/**
 * Reads a listing to its end; throws if it does not end, because a partial list would be
 * misleading.
 */
export function listingOf<T extends Paged>(
	platform: Platform,
	ask: (cursor?: string) => Promise<T>,
	{ most = bounds.lookUp.most, from, enough, advice }: Extent = {},
): AsyncGenerator<T, void> {
	const cut = (why: Cut, pages: number) => {
		if (why === 'circle' || enough === undefined) refuseEndless(platform, why, pages, advice?.());
	};
	return pagesOf(ask, { most: enough ?? most, from, cut });
}

/** Throws the failure of a listing that does not end. */
export function refuseEndless(
	{ id, name, docs }: Platform,
	why: Cut,
	pages: number,
	remediation = 'Try again later. Nothing was done with the part of the list that came.',
): never {
	const said =
		why === 'circle'
			? 'leads back to a page that came before'
			: `has not come to its end after ${pages} pages`;
	return refuse({
		code: 'platform_unavailable',
		platform: id,
		rule: `${id}.list.endless`,
		docUrl: docs,
		message: `The list that ${name} gives ${said}.`,
		remediation,
	});
}
