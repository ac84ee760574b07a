import type { IDataObject } from 'n8n-workflow';

import type { Api } from '../shared/contract/api';
import type { Reply } from '../shared/contract/http';

/**
 * What to show of a post is asked for as `post.fields` by X's OpenAPI file and as `tweet.fields` by
 * its guides, https://docs.x.com/x-api/fundamentals/fields. X was seen to take either, and to answer
 * in the words of the one it was asked with.
 */
const WORDS = { now: 'post.fields', before: 'tweet.fields' };

/** Reads posts by the present name, and once more by the older one where X does not know that. */
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
