import type { IDataObject, INodeProperties } from 'n8n-workflow';

import { webOf } from '../shared/connection/webOf';
import type { Api } from '../shared/contract/api';
import type { Operation, Page } from '../shared/contract/operation';
import type { Picker } from '../shared/contract/platform';
import type { PostOption } from '../shared/contract/postOption';
import { refuse } from '../shared/errors/failure';
import { actorIn, addressOf, didOf, findPost, POST } from './refs';

const authorField: PostOption = {
	displayName: 'Author',
	name: 'author',
	type: 'string',
	deciding: true,
	default: '',
	placeholder: 'e.g. alice.bsky.social',
	description: 'Handle or DID of the author. Leave empty for the connected account.',
};

const handleField: INodeProperties = {
	displayName: 'Handle',
	name: 'handle',
	type: 'string',
	default: '',
	required: true,
	placeholder: 'e.g. alice.bsky.social',
	description: 'The handle to look up',
};

export const blueskyOperations: Operation[] = [
	{
		resource: 'post',
		operation: 'delete',
		name: 'Delete',
		action: 'Delete a post',
		description: 'Delete a post of the account with its reply and quote rules',
		onPost: true,
		run: async (api, { post }) => await remove(api, post),
	},
	{
		resource: 'post',
		operation: 'get',
		name: 'Get',
		action: 'Get a post',
		description: 'Get a post by its URL or at:// URI',
		onPost: true,
		simplify: shortOf,
		run: async (api, { post }) => await findPost(api, post),
	},
	{
		resource: 'post',
		operation: 'getAll',
		name: 'Get Many',
		action: 'Get many posts',
		description: 'Get many posts of an author, newest first',
		fields: [authorField],
		pageSize: 100,
		simplify: shortOf,
		page: async (api, { author }, limit, cursor) =>
			await posts(api, String(author ?? ''), limit, cursor),
	},
	{
		resource: 'account',
		operation: 'resolveHandle',
		name: 'Resolve Handle',
		action: 'Resolve a handle',
		description: 'Get the permanent ID (DID) behind a handle',
		fields: [handleField],
		run: async (api, { handle }) => ({ handle, did: await didOf(api, actorIn(handle)) }),
	},
];

interface FeedEntry {
	post: IDataObject;
	reason?: { $type?: string };
}

/** Searches the account's lists, for the option that limits replies. */
export const searchLists: Picker = async (api, filter, cursor) => {
	const { id: actor } = await api.account();
	const page = await api.send<{ lists: Array<{ uri: string; name: string }>; cursor?: string }>({
		host: 'appViewBaseUrl',
		path: '/xrpc/app.bsky.graph.getLists',
		query: { actor, limit: 100, cursor },
		token: 'none',
	});
	const wanted = (filter ?? '').toLowerCase();
	const found = page.lists.filter((list) => list.name.toLowerCase().includes(wanted));
	return {
		results: found.map((list) => ({ name: list.name, value: list.uri })),
		cursor: page.cursor,
	};
};

/** Reads own posts from the account's server, other authors' posts from the AppView. */
async function posts(api: Api, author: string, limit: number, cursor?: string): Promise<Page> {
	const { id: own } = await api.account();
	const repo = author ? await didOf(api, actorIn(author)) : own;
	if (repo === own) {
		const page = await api.send<{ records: IDataObject[]; cursor?: string }>({
			path: '/xrpc/com.atproto.repo.listRecords',
			query: { repo, collection: POST, limit, cursor },
		});
		return { items: page.records.sort(byTime), cursor: page.cursor };
	}
	const page = await api.send<{ feed: FeedEntry[]; cursor?: string }>({
		host: 'appViewBaseUrl',
		path: '/xrpc/app.bsky.feed.getAuthorFeed',
		query: { actor: repo, limit, cursor, filter: 'posts_with_replies' },
		token: 'none',
	});
	return {
		items: page.feed.filter(isOwn).map(({ post }) => ({ ...post, value: post.record })),
		cursor: page.cursor,
	};
}

/**
 * Newest first. Servers list posts by key, and a key shows the time only to some minutes: see
 * tid.ts.
 */
function byTime(one: IDataObject, other: IDataObject): number {
	return timeOf(other) - timeOf(one);
}

function timeOf({ value }: IDataObject): number {
	return Date.parse(String((value as IDataObject | undefined)?.createdAt)) || 0;
}

/** An author's feed also contains reposts. */
function isOwn({ reason }: FeedEntry) {
	return reason?.$type !== 'app.bsky.feed.defs#reasonRepost';
}

function shortOf({ uri, cid, value }: IDataObject, api: Api): IDataObject {
	const [, , did, , rkey] = String(uri).split('/');
	const { text, createdAt, langs, reply } = (value ?? {}) as IDataObject;
	return {
		id: uri,
		cid,
		url: `${webOf(api)}/profile/${did}/post/${rkey}`,
		text,
		createdAt,
		...(langs !== undefined && { langs }),
		...(reply !== undefined && { reply }),
	};
}

/**
 * https://docs.bsky.app/docs/api/com-atproto-repo-delete-record; deleting a missing record is no
 * error.
 */
async function remove(api: Api, given: unknown): Promise<IDataObject> {
	const { actor, rkey } = await addressOf(api, given);
	const { id: repo } = await api.account();
	const author = await didOf(api, actor);
	// The server accepts a key that it does not have, such as that of another author's post.
	if (author !== repo) refuseOthers(author);
	for (const collection of [POST, 'app.bsky.feed.threadgate', 'app.bsky.feed.postgate']) {
		await api.send({
			method: 'POST',
			path: '/xrpc/com.atproto.repo.deleteRecord',
			body: { repo, collection, rkey },
			repeatable: true,
		});
	}
	return { id: `at://${repo}/${POST}/${rkey}`, deleted: true };
}

function refuseOthers(author: string): never {
	return refuse({
		code: 'validation_failed',
		platform: 'bluesky',
		rule: 'bluesky.post.author',
		message: `The post is not of this account but of ${author}; nothing was deleted`,
		remediation: 'Give a post of the connected account, or choose the credential of its author.',
	});
}
