import type { IDataObject } from 'n8n-workflow';
import { DateTime } from 'luxon';

import { pageOf } from '../Meta/listing';
import { webOf } from '../shared/connection/webOf';
import type { Api } from '../shared/contract/api';
import type { Published } from '../shared/contract/post';
import { on, placeOf, type Place } from './place';
import type { State } from './state';
import { failing, isOut, statusOf } from './video';

interface Shown extends IDataObject {
	permalink_url?: string;
	post_id?: string;
	from?: { id?: string; name?: string };
}

/**
 * Waits for a video as long as the user allows; it is on its way whatever happens here. `again`: an
 * earlier run may have come further than what is given here tells.
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

/** The result for a post that is out, and what is done to it then. */
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

/** Stories cannot be read as posts are. */
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

/** Some answers leave the Page's part out. */
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

/** An earlier run may have written it. What a visitor writes is not the Page's, whatever it says. */
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
