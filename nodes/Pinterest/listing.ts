import type { IDataObject } from 'n8n-workflow';

import type { Api } from '../shared/contract/api';
import type { Page } from '../shared/contract/operation';
import { itemsOf } from '../shared/http/pages';

/** Largest page size. */
export const PAGE = 250;

/** Reads a page of a list; the last page has an empty bookmark. */
export async function listed(
	api: Api,
	path: string,
	limit: number,
	cursor?: string,
	query: IDataObject = {},
): Promise<Page> {
	const { items, bookmark } = await api.send<{
		items?: IDataObject[];
		bookmark?: string | null;
	}>({ path, query: { ...query, page_size: Math.min(limit, PAGE), bookmark: cursor } });
	return { items: api.listIn(items), ...(bookmark && { cursor: bookmark }) };
}

/** Returns one page; a search by name reads all pages. */
export async function searched(api: Api, path: string, name = '', from?: string): Promise<Page> {
	if (!name) return await listed(api, path, PAGE, from);
	const items = await itemsOf(api.pages(async (cursor) => await listed(api, path, PAGE, cursor)));
	const wanted = name.toLowerCase();
	return { items: items.filter((item) => String(item.name).toLowerCase().includes(wanted)) };
}
