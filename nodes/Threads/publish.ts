import type { IDataObject } from 'n8n-workflow';

import { anyLike, findEarlier, findPublished } from '../Meta/containers';
import type { Api } from '../shared/contract/api';
import type { Media } from '../shared/contract/media';
import type { Post, Published } from '../shared/contract/post';
import { isVideo } from '../shared/media/kind';
import { isFirst } from '../shared/publish/isFirst';
import { LOOKING } from '../shared/publish/reconcile';
import { idOf } from './address';
import { create, ready, statusOf, type State } from './container';
import { madeOf, publishedOf } from './found';
import { topicOf, type Options } from './options';
import { linkAttachmentOf, textOf } from './text';

/**
 * Makes the container, waits for it and publishes it:
 * https://developers.facebook.com/docs/threads/posts
 */
export async function publish(api: Api, post: Post): Promise<Published> {
	const earlier = await publishedEarlier(api);
	if (earlier) return earlier;

	const fields = await fieldsOf(api, post);
	const state = stateOf(post);
	const [first, ...others] = post.media.map(mediumOf);
	if (others.length === 0) {
		const container = await create(api, { ...(first ?? { media_type: 'TEXT' }), ...fields });
		return await finish(api, { ...state, container });
	}
	const children: string[] = [];
	for (const item of [first, ...others]) {
		children.push(await create(api, { ...item, is_carousel_item: true }));
	}
	return await finish(api, { ...state, children, fields });
}

/** The state before any container is made. */
export function stateOf(post: Post): State {
	const { media, parent, options } = post;
	const [first] = media;
	return {
		type: media.length > 1 ? 'CAROUSEL' : first ? typeOf(first) : 'TEXT',
		text: textOf(post),
		reply: Boolean(parent?.id ?? (options as Options).replyTo),
		since: Date.now(),
	};
}

/** Continues with the existing containers. */
export async function resume(api: Api, state: IDataObject): Promise<Published> {
	const known = state as State;
	if (known.container) return await finish(api, known);
	// Only the list of posts shows that an earlier Resume has published a carousel's items. If the
	// list cannot be read, for example because replies need a further permission, publishes all the
	// same.
	const made = madeOf(api, known);
	const found = await api.tolerate(LOOKING, async () => await anyLike(made));
	return (found && (await findEarlier(made, found))) ?? (await finish(api, known));
}

/** Returns the post if an earlier attempt's container was published after all. */
async function publishedEarlier(api: Api): Promise<Published | undefined> {
	const state = api.attempt.checkpoint as Partial<State>;
	const { container } = state;
	if (!container) return undefined;
	const { status } = await statusOf(api, container);
	return status === 'PUBLISHED' ? await findPublished(madeOf(api, state as State)) : undefined;
}

async function finish(api: Api, state: State): Promise<Published> {
	const end = Date.now() + api.processingWaitMs;
	const wait = async (container: string) => await ready(api, container, end - Date.now());
	const { fields, ...known } = state;
	const { children = [] } = state;
	for (const child of state.container ? [] : children) {
		if (!(await wait(child))) return processing(child, state);
	}
	const container = state.container ?? (await carousel(api, children, fields));
	const made = { ...known, container };
	const status = await wait(container);
	if (!status) return processing(container, made);
	if (status === 'PUBLISHED') return await findPublished(madeOf(api, made));

	const { id } = await api.publish<{ id?: string }>(
		{ method: 'POST', path: '/v1.0/me/threads_publish', form: { creation_id: container } },
		made,
	);
	return id ? await publishedOf(api, String(id), made) : await findPublished(madeOf(api, made));
}

function processing(id: string, resume: State): Published {
	return { id, status: 'processing', resume };
}

async function carousel(api: Api, children: string[], fields?: IDataObject) {
	return await create(api, { media_type: 'CAROUSEL', children: children.join(','), ...fields });
}

/**
 * The container's fields. Each part of a thread replies to the part before; only the first part has
 * the options.
 */
async function fieldsOf(api: Api, post: Post): Promise<IDataObject> {
	const options = post.options as Options;
	const answered = post.parent?.id ?? (options.replyTo && (await idOf(api, options.replyTo)));
	const link = linkAttachmentOf(post);
	const text = textOf(post);
	return {
		...(text && { text }),
		...(link && { link_attachment: link }),
		...(answered && { reply_to_id: answered }),
		...(isFirst(post) && (await firstFieldsOf(api, post))),
	};
}

async function firstFieldsOf(api: Api, { options, poll: asked }: Post): Promise<IDataObject> {
	const { quote, replyControl } = options as Options;
	const topic = topicOf(options);
	const answers = asked?.answers ?? [];
	const letters = ['a', 'b', 'c', 'd'];
	const poll = Object.fromEntries(
		answers.map((answer, index) => [`option_${letters[index]}`, answer]),
	);
	return {
		...(quote && { quote_post_id: await idOf(api, quote) }),
		...(topic && { topic_tag: topic }),
		...(replyControl && { reply_control: replyControl }),
		...(answers.length > 0 && { poll_attachment: JSON.stringify(poll) }),
	};
}

function typeOf({ mime }: Media) {
	return isVideo({ mime }) ? 'VIDEO' : 'IMAGE';
}

function mediumOf(medium: Media): IDataObject {
	const { alt } = medium;
	const media_type = typeOf(medium);
	// Encodes the URL in ASCII, because the crawler accepts nothing else.
	const url = new URL(medium.publicUrl() ?? '').href;
	return {
		media_type,
		...(media_type === 'VIDEO' ? { video_url: url } : { image_url: url }),
		...(alt && { alt_text: alt }),
	};
}
