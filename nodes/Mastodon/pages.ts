import type { IDataObject } from 'n8n-workflow';

import type { Api } from '../shared/contract/api';
import type { Page } from '../shared/contract/operation';

/** One page of a list: https://docs.joinmastodon.org/api/guidelines#pagination */
export async function pageOf(api: Api, path: string, query: IDataObject): Promise<Page> {
	const { body, headers } = await api.reply({ path, query });
	const items = api.listIn(body);
	const cursor = nextIn(headers);
	return { items, ...(cursor !== undefined && items.length > 0 && { cursor }) };
}

/** `max_id` of the next page; only the Link header contains it. */
export function nextIn({ link }: IDataObject): string | undefined {
	const next = /<([^>]*)>\s*;\s*rel="?next"?/i.exec(String(link ?? ''))?.[1];
	const cursor = /[?&]max_id=([^&]+)/.exec(next ?? '')?.[1];
	return cursor && decodeURIComponent(cursor);
}
