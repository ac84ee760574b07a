import type { IDataObject } from 'n8n-workflow';
import { DateTime } from 'luxon';

import type { Api } from '../shared/api';
import type { Published } from '../shared/platform';
import { pageOf } from './address';
import type { State } from './container';

const FIELDS = 'id,permalink,text,timestamp';
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
	const path = state.reply ? '/v1.0/me/replies' : '/v1.0/me/threads';
	const post = await api.attempt(
		'Looking for the post on the account',
		async () =>
			await api.until(
				async () => {
					const { data } = await pageOf(api, path, FIELDS, 25);
					return data.find((one) => isIt(one, state));
				},
				{ every: 1000, atMost: 10_000 },
			),
	);
	if (post) return { ...resultOf(String(post.id), post), status: 'already_published' };
	return {
		id: String(state.container),
		status: 'already_published',
		warnings: [
			'Threads says that the post is out but does not list it yet: the ID is that of its container.',
		],
	};
}

function isIt({ text, timestamp }: IDataObject, state: State) {
	const at = DateTime.fromISO(String(timestamp)).toMillis();
	return String(text ?? '').trim() === state.text.trim() && at > state.since - TOLERANCE;
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
