import type { IDataObject } from 'n8n-workflow';

import type { Api } from '../shared/api';
import type { Media } from '../shared/media/media';
import type { Post, Published, Settled } from '../shared/platform';
import { idOf } from './address';
import { create, ready, statusOf, type State } from './container';
import { findEarlier, findPublished, publishedOf } from './found';
import { isFirst, pollOf, topicOf, type Options } from './options';
import { linkAttachmentOf, textOf } from './text';

/** Container, wait, publish: https://developers.facebook.com/docs/threads/posts */
export async function publish(api: Api, post: Post): Promise<Published> {
	const earlier = await publishedEarlier(api);
	if (earlier) return earlier;

	const fields = await fieldsOf(api, post);
	const [first, ...others] = post.media.map(mediumOf);
	const single: IDataObject = first ?? { media_type: 'TEXT' };
	const type = others.length > 0 ? 'CAROUSEL' : String(single.media_type);
	const reply = 'reply_to_id' in fields;
	const known = { type, text: textOf(post), reply, since: Date.now() };
	if (others.length === 0) {
		return await finish(api, { ...known, container: await create(api, { ...single, ...fields }) });
	}
	const children: string[] = [];
	for (const item of [first, ...others]) {
		children.push(await create(api, { ...item, is_carousel_item: true }));
	}
	return await finish(api, { ...known, children, fields });
}

/** Goes on with the containers that are there. */
export async function resume(api: Api, state: IDataObject): Promise<Published> {
	const known = state as State;
	// Nothing else shows that the items of a carousel went out by an earlier Resume.
	const earlier = known.container || !known.text ? undefined : await findEarlier(api, known);
	return earlier ?? (await finish(api, known));
}

/** A container tells whether it was published; it takes some seconds to. */
export async function settle(api: Api, _post: Post, mark: IDataObject): Promise<Settled> {
	const { container } = mark as State;
	if (!container) return undefined;
	let last: string | undefined;
	await api.until(
		async () => {
			({ status: last } = await statusOf(api, container));
			return last === 'FINISHED' || last === 'IN_PROGRESS' ? undefined : last;
		},
		{ every: 1000, atMost: 10_000 },
	);
	if (last === 'PUBLISHED') return await findPublished(api, mark as State);
	return last === 'FINISHED' || last === 'ERROR' || last === 'EXPIRED' ? 'absent' : undefined;
}

/** Should the container of an earlier attempt have gone out after all, there is nothing to do. */
async function publishedEarlier(api: Api): Promise<Published | undefined> {
	const state = api.slot.mark as Partial<State>;
	const { container } = state;
	if (!container) return undefined;
	const { status } = await statusOf(api, container);
	return status === 'PUBLISHED' ? await findPublished(api, state as State) : undefined;
}

async function finish(api: Api, state: State): Promise<Published> {
	const end = Date.now() + api.patience;
	const wait = async (container: string) => await ready(api, container, end - Date.now());
	const { children = [], fields, ...known } = state;
	for (const child of state.container ? [] : children) {
		if (!(await wait(child))) return processing(child, state);
	}
	const container = state.container ?? (await carousel(api, children, fields));
	const made = { ...known, container };
	const status = await wait(container);
	if (!status) return processing(container, made);
	if (status === 'PUBLISHED') return await findPublished(api, made);

	const { id } = await api.publish<{ id?: string }>(
		{ method: 'POST', path: '/v1.0/me/threads_publish', form: { creation_id: container } },
		made,
	);
	// Without an ID the core looks at the container.
	return id ? await publishedOf(api, String(id)) : { id: '' };
}

function processing(id: string, resume: State): Published {
	return { id, status: 'processing', resume };
}

async function carousel(api: Api, children: string[], fields?: IDataObject) {
	return await create(api, { media_type: 'CAROUSEL', children: children.join(','), ...fields });
}

/** Parts of a thread hang on each other; the options are those of the first. */
async function fieldsOf(api: Api, post: Post): Promise<IDataObject> {
	const options = post.options as Options;
	const answered = post.parent?.id ?? (options.replyTo && (await idOf(api, options.replyTo)));
	const link = linkAttachmentOf(post);
	const text = textOf(post);
	return {
		...(text && { text }),
		...(link && { link_attachment: link }),
		...(answered && { reply_to_id: answered }),
		...(isFirst(post) && (await firstFieldsOf(api, options))),
	};
}

async function firstFieldsOf(api: Api, options: Options): Promise<IDataObject> {
	const { quote, replyControl } = options;
	const [answers, topic] = [pollOf(options), topicOf(options)];
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

function mediumOf(medium: Media): IDataObject {
	const { mime, alt } = medium;
	// Written in ASCII alone, as the crawler takes it.
	const url = new URL(medium.publicUrl() ?? '').href;
	return {
		...(mime.startsWith('video/')
			? { media_type: 'VIDEO', video_url: url }
			: { media_type: 'IMAGE', image_url: url }),
		...(alt && { alt_text: alt }),
	};
}
