import type { IDataObject } from 'n8n-workflow';
import { DateTime } from 'luxon';

import type { Api } from '../shared/api';
import type { Post, Settled } from '../shared/platform';
import { finish, outOf } from './finish';
import { allOf, pageOf } from './graph/listing';
import { on, placeOf, type Place } from './place';
import type { State } from './state';
import { attachedLink, textOf } from './text';
import { isFailed, isTaken, statusOf, type VideoStatus } from './video';

interface Attachment {
	target?: { id?: string };
	subattachments?: { data?: Attachment[] };
}

interface OwnPost extends IDataObject {
	id: string;
	message?: string;
	created_time?: string;
	attachments?: IDataObject;
}

const PAGE = 25;
const FIELDS =
	'id,message,created_time,attachments{target,url,unshimmed_url,media_type,subattachments{target}}';
/** Clocks differ. */
const TOLERANCE = 60_000;
const LOOKING = { every: 1000, atMost: 10_000 };

/**
 * Facebook has no key for repeated requests. A video tells itself whether it was published; other
 * posts are looked for among the last ones, more than once, for they take a moment to stand there.
 */
export async function settle(api: Api, post: Post, mark: IDataObject): Promise<Settled> {
	const state = mark as State;
	if (!state.page) return undefined;
	const place = await placeOf(api, state.page);
	if (state.video) return await settleVideo(api, place, state);
	return state.kind === 'photoStory'
		? await settleStory(api, place, state)
		: await settlePost(api, place, state, post);
}

async function settleVideo(api: Api, place: Place, state: State): Promise<Settled> {
	let last: VideoStatus = {};
	const taken = await api.until(async () => {
		last = await statusOf(api, place, String(state.video));
		return isFailed(last) || isTaken(last) || undefined;
	}, LOOKING);
	if (isFailed(last)) return 'absent';
	if (taken) return await finish(api, state);
	return last.video_status || last.uploading_phase ? 'absent' : undefined;
}

async function settleStory(api: Api, place: Place, state: State): Promise<Settled> {
	const [photo] = state.photos ?? [];
	const found = await api.until(async () => {
		const { data = [] } = await api.send<{ data?: IDataObject[] }>({
			...on(api, place, `/${place.page}/stories`),
			query: { limit: PAGE },
		});
		return data.find(({ media_id }) => String(media_id) === photo);
	}, LOOKING);
	return found ? await outOf(api, place, { ...state, post: String(found.post_id) }) : 'absent';
}

async function settlePost(api: Api, place: Place, state: State, post: Post): Promise<Settled> {
	let complete = false;
	const found = await api.until(async () => {
		const last = await lastPosts(api, place, state);
		const recent = last.posts.filter((one) => isSince(one, api.slot.at - TOLERANCE));
		complete = last.all || recent.length < last.posts.length;
		return recent.find((one) => isIt(one, state, post));
	}, LOOKING);
	if (found) return await outOf(api, place, { ...state, post: found.id });
	return complete ? 'absent' : undefined;
}

/** The newest ones; those that are scheduled come in an order that nobody documents, so all. */
async function lastPosts(
	api: Api,
	place: Place,
	{ scheduled }: State,
): Promise<{ posts: OwnPost[]; all: boolean }> {
	const edge = scheduled ? 'scheduled_posts' : 'published_posts';
	const request = { ...on(api, place, `/${place.page}/${edge}`), query: { fields: FIELDS } };
	if (scheduled) return { posts: (await allOf(api, request)) as OwnPost[], all: true };
	const { data, next } = await pageOf(api, request, PAGE);
	return { posts: data as OwnPost[], all: !next };
}

function isSince({ created_time = '' }: OwnPost, since: number): boolean {
	return DateTime.fromISO(created_time).toMillis() >= since;
}

/** By its photos, which no other post has and not all of which may be told; else by its words, else by its link. */
function isIt({ message = '', attachments }: OwnPost, { photos = [] }: State, post: Post): boolean {
	const shown = targetsOf((attachments?.data ?? []) as Attachment[]);
	if (photos.length > 0 && shown.length > 0) return photos.some((id) => shown.includes(id));
	const text = textOf(post);
	if (text.trim()) return bare(message) === bare(text);
	const link = attachedLink(post) ?? '';
	const links = JSON.stringify(attachments ?? {});
	return link !== '' && [link, encodeURIComponent(link)].some((one) => links.includes(one));
}

function targetsOf(attachments: Attachment[]): string[] {
	return attachments.flatMap(({ target, subattachments }) => [
		...(target?.id ? [target.id] : []),
		...targetsOf(subattachments?.data ?? []),
	]);
}

function bare(text: string) {
	return text.normalize('NFC').replace(/\s+/g, ' ').trim();
}
