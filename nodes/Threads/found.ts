import type { IDataObject } from 'n8n-workflow';
import { DateTime } from 'luxon';

import type { Api } from '../shared/api';
import type { Published } from '../shared/platform';
import { pageOf } from './address';
import type { State } from './container';

const FIELDS = 'id,permalink,media_type,text,timestamp';
const LOOKING = 'Looking for the post on the account';
/** Clocks differ. */
const TOLERANCE = 60_000;

/** The result for a new post; without the link it is published all the same. */
export async function publishedOf(api: Api, id: string): Promise<Published> {
	const post = await api.attempt(
		'Reading the link of the post',
		async () => await api.send({ path: `/v1.0/${id}`, query: { fields: FIELDS } }),
	);
	return resultOf(id, post);
}

/** A container says that it is out, but not as which post: the account's newest ones are read. */
export async function findPublished(api: Api, state: State): Promise<Published> {
	const found = await api.attempt(LOOKING, async () => {
		const times = { every: 1000, atMost: 10_000 };
		return await api.until(async () => await newest(api, state), times);
	});
	if (found) return found;
	return {
		id: String(state.container ?? state.children?.[0]),
		status: 'already_published',
		warnings: [
			'Threads says that the post is out but does not list it yet: the ID is that of its container.',
		],
	};
}

/** The same without such a word: whether somebody finished this post before. */
export async function findEarlier(api: Api, state: State): Promise<Published | undefined> {
	return await api.attempt(LOOKING, async () => await newest(api, state));
}

async function newest(api: Api, state: State): Promise<Published | undefined> {
	const path = state.reply ? '/v1.0/me/replies' : '/v1.0/me/threads';
	const { data } = await pageOf(api, path, FIELDS, 25);
	const post = data.find((one) => isIt(one, state));
	return post && { ...resultOf(String(post.id), post), status: 'already_published' };
}

/** Types are longer words there, such as TEXT_POST for TEXT. */
function isIt({ media_type, text, timestamp }: IDataObject, state: State) {
	const at = DateTime.fromISO(String(timestamp)).toMillis();
	return (
		String(media_type ?? state.type).startsWith(state.type) &&
		String(text ?? '').trim() === state.text.trim() &&
		at > state.since - TOLERANCE
	);
}

function resultOf(id: string, post?: IDataObject): Published {
	const at = DateTime.fromISO(String(post?.timestamp)).toUTC();
	const { permalink } = post ?? {};
	return {
		id,
		...(typeof permalink === 'string' && { url: permalink }),
		...(at.isValid && { publishedAt: at.toISO() ?? '' }),
	};
}
