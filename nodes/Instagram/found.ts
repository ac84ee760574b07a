import type { IDataObject } from 'n8n-workflow';
import { DateTime } from 'luxon';

import { claimMade, type Made } from '../Meta/containers';
import { pageOf } from '../Meta/listing';
import { at } from '../Meta/request';
import type { Api } from '../shared/contract/api';
import type { Published } from '../shared/contract/post';
import type { Listed, Newest, Sought } from '../shared/contract/readBack';
import type { State } from './container';
import type { Kind } from './options';
import { byFacebook } from './place';

const FIELDS = 'id,permalink,media_type,media_product_type,caption,timestamp,username';
/** An account publishes no more in a day, and what was prepared is kept for a day. */
const PAGE = 100;

/** A Reel reads as a video. */
const TYPES: Readonly<Record<Exclude<Kind, 'story'>, string>> = {
	image: 'IMAGE',
	reel: 'VIDEO',
	carousel: 'CAROUSEL_ALBUM',
};

/** The result for a new post; without the link it is published all the same. */
export async function publishedOf(api: Api, id: string, state: State): Promise<Published> {
	claimMade(api, state, id);
	const post = await api.tolerate(
		'Reading the link of the post',
		async () =>
			await api.send({ path: at(api, `/${encodeURIComponent(id)}`), query: { fields: FIELDS } }),
	);
	if (state.comment) await comment(api, id, state.comment);
	return resultOf(api, id, state, post);
}

/** What the post is known by. */
export function madeOf(api: Api, state: State): Made {
	return {
		api,
		platform: 'instagram',
		name: 'Instagram',
		of: state,
		newest,
		sought: soughtOf(state),
		unlisted: (id) => ({
			...resultOf(api, id, state),
			...(state.comment && { warnings: ['The first comment was not added.'] }),
		}),
	};
}

export function soughtOf(state: State): Sought {
	return {
		text: state.caption,
		media: [],
		files: state.children?.length,
		// While a container does not say what became of it, the list alone proves nothing.
		partial: state.container !== undefined,
		more: state,
	};
}

export async function newest(api: Api, { more }: Sought, cursor?: string): Promise<Newest> {
	const state = more as State;
	const edge = state.kind === 'story' ? 'stories' : 'media';
	const path = at(api, `/${encodeURIComponent(state.place)}/${edge}`);
	// A carousel is known by the number of its items, too.
	const fields = state.kind === 'carousel' ? `${FIELDS},children{id}` : FIELDS;
	const page = await pageOf(api, { path, query: { fields } }, PAGE, cursor);
	return { posts: page.items.map((post) => listed(api, post, state)), cursor: page.cursor };
}

function listed(api: Api, post: IDataObject, state: State): Listed {
	const { id, permalink, media_type, caption, timestamp, children } = post;
	const time = DateTime.fromISO(String(timestamp)).toMillis();
	const items = (children as { data?: unknown[] } | undefined)?.data?.length;
	const isOther = state.kind !== 'story' && media_type !== TYPES[state.kind];
	return {
		id: String(id),
		...(typeof permalink === 'string' && { url: permalink }),
		...(Number.isFinite(time) && { at: time }),
		...(isOther && { is: 'other' as const }),
		...(items !== undefined && { files: items }),
		text: [String(caption ?? '')],
		published: async () => await earlier(api, post, state),
	};
}

async function earlier(api: Api, post: IDataObject, state: State): Promise<Published> {
	const id = String(post.id);
	claimMade(api, state, id);
	if (state.comment) await commentOnce(api, id, state.comment);
	return resultOf(api, id, state, post);
}

async function comment(api: Api, id: string, message: string) {
	await api.tolerate('Adding the first comment', async () => {
		const path = at(api, `/${encodeURIComponent(id)}/comments`);
		await api.send({ method: 'POST', path, form: { message } });
	});
}

/** An earlier run may have come as far as that. */
async function commentOnce(api: Api, id: string, message: string) {
	const there = await api.tolerate('Looking for the first comment', async () => {
		const path = at(api, `/${encodeURIComponent(id)}/comments`);
		const { items } = await pageOf(api, { path, query: { fields: 'text' } }, 50);
		return items.some(({ text }) => text === message);
	});
	if (there === false) await comment(api, id, message);
}

function resultOf(api: Api, id: string, { place }: State, post?: IDataObject): Published {
	const when = DateTime.fromISO(String(post?.timestamp)).toUTC();
	const { permalink, username } = post ?? {};
	return {
		id,
		...(byFacebook(api) && { account: { id: place, name: String(username ?? place) } }),
		...(typeof permalink === 'string' && { url: permalink }),
		...(when.isValid && { publishedAt: when.toISO() ?? '' }),
	};
}
