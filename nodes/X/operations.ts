import type { IDataObject, INodeProperties } from 'n8n-workflow';

import { webOf } from '../shared/connection/webOf';
import type { Api } from '../shared/contract/api';
import type { Operation, Page } from '../shared/contract/operation';
import type { Picker } from '../shared/contract/platform';
import { postId } from './ids';
import { shownText, type OwnPost } from './readBack';
import { readPosts } from './words';

const FIELDS = [
	'created_at',
	'conversation_id',
	'entities',
	'lang',
	'note_post',
	'public_metrics',
	'reply_settings',
	'community_id',
];
/** Smallest page size: https://docs.x.com/x-api/users/get-posts */
const LEAST = 5;

const excludeField: INodeProperties = {
	displayName: 'Exclude',
	name: 'exclude',
	type: 'multiOptions',
	options: [
		{ name: 'Replies', value: 'replies' },
		{ name: 'Reposts', value: 'retweets' },
	],
	default: [],
	description: 'Kinds of posts to leave out',
};

export const xOperations: Operation[] = [
	{
		resource: 'post',
		operation: 'delete',
		name: 'Delete',
		action: 'Delete a post',
		description: 'Delete a post of the account',
		onPost: true,
		run: async (api, { post }) => {
			const id = postId(post);
			const { data } = await api.send<{ data?: { deleted?: boolean } }>({
				method: 'DELETE',
				path: `/2/tweets/${id}`,
			});
			return { id, deleted: data?.deleted ?? true };
		},
	},
	{
		resource: 'post',
		operation: 'get',
		name: 'Get',
		action: 'Get a post',
		description: 'Get a post by its URL or ID',
		onPost: true,
		simplify: shortOf,
		run: async (api, { post }) => {
			const path = `/2/tweets/${postId(post)}`;
			const { data } = await readPosts<{ data: IDataObject }>(api, path, FIELDS);
			return data;
		},
	},
	{
		resource: 'post',
		operation: 'getAll',
		name: 'Get Many',
		action: 'Get many posts',
		description: 'Get many posts of the account, newest first. X bills each post once a day.',
		fields: [excludeField],
		pageSize: 100,
		simplify: shortOf,
		page: ownPosts,
	},
];

async function ownPosts(
	api: Api,
	{ exclude }: IDataObject,
	limit: number,
	cursor?: string,
): Promise<Page> {
	const { id } = await api.account();
	const left = Array.isArray(exclude) ? exclude : [];
	const { data = [], meta } = await readPosts<{
		data?: IDataObject[];
		meta?: { next_token?: string };
	}>(api, `/2/users/${id}/tweets`, FIELDS, {
		max_results: Math.max(LEAST, limit),
		pagination_token: cursor,
		exclude: left.length > 0 ? left.join(',') : undefined,
	});
	return { items: data, cursor: meta?.next_token };
}

/** Searches communities by name, because X cannot list those of an account. */
export const searchCommunities: Picker = async (api, filter, cursor) => {
	if (!filter) return { results: [] };
	const { data = [], meta } = await api.send<{
		data?: Array<{ id: string; name: string }>;
		meta?: { next_token?: string };
	}>({
		path: '/2/communities/search',
		query: { query: filter, max_results: 100, next_token: cursor },
	});
	const results = data.map(({ id, name }) => ({
		name,
		value: id,
		url: `${webOf(api)}/i/communities/${id}`,
	}));
	return { results, cursor: meta?.next_token };
};

function shortOf(item: IDataObject, api: Api): IDataObject {
	const { id, created_at, lang, public_metrics, conversation_id, reply_settings } = item;
	return {
		id,
		url: `${webOf(api)}/i/web/status/${String(id)}`,
		text: shownText(item as OwnPost),
		createdAt: created_at,
		conversationId: conversation_id,
		lang,
		replySettings: reply_settings,
		metrics: public_metrics,
	};
}
