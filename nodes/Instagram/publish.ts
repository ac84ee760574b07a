import type { IDataObject } from 'n8n-workflow';

import { anyLike, findEarlier, findPublished } from '../Meta/containers';
import { at, replyOr } from '../Meta/request';
import type { Api } from '../shared/contract/api';
import type { Post, Published } from '../shared/contract/post';
import { create, ready, statusRequest, type State, type Status } from './container';
import { captionFields, image, items, reel, story, type Wanted } from './fields';
import { madeOf, publishedOf } from './found';
import { kindOf, type Kind } from './options';
import { byFacebook, placeOf } from './place';
import { captionOf } from './text';

const SINGLE: Readonly<
	Record<Exclude<Kind, 'carousel'>, (api: Api, post: Post) => Wanted | Promise<Wanted>>
> = { image, reel, story };

/** Errors for a container that no longer exists and was therefore never published. */
const GONE = [33, 2207006, 2207008];

/**
 * Makes the container, waits for it and publishes it:
 * https://developers.facebook.com/documentation/instagram-platform/content-publishing
 */
export async function publish(api: Api, post: Post): Promise<Published> {
	const earlier = await publishedEarlier(api);
	if (earlier) return earlier;

	const state = await stateOf(api, post);
	const made = await finish(api, { ...state, ...(await prepared(api, state, post)) });
	// Nobody can have published the containers yet, so older posts are others even with the same
	// text.
	return made.resume ? { ...made, resume: { ...made.resume, since: Date.now() } } : made;
}

/** The state before any container is made. */
export async function stateOf(api: Api, post: Post): Promise<State> {
	const { id: place } = await placeOf(api, post.target);
	const kind = kindOf(post);
	const comment = kind === 'story' ? '' : post.firstComment;
	return {
		place,
		kind,
		caption: captionOf(post),
		since: Date.now(),
		...(comment && { comment }),
	};
}

/** Makes the container, or those of a carousel's items. */
async function prepared(api: Api, { place, kind }: State, post: Post) {
	if (kind !== 'carousel') {
		const { form, sent } = await SINGLE[kind](api, post);
		return { container: await create(api, place, form, sent) };
	}
	const children: string[] = [];
	for (const { form, sent } of items(api, post)) {
		children.push(await create(api, place, form, sent));
	}
	return { children, fields: captionFields(post) };
}

/** Continues with the existing containers. */
export async function resume(api: Api, state: IDataObject): Promise<Published> {
	const known = state as State;
	if (known.container) return await finish(api, known);
	// Only the list of posts shows that an earlier Resume has published a carousel's items. If the
	// list cannot be read, this throws and nothing is published.
	const made = madeOf(api, known);
	return (await findEarlier(made, await anyLike(made))) ?? (await finish(api, known));
}

/** Returns the post if an earlier attempt's container was published after all. */
async function publishedEarlier(api: Api): Promise<Published | undefined> {
	const state = api.attempt.checkpoint as Partial<State>;
	if (!state.container) return undefined;
	const { status_code } = await replyOr<Status>(api, statusRequest(api, state.container), GONE);
	return status_code === 'PUBLISHED' ? await findPublished(madeOf(api, state as State)) : undefined;
}

async function finish(api: Api, state: State): Promise<Published> {
	const end = Date.now() + api.processingWaitMs;
	const wait = async (container: string) => await ready(api, container, end - Date.now());
	const { fields, ...known } = state;
	const { children = [] } = state;
	for (const child of state.container ? [] : children) {
		if (!(await wait(child))) return processing(api, child, state);
	}
	const container = state.container ?? (await carousel(api, state, children, fields));
	const made = { ...known, container };
	const status = await wait(container);
	if (!status) return processing(api, container, made);
	if (status === 'PUBLISHED') return await findPublished(madeOf(api, made));

	const { id } = await api.publish<{ id?: string }>(
		{
			method: 'POST',
			path: at(api, `/${encodeURIComponent(state.place)}/media_publish`),
			form: { creation_id: container },
		},
		made,
	);
	return id ? await publishedOf(api, String(id), made) : await findPublished(madeOf(api, made));
}

function processing(api: Api, id: string, resume: State): Published {
	const { place } = resume;
	const account = { id: place, name: place };
	return { id, status: 'processing', resume, ...(byFacebook(api) && { account }) };
}

async function carousel(api: Api, { place }: State, children: string[], fields?: IDataObject) {
	return await create(api, place, {
		media_type: 'CAROUSEL',
		children: children.join(','),
		...fields,
	});
}
