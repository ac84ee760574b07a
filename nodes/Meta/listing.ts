import type { IDataObject } from 'n8n-workflow';

import type { Api, Request } from '../shared/contract/api';
import type { Reply } from '../shared/contract/http';
import type { Page } from '../shared/contract/operation';
import { itemsOf } from '../shared/http/pages';

interface Listed {
	data?: IDataObject[];
	paging?: { cursors?: { after?: string }; next?: string };
}

/** Most items of one Graph answer. */
const MOST = 100;

/** One page of a listing: https://developers.facebook.com/docs/graph-api/results */
export async function pageOf(
	api: Api,
	request: Request,
	limit: number,
	after?: string,
): Promise<Page> {
	const query = { ...request.query, limit, ...(after && { after }) };
	return listed(api, await api.send<Listed>({ ...request, query }));
}

/** The first matching item among the newest `items`; undefined if there is none. */
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

/** All items of a short listing, such as a person's Pages. */
export async function allOf(api: Api, request: Request, first?: Listed): Promise<IDataObject[]> {
	const ask = async (after?: string) =>
		first && after === undefined ? listed(api, first) : await pageOf(api, request, MOST, after);
	return await itemsOf(api.pages(ask));
}

/** Like `allOf`; undefined if the answer has one of the codes in `refusals`. */
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
 * Keeps only the cursor, because `paging` may contain the token. The last page has cursors but no
 * `next`.
 */
function listed(api: Api, { data, paging }: Listed): Page {
	return {
		items: api.listIn(data),
		cursor: paging?.next === undefined ? undefined : paging.cursors?.after,
	};
}
