import type { IDataObject, INodeProperties } from 'n8n-workflow';

import { allOf, pageOf } from '../Meta/listing';
import { at } from '../Meta/request';
import type { Api } from '../shared/contract/api';
import type { Operation } from '../shared/contract/operation';
import { commentIdOf, idOf } from './address';
import { scopes } from './scopes';

const [scope] = scopes.extended;
const REPLY = 'id,text,username,timestamp,hidden';
const FIELDS = `id,text,username,timestamp,like_count,hidden,parent_id,from,replies{${REPLY}}`;

const commentField: INodeProperties = {
	displayName: 'Comment ID',
	name: 'comment',
	type: 'string',
	default: '',
	required: true,
	description: 'ID of a comment on a post of the account, as Comment: Get Many gives it',
};

const messageField: INodeProperties = {
	displayName: 'Message',
	name: 'message',
	type: 'string',
	typeOptions: { rows: 2 },
	default: '',
	required: true,
	description: 'What the comment says',
};

const hiddenField: INodeProperties = {
	displayName: 'Hidden',
	name: 'hidden',
	type: 'boolean',
	default: true,
	description: 'Whether others no longer see the comment; off shows it again',
};

/** https://developers.facebook.com/documentation/instagram-platform/comment-moderation */
export const commentOperations: Operation[] = [
	{
		resource: 'comment',
		operation: 'create',
		name: 'Create',
		action: 'Create a comment',
		description: 'Comment on a post as the account',
		onTarget: true,
		onPost: true,
		scope,
		fields: [messageField],
		run: async (api, { post, message, target }) => {
			const id = await idOf(api, post, target);
			const path = at(api, `/${id}/comments`);
			return { ...(await api.send({ method: 'POST', path, form: { message } })), post: id };
		},
	},
	{
		resource: 'comment',
		operation: 'delete',
		name: 'Delete',
		action: 'Delete a comment',
		description: 'Delete a comment on a post of the account',
		scope,
		fields: [commentField],
		run: async (api, { comment }) => {
			const id = commentIdOf(comment);
			await api.send({ method: 'DELETE', path: at(api, `/${id}`) });
			return { id, deleted: true };
		},
	},
	{
		resource: 'comment',
		operation: 'getAll',
		name: 'Get Many',
		action: 'Get many comments',
		description: 'Get many comments on a post of the account with their replies, newest first',
		onTarget: true,
		onPost: true,
		scope,
		pageSize: 50,
		simplify: shortOf,
		page: async (api, { post, target }, limit, cursor) => {
			const path = at(api, `/${await idOf(api, post, target)}/comments`);
			const page = await pageOf(api, { path, query: { fields: FIELDS } }, limit, cursor);
			const items: IDataObject[] = [];
			for (const comment of page.items) items.push(await withReplies(api, comment));
			return { ...page, items };
		},
	},
	{
		resource: 'comment',
		operation: 'hide',
		name: 'Hide',
		action: 'Hide a comment',
		description: 'Hide a comment on a post of the account from others, or show it again',
		scope,
		fields: [commentField, hiddenField],
		run: async (api, { comment, hidden }) => {
			const id = commentIdOf(comment);
			const path = at(api, `/${id}`);
			await api.send({ method: 'POST', path, form: { hide: hidden }, repeatable: true });
			return { id, hidden };
		},
	},
	{
		resource: 'comment',
		operation: 'reply',
		name: 'Reply',
		action: 'Reply to a comment',
		description: 'Reply to a comment on a post of the account',
		scope,
		fields: [commentField, messageField],
		run: async (api, { comment, message }) => {
			const parent = commentIdOf(comment);
			const path = at(api, `/${parent}/replies`);
			return { ...(await api.send({ method: 'POST', path, form: { message } })), parent };
		},
	},
];

/** Reads all replies, because a comment contains only the first ones. */
async function withReplies(api: Api, comment: IDataObject): Promise<IDataObject> {
	const { replies } = comment;
	if (!replies) return comment;
	const request = { path: at(api, `/${String(comment.id)}/replies`), query: { fields: REPLY } };
	return { ...comment, replies: { data: await allOf(api, request, replies as IDataObject) } };
}

function shortOf(comment: IDataObject): IDataObject {
	const { id, text, username, timestamp, like_count, hidden, replies } = comment;
	const { data = [] } = (replies ?? {}) as { data?: IDataObject[] };
	return {
		id,
		text: text ?? '',
		author: username,
		createdAt: timestamp,
		likes: like_count,
		hidden,
		...(data.length > 0 && { replies: data.map(shortOf) }),
	};
}
