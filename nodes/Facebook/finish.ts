import type { IDataObject } from 'n8n-workflow';
import { DateTime } from 'luxon';

import { pageOf } from '../Meta/listing';
import { webOf } from '../shared/connection/webOf';
import type { Api } from '../shared/contract/api';
import type { Published } from '../shared/contract/post';
import { on, placeOf, type Place } from './place';
import type { State } from './state';
import { failing, isOut, statusOf } from './videoStatus';

interface Shown extends IDataObject {
	permalink_url?: string;
	post_id?: string;
	from?: { id?: string; name?: string };
}

/**
 * Waits for a video as long as the user allows. The video gets published even if this run stops.
 * `again`: an earlier run may have done more than the given state shows.
 */
export async function finish(api: Api, given: IDataObject, again = true): Promise<Published> {
	const state = given as State;
	const place = await placeOf(api, state.page);
	const video = String(state.video);
	const out = await api.until(
		async () => isOut(failing(await statusOf(api, place, video)), state.kind) || undefined,
		{ every: 2000, atMost: api.processingWaitMs },
	);
	if (!out) {
		const account = { id: place.page, name: place.page };
		return { id: state.post ?? video, status: 'processing', resume: state, account };
	}
	return await outOf(api, place, state, again);
}

/** Returns the result for a published post, after adding the first comment. */
export async function outOf(
	api: Api,
	place: Place,
	state: State,
	again = true,
): Promise<Published> {
	const { post, video } = state;
	if (!post && !video) return { id: '' };
	const shown = await shownAs(api, place, state);
	const id = post ?? idOf(place, shown) ?? String(video);
	if (state.comment && !state.scheduled) {
		await (again ? commentOnce : comment)(api, place, id, state.comment);
	}
	return {
		id,
		url: urlOf(api, id, state, shown),
		account: { id: place.page, name: shown?.from?.name ?? place.page },
		...(state.scheduled && {
			status: 'scheduled' as const,
			publishedAt: DateTime.fromSeconds(state.scheduled).toUTC().toISO() ?? '',
		}),
	};
}

/**
 * Reads a post's link and author. A photo story has no such fields, so only the Page's name is
 * read.
 */
async function shownAs(
	api: Api,
	place: Place,
	{ kind, post, video }: State,
): Promise<Shown | undefined> {
	const object = video ?? (kind === 'photoStory' ? place.page : post);
	const fields =
		kind === 'photoStory' ? 'name' : `permalink_url,from{id,name}${video ? ',post_id' : ''}`;
	const shown = await api.tolerate(
		'Reading the link of the post',
		async () =>
			await api.send<Shown>({
				...on(api, place, `/${encodeURIComponent(String(object))}`),
				query: { fields },
			}),
	);
	return kind === 'photoStory' ? { from: { name: String(shown?.name ?? place.page) } } : shown;
}

/** Some answers omit the Page's part of the ID. */
function idOf({ page }: Place, shown: Shown | undefined): string | undefined {
	const post = shown?.post_id;
	if (!post) return undefined;
	return post.includes('_') ? post : `${page}_${post}`;
}

function urlOf(api: Api, id: string, { kind, video }: State, shown?: Shown): string {
	const web = webOf(api);
	if (kind === 'reel' && video) return `${web}/reel/${String(video)}`;
	if (kind.endsWith('Story')) return `${web}/stories/${id}`;
	const { permalink_url } = shown ?? {};
	if (!permalink_url) return `${web}/${id}`;
	return permalink_url.startsWith('/') ? web + permalink_url : permalink_url;
}

async function comment(api: Api, place: Place, id: string, message: string) {
	await api.tolerate(
		'The first comment',
		async () =>
			await api.send({
				...on(api, place, `/${encodeURIComponent(id)}/comments`),
				method: 'POST',
				form: { message },
			}),
	);
}

/**
 * Adds the first comment unless an earlier run has added it. Visitors' comments do not count, even
 * with the same text.
 */
async function commentOnce(api: Api, place: Place, id: string, message: string) {
	const there = await api.tolerate('Looking for the first comment', async () => {
		const query = { fields: 'message,from{id}', filter: 'toplevel', order: 'chronological' };
		const { items } = await pageOf(
			api,
			{ ...on(api, place, `/${encodeURIComponent(id)}/comments`), query },
			100,
		);
		return items.some((one) => one.message === message && (one as Shown).from?.id === place.page);
	});
	if (there === false) await comment(api, place, id, message);
}
