import type { IDataObject } from 'n8n-workflow';

import type { Api } from '../shared/api';
import type { Page } from '../shared/platform';

/** The most that one page holds. */
export const PAGE = 250;

/** Lists end with an empty bookmark. */
export async function listed(
	api: Api,
	path: string,
	limit: number,
	cursor?: string,
	query: IDataObject = {},
): Promise<Page> {
	const { items = [], bookmark } = await api.send<{
		items?: IDataObject[];
		bookmark?: string | null;
	}>({ path, query: { ...query, page_size: Math.min(limit, PAGE), bookmark: cursor } });
	return { items, ...(bookmark && { cursor: bookmark }) };
}

/** The first page with something to show: an editor that sees none asks for no more. */
export async function firstWith(api: Api, path: string, filter = '', from?: string): Promise<Page> {
	let cursor = from;
	do {
		const page = await listed(api, path, PAGE, cursor);
		const items = page.items.filter(({ name }) =>
			String(name).toLowerCase().includes(filter.toLowerCase()),
		);
		if (items.length > 0) return { ...page, items };
		cursor = page.cursor === cursor ? undefined : page.cursor;
	} while (cursor);
	return { items: [] };
}
