import type { IDataObject } from 'n8n-workflow';
import { DateTime } from 'luxon';

import { pageOf } from '../Facebook/graph/listing';
import { at } from '../Facebook/graph/request';
import type { Api } from '../shared/api';
import { refuse } from '../shared/failure';
import type { Published } from '../shared/platform';
import type { State } from './container';
import type { Kind } from './options';
import { isMadeOf, remember } from './origins';
import { byFacebook } from './place';

const FIELDS = 'id,permalink,media_type,media_product_type,caption,timestamp,username';
const LOOKING = 'Looking for the post on the account';
/** An account publishes no more in a day, and what was prepared is kept for a day. */
const PAGE = 100;
/** Clocks differ. */
const TOLERANCE = 60_000;

/** A Reel reads as a video. */
const TYPES: Readonly<Record<Exclude<Kind, 'story'>, string>> = {
	image: 'IMAGE',
	reel: 'VIDEO',
	carousel: 'CAROUSEL_ALBUM',
};

/** The result for a new post; without the link it is published all the same. */
export async function publishedOf(api: Api, id: string, state: State): Promise<Published> {
	remember(api, id, state);
	const post = await api.attempt(
		'Reading the link of the post',
		async () => await api.send({ path: at(api, `/${id}`), query: { fields: FIELDS } }),
	);
	if (state.comment) await comment(api, id, state.comment);
	return resultOf(api, id, state, post);
}

/** A container says that it is out, but not as which post: the account's newest ones are read. */
export async function findPublished(api: Api, state: State): Promise<Published> {
	const found = await api.attempt(LOOKING, async () => {
		const times = { every: 1000, atMost: 10_000 };
		return await api.until(async () => await anyLike(api, state), times);
	});
	if (found?.length === 1) return await earlier(api, found[0], state);
	const why = found ? `but not which of these it is: ${named(found)}` : 'but does not list it yet';
	return {
		...resultOf(api, String(state.container ?? state.children?.[0]), state),
		status: 'already_published',
		warnings: [
			`Instagram says that the post is out ${why}: the ID is that of its container.`,
			...(state.comment ? ['The first comment was not added.'] : []),
		],
	};
}

/**
 * Whether somebody published this before, without a container that would say so. A post that only
 * may be it is no proof of that, nor of the contrary.
 */
export async function findEarlier(api: Api, state: State): Promise<Published | undefined> {
	const found = await anyLike(api, state);
	if (!found) return undefined;
	const [post] = found;
	const known = isMadeOf(api, String(post.id), state) ?? state.caption.trim() !== '';
	return known && found.length === 1 ? await earlier(api, post, state) : refuseUnclear(found);
}

/** The account's posts that may be this one, newest first; undefined if there are none. */
async function anyLike(api: Api, state: State): Promise<IDataObject[] | undefined> {
	const edge = state.kind === 'story' ? 'stories' : 'media';
	const path = at(api, `/${state.place}/${edge}`);
	// A carousel is known by the number of its items, too.
	const fields = state.children ? `${FIELDS},children{id}` : FIELDS;
	const { data } = await pageOf(api, { path, query: { fields } }, PAGE);
	const alike = data
		.filter((post) => isLike(post, state))
		.map((post) => ({ post, own: isMadeOf(api, String(post.id), state) }));
	const own = alike.filter((one) => one.own);
	const found = own.length > 0 ? own : alike.filter((one) => one.own === undefined);
	return found.length > 0 ? found.map(({ post }) => post) : undefined;
}

async function earlier(api: Api, post: IDataObject, state: State): Promise<Published> {
	const id = String(post.id);
	remember(api, id, state);
	if (state.comment) await commentOnce(api, id, state.comment);
	return { ...resultOf(api, id, state, post), status: 'already_published' };
}

function refuseUnclear(found: IDataObject[]): never {
	return refuse({
		code: 'outcome_unknown',
		platform: 'instagram',
		rule: 'instagram.resume.unclear',
		message: `The carousel may be out already, as one of these posts of the account: ${named(found)}. Nothing more was published.`,
		remediation:
			'Look at these posts. If this carousel is among them, nothing is left to do; if not, publish it anew with Post: Publish.',
	});
}

function named(posts: IDataObject[]): string {
	return posts.map(({ id, permalink }) => String(permalink ?? id)).join(', ');
}

function isLike({ media_type, caption, timestamp, children }: IDataObject, state: State) {
	const items = (children as { data?: unknown[] } | undefined)?.data?.length;
	const at = DateTime.fromISO(String(timestamp)).toMillis();
	return (
		(state.kind === 'story' || media_type === TYPES[state.kind]) &&
		String(caption ?? '').trim() === state.caption.trim() &&
		(items ?? state.children?.length) === (state.children?.length ?? items) &&
		at > state.since - TOLERANCE
	);
}

async function comment(api: Api, id: string, message: string) {
	await api.attempt('Adding the first comment', async () => {
		const path = at(api, `/${id}/comments`);
		await api.send({ method: 'POST', path, form: { message } });
	});
}

/** An earlier run may have come as far as that. */
async function commentOnce(api: Api, id: string, message: string) {
	const there = await api.attempt('Looking for the first comment', async () => {
		const path = at(api, `/${id}/comments`);
		const { data } = await pageOf(api, { path, query: { fields: 'text' } }, 50);
		return data.some(({ text }) => text === message);
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
