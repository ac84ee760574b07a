import type { IDataObject } from 'n8n-workflow';

import type { Api } from '../shared/contract/api';
import type { Reply } from '../shared/contract/http';

/**
 * The parameter for a post's fields: X's OpenAPI file calls it `post.fields`, its guides
 * `tweet.fields`, https://docs.x.com/x-api/fundamentals/fields. X accepts either, and answers with
 * the matching field names.
 */
const WORDS = { now: 'post.fields', before: 'tweet.fields' };

/**
 * Reads posts with the current parameter name, and again with the older one if X does not know it.
 */
export async function readPosts<T>(
	api: Api,
	path: string,
	fields: readonly string[],
	query: IDataObject = {},
): Promise<T> {
	const asked = { path, query: { ...query, [WORDS.now]: fields.join(',') } };
	const { status, body } = await api.reply(asked, isUnknown);
	if (status !== 400) return body as T;
	const older = fields.map((field) => (field === 'note_post' ? 'note_tweet' : field));
	return await api.send<T>({ path, query: { ...query, [WORDS.before]: older.join(',') } });
}

function isUnknown({ status, body }: Reply): boolean {
	return status === 400 && (JSON.stringify(body) ?? '').includes(WORDS.now);
}
