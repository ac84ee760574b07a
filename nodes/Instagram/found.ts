import type { IDataObject } from 'n8n-workflow';

import { claimMade, type Made } from '../Meta/containers';
import { pageOf } from '../Meta/listing';
import { listedBy, publishedBy, readPublished, soughtBy } from '../Meta/posts';
import { at } from '../Meta/request';
import type { Api } from '../shared/contract/api';
import type { Published } from '../shared/contract/post';
import type { Listed, Newest, Sought } from '../shared/contract/readBack';
import type { State } from './container';
import type { Kind } from './options';
import { byFacebook } from './place';

const FIELDS = 'id,permalink,media_type,media_product_type,caption,timestamp,username';
/** An account can publish at most this many posts in a day, and containers expire after a day. */
const PAGE = 100;

/** A Reel has the media type of a video. */
const TYPES: Readonly<Record<Exclude<Kind, 'story'>, string>> = {
	image: 'IMAGE',
	reel: 'VIDEO',
	carousel: 'CAROUSEL_ALBUM',
};

/** The result for a new post; if the link cannot be read, the result has none. */
export async function publishedOf(api: Api, id: string, state: State): Promise<Published> {
	claimMade(api, state, id);
	const path = at(api, `/${encodeURIComponent(id)}`);
	const post = await readPublished(api, { path, query: { fields: FIELDS } });
	if (state.comment) await comment(api, id, state.comment);
	return resultOf(api, id, state, post);
}

/** The data that identify the post. */
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
	return soughtBy(state.caption, state);
}

export async function newest(api: Api, { more }: Sought, cursor?: string): Promise<Newest> {
	const state = more as State;
	const edge = state.kind === 'story' ? 'stories' : 'media';
	const path = at(api, `/${encodeURIComponent(state.place)}/${edge}`);
	// The number of items also identifies a carousel.
	const fields = state.kind === 'carousel' ? `${FIELDS},children{id}` : FIELDS;
	const page = await pageOf(api, { path, query: { fields } }, PAGE, cursor);
	return { posts: page.items.map((post) => listed(api, post, state)), cursor: page.cursor };
}

function listed(api: Api, post: IDataObject, state: State): Listed {
	const { media_type, caption } = post;
	const isOther = state.kind !== 'story' && media_type !== TYPES[state.kind];
	return {
		...listedBy(post),
		...(isOther && { is: 'other' as const }),
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

/** Adds the first comment unless an earlier run has added it. */
async function commentOnce(api: Api, id: string, message: string) {
	const there = await api.tolerate('Looking for the first comment', async () => {
		const path = at(api, `/${encodeURIComponent(id)}/comments`);
		const { items } = await pageOf(api, { path, query: { fields: 'text' } }, 50);
		return items.some(({ text }) => text === message);
	});
	if (there === false) await comment(api, id, message);
}

function resultOf(api: Api, id: string, { place }: State, post?: IDataObject): Published {
	const account = { id: place, name: String(post?.username ?? place) };
	return { ...publishedBy(id, post), ...(byFacebook(api) && { account }) };
}
