import type { IDataObject } from 'n8n-workflow';
import { DateTime } from 'luxon';

import { claimMade, type Made } from '../Meta/containers';
import type { Api } from '../shared/contract/api';
import type { Published } from '../shared/contract/post';
import type { Listed, Newest, Sought } from '../shared/contract/readBack';
import { pageOf } from './address';
import type { State } from './container';

const FIELDS = 'id,permalink,media_type,text,timestamp';
const PAGE = 25;

/** The result for a new post; without the link it is published all the same. */
export async function publishedOf(api: Api, id: string, state: State): Promise<Published> {
	claimMade(api, state, id);
	const post = await api.tolerate(
		'Reading the link of the post',
		async () =>
			await api.send({ path: `/v1.0/${encodeURIComponent(id)}`, query: { fields: FIELDS } }),
	);
	return resultOf(id, post);
}

/** What the post is known by. */
export function madeOf(api: Api, state: State): Made {
	return {
		api,
		platform: 'threads',
		name: 'Threads',
		of: state,
		newest,
		sought: soughtOf(state),
		unlisted: (id) => ({ id }),
	};
}

export function soughtOf(state: State): Sought {
	return {
		text: state.text,
		media: [],
		files: state.children?.length,
		// While a container does not say what became of it, the list alone proves nothing.
		partial: state.container !== undefined,
		more: state,
	};
}

export async function newest(api: Api, { more }: Sought, cursor?: string): Promise<Newest> {
	const state = more as State;
	const path = state.reply ? '/v1.0/me/replies' : '/v1.0/me/threads';
	// A carousel is known by the number of its items, too.
	const fields = state.type === 'CAROUSEL' ? `${FIELDS},children` : FIELDS;
	const page = await pageOf(api, path, fields, PAGE, cursor);
	return { posts: page.items.map((post) => listed(api, post, state)), cursor: page.cursor };
}

function listed(api: Api, post: IDataObject, state: State): Listed {
	const { id, permalink, media_type, text, timestamp, children } = post;
	const time = DateTime.fromISO(String(timestamp)).toMillis();
	const items = (children as { data?: unknown[] } | undefined)?.data?.length;
	// Types are longer words there, such as TEXT_POST for TEXT.
	const isOther = !String(media_type ?? state.type).startsWith(state.type);
	return {
		id: String(id),
		...(typeof permalink === 'string' && { url: permalink }),
		...(Number.isFinite(time) && { at: time }),
		...(isOther && { is: 'other' as const }),
		...(items !== undefined && { files: items }),
		text: [String(text ?? '')],
		published: async () => {
			claimMade(api, state, String(id));
			return await Promise.resolve(resultOf(String(id), post));
		},
	};
}

function resultOf(id: string, post?: IDataObject): Published {
	const at = DateTime.fromISO(String(post?.timestamp)).toUTC();
	const { permalink } = post ?? {};
	return {
		id,
		...(typeof permalink === 'string' && { url: permalink }),
		...(at.isValid && { publishedAt: at.toISO() ?? '' }),
	};
}
