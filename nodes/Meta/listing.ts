import type { IDataObject } from 'n8n-workflow';

import type { Api, Request } from '../shared/contract/api';
import type { Reply } from '../shared/contract/http';
import type { Page } from '../shared/contract/operation';
import { itemsOf } from '../shared/http/pages';

interface Listed {
	data?: IDataObject[];
	paging?: { cursors?: { after?: string }; next?: string };
}

/** What the Graph gives in one answer at most. */
const MOST = 100;

/** One page of a listing and the cursor of the next: https://developers.facebook.com/docs/graph-api/results */
export async function pageOf(
	api: Api,
	request: Request,
	limit: number,
	after?: string,
): Promise<Page> {
	const query = { ...request.query, limit, ...(after && { after }) };
	return listed(api, await api.send<Listed>({ ...request, query }));
}

/** The first among the newest items, so many of them, that is the one; undefined if none is. */
export async function findNewest(
	api: Api,
	request: Request,
	items: number,
	isIt: (item: IDataObject) => boolean,
): Promise<IDataObject | undefined> {
	const ask = async (after?: string) => await pageOf(api, request, MOST, after);
	for await (const page of api.pages(ask, { enough: items / MOST })) {
		const found = page.items.find(isIt);
		if (found) return found;
	}
	return undefined;
}

/** The whole of a listing that a person reads in one go, such as their Pages. */
export async function allOf(api: Api, request: Request, first?: Listed): Promise<IDataObject[]> {
	const ask = async (after?: string) =>
		first && after === undefined ? listed(api, first) : await pageOf(api, request, MOST, after);
	return await itemsOf(api.pages(ask));
}

/** The same of a listing that this token may not have, as the codes in `refusals` say: undefined. */
export async function allIfAny(
	api: Api,
	request: Request,
	refusals: (code: number) => boolean,
): Promise<IDataObject[] | undefined> {
	const query = { ...request.query, limit: MOST };
	const refused = ({ body }: Reply) => {
		const { error } = (body ?? {}) as { error?: { code?: number } };
		return error?.code !== undefined && refusals(error.code);
	};
	const first = await api.reply({ ...request, query }, refused);
	return refused(first) ? undefined : await allOf(api, request, first.body as Listed);
}

/**
 * `paging` itself may hold the token, so nothing of it is kept but a cursor; the last page has
 * cursors too, but no link to a next one.
 */
function listed(api: Api, { data, paging }: Listed): Page {
	return {
		items: api.listIn(data),
		cursor: paging?.next === undefined ? undefined : paging.cursors?.after,
	};
}
