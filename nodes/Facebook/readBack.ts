import type { IDataObject } from 'n8n-workflow';
import { DateTime } from 'luxon';

import { allOf, pageOf } from '../Meta/listing';
import type { Api } from '../shared/contract/api';
import type { Post } from '../shared/contract/post';
import type { Listed, Newest, Outcome, ReadBack, Sought } from '../shared/contract/readBack';
import { MINUTE, SECOND } from '../shared/units';
import { finish, outOf } from './finish';
import { on, placeOf, type Place } from './place';
import { stateOf, type State } from './state';
import { attachedLink, textOf } from './text';
import { isFailed, isTaken, statusOf } from './videoStatus';

interface Attachment {
	target?: { id?: string };
	subattachments?: { data?: Attachment[] };
}

interface OwnPost extends IDataObject {
	id: string;
	message?: string;
	created_time?: string;
	scheduled_publish_time?: number | string;
	attachments?: IDataObject;
}

interface Story extends IDataObject {
	post_id?: string;
	media_id?: string;
	/** Unix seconds. */
	creation_time?: string;
}

interface Wanted extends IDataObject {
	state: State;
	link: string;
}

const PAGE = 25;
const ATTACHMENTS = 'attachments{target,url,unshimmed_url,media_type,subattachments{target}}';
const FIELDS = `id,message,created_time,scheduled_publish_time,${ATTACHMENTS}`;

/**
 * Facebook has no idempotency key. A video's status shows whether it was published. Other posts are
 * searched for in a list of the Page, where they appear after a moment.
 */
export const readBack: ReadBack = {
	// Assumption: Facebook does not document how long it may take to make a post.
	commitsWithin: MINUTE,
	looks: { every: SECOND, atMost: 10 * SECOND },
	confirm,
	sought: async (api, post, mark) => {
		const state = 'page' in mark ? (mark as State) : await asGiven(api, post);
		const { kind, photos = [], video } = state;
		const isStory = kind.endsWith('Story');
		return {
			text: isStory ? '' : textOf(post),
			// Only this post has these photos, although Facebook may not list all of them.
			media: video ? [video] : photos,
			// No list shows a video before Facebook has processed it.
			partial: kind !== 'feed' && kind !== 'photoStory',
			more: { state, link: attachedLink(post) ?? '' } satisfies Wanted,
		};
	},
	newest: async (api, sought, cursor) => {
		const { state } = sought.more as Wanted;
		const place = await placeOf(api, state.page);
		if (state.kind.endsWith('Story')) return await stories(api, place, state);
		return state.scheduled
			? await scheduled(api, place, sought)
			: await published(api, place, sought, cursor);
	},
};

async function asGiven(api: Api, post: Post): Promise<State> {
	return stateOf(post, (await placeOf(api, post.target)).page);
}

async function confirm(api: Api, _post: Post, mark: IDataObject): Promise<Outcome> {
	const { page, video } = mark as Partial<State>;
	if (!page || !video) return 'unknown';
	const status = await statusOf(api, await placeOf(api, page), video);
	if (isFailed(status)) return 'never';
	if (isTaken(status)) return await finish(api, mark);
	return status.video_status || status.uploading_phase ? 'not-published' : 'unknown';
}

async function published(api: Api, place: Place, sought: Sought, cursor?: string): Promise<Newest> {
	const request = {
		...on(api, place, `/${place.page}/published_posts`),
		query: { fields: FIELDS },
	};
	const page = await pageOf(api, request, PAGE, cursor);
	const posts = (page.items as OwnPost[]).map((one) => {
		const at = DateTime.fromISO(one.created_time ?? '').toMillis();
		return listed(api, place, sought, one, at);
	});
	return { posts, cursor: page.cursor };
}

/** Reads all scheduled posts, because their order is not documented. */
async function scheduled(api: Api, place: Place, sought: Sought): Promise<Newest> {
	const request = {
		...on(api, place, `/${place.page}/scheduled_posts`),
		query: { fields: FIELDS },
	};
	const { state } = sought.more as Wanted;
	const posts = ((await allOf(api, request)) as OwnPost[]).map((one): Listed => {
		const due = dueOf(one);
		const isOther = due !== undefined && due !== state.scheduled;
		// The creation time is not certain, but the same text for the same second is taken as the same
		// post.
		const at = due === state.scheduled ? Infinity : NaN;
		return { ...listed(api, place, sought, one, at), ...(isOther && { is: 'other' as const }) };
	});
	return { posts };
}

/** Unix seconds. */
function dueOf({ scheduled_publish_time: due }: OwnPost): number | undefined {
	const seconds = Number(due);
	const known = Number.isFinite(seconds) ? seconds : DateTime.fromISO(String(due)).toSeconds();
	return Number.isFinite(known) ? Math.floor(known) : undefined;
}

function listed(api: Api, place: Place, sought: Sought, one: OwnPost, at: number): Listed {
	const { state, link } = sought.more as Wanted;
	const { id, message = '', attachments } = one;
	const media = targetsOf((attachments?.data ?? []) as Attachment[]);
	const film = state.kind === 'feed' ? undefined : (state.video ?? media[0]);
	return {
		id,
		...dated(at),
		text: [message],
		...(media.length > 0 && { media }),
		...(sought.text.trim() === '' && link && message === '' && { is: linkIn(one, link) }),
		published: async () =>
			await outOf(api, place, { ...state, ...(film && { video: film }), post: id }),
	};
}

/**
 * Compares the link of a post without text. `maybe`, because Facebook may show a different URL than
 * the one it received.
 */
function linkIn({ attachments }: OwnPost, link: string) {
	const links = JSON.stringify(attachments ?? {});
	return [link, encodeURIComponent(link)].some((one) => links.includes(one)) ? 'same' : 'maybe';
}

/** The stories of the last day; their order is not documented. */
async function stories(api: Api, place: Place, state: State): Promise<Newest> {
	const query = { status: '["PUBLISHED"]' };
	const request = { ...on(api, place, `/${place.page}/stories`), query };
	const all = (await allOf(api, request)) as Story[];
	return {
		posts: all.map(({ post_id, media_id, creation_time = '' }) => ({
			id: String(post_id),
			...dated(/^\d+$/.test(creation_time) ? Number(creation_time) * SECOND : NaN),
			...(media_id !== undefined && { media: [String(media_id)] }),
			published: async () => await outOf(api, place, { ...state, post: String(post_id) }),
		})),
	};
}

function dated(at: number): Pick<Listed, 'at'> {
	return Number.isNaN(at) ? {} : { at };
}

function targetsOf(attachments: Attachment[]): string[] {
	return attachments.flatMap(({ target, subattachments }) => [
		...(target?.id ? [target.id] : []),
		...targetsOf(subattachments?.data ?? []),
	]);
}
