import type { IDataObject } from 'n8n-workflow';

import { bounds } from '../bounds';
import type { Api } from '../contract/api';
import type { ListOperation } from '../contract/operation';

/** The items of a list operation: all, or up to the limit. */
export async function listed(
	api: Api,
	operation: ListOperation,
	input: IDataObject,
): Promise<IDataObject[]> {
	const most = input.returnAll === true ? Infinity : (input.limit as number);
	const items: IDataObject[] = [];
	const ask = async (cursor?: string) => {
		const size = Math.min(operation.pageSize, most - items.length);
		return await operation.page(api, input, size, cursor);
	};
	const extent = {
		most: bounds.returnAll.most,
		advice: () =>
			`Try again later, or set a Limit in place of Return All: ${items.length} items came before that.`,
	};
	for await (const page of api.pages(ask, extent)) {
		items.push(...page.items);
		if (!(items.length < most)) break;
	}
	return items.slice(0, most === Infinity ? undefined : most);
}
