import type { IDataObject } from 'n8n-workflow';

import { claimMade, type Made } from '../Meta/containers';
import { listedBy, publishedBy, readPublished, soughtBy } from '../Meta/posts';
import type { Api } from '../shared/contract/api';
import type { Published } from '../shared/contract/post';
import type { Listed, Newest, Sought } from '../shared/contract/readBack';
import { pageOf } from './address';
import type { State } from './container';

const FIELDS = 'id,permalink,media_type,text,timestamp';
const PAGE = 25;

/** The result for a new post; if the link cannot be read, the result has none. */
export async function publishedOf(api: Api, id: string, state: State): Promise<Published> {
	claimMade(api, state, id);
	const path = `/v1.0/${encodeURIComponent(id)}`;
	return publishedBy(id, await readPublished(api, { path, query: { fields: FIELDS } }));
}

/** The data that identify the post. */
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
	return soughtBy(state.text, state);
}

export async function newest(api: Api, { more }: Sought, cursor?: string): Promise<Newest> {
	const state = more as State;
	const path = state.reply ? '/v1.0/me/replies' : '/v1.0/me/threads';
	// The number of items also identifies a carousel.
	const fields = state.type === 'CAROUSEL' ? `${FIELDS},children` : FIELDS;
	const page = await pageOf(api, path, fields, PAGE, cursor);
	return { posts: page.items.map((post) => listed(api, post, state)), cursor: page.cursor };
}

function listed(api: Api, post: IDataObject, state: State): Listed {
	const { media_type, text } = post;
	// Types in the list are longer words, such as TEXT_POST for TEXT.
	const isOther = !String(media_type ?? state.type).startsWith(state.type);
	const known = listedBy(post);
	return {
		...known,
		...(isOther && { is: 'other' as const }),
		text: [String(text ?? '')],
		published: async () => {
			claimMade(api, state, known.id);
			return await Promise.resolve(publishedBy(known.id, post));
		},
	};
}
