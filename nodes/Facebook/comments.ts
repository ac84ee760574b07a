import type { INodeProperties } from 'n8n-workflow';

import { pageOf } from '../Meta/listing';
import type { Operation } from '../shared/contract/operation';
import { commentIdOf, postIdOf } from './address';
import { on, placeOf } from './place';

const FIELDS =
	'id,message,created_time,from{id,name},is_hidden,like_count,comment_count,permalink_url';
const ENGAGE = 'pages_manage_engagement';

const commentField: INodeProperties = {
	displayName: 'Comment ID',
	name: 'commentId',
	type: 'string',
	default: '',
	required: true,
	description: 'The comment, as Get Many of comments gives it',
};

const messageField: INodeProperties = {
	displayName: 'Message',
	name: 'message',
	type: 'string',
	typeOptions: { rows: 3 },
	default: '',
	required: true,
	description: 'What the Page says',
};

/** https://developers.facebook.com/documentation/pages-api/comments-mentions */
export const commentOperations: Operation[] = [
	{
		resource: 'comment',
		operation: 'create',
		name: 'Create',
		action: 'Create a comment',
		description: 'Comment on a post as the Page',
		onTarget: true,
		onPost: true,
		fields: [messageField],
		scope: ENGAGE,
		run: async (api, { target, post, message }) => {
			const place = await placeOf(api, target);
			const path = `/${await postIdOf(api, place, post)}/comments`;
			return await api.send({ ...on(api, place, path), method: 'POST', form: { message } });
		},
	},
	{
		resource: 'comment',
		operation: 'delete',
		name: 'Delete',
		action: 'Delete a comment',
		description: 'Delete a comment on a post of the Page',
		onTarget: true,
		fields: [commentField],
		scope: ENGAGE,
		run: async (api, { target, commentId }) => {
			const id = commentIdOf(commentId);
			const place = await placeOf(api, target);
			await api.send({ ...on(api, place, `/${id}`), method: 'DELETE' });
			return { id, deleted: true };
		},
	},
	{
		resource: 'comment',
		operation: 'getAll',
		name: 'Get Many',
		action: 'Get many comments',
		description: 'Get many comments on a post of the Page, newest first',
		onTarget: true,
		onPost: true,
		scope: 'pages_read_user_content',
		pageSize: 100,
		page: async (api, { target, post }, limit, cursor) => {
			const place = await placeOf(api, target);
			const path = `/${await postIdOf(api, place, post)}/comments`;
			const query = { fields: FIELDS, filter: 'stream', order: 'reverse_chronological' };
			return await pageOf(api, { ...on(api, place, path), query }, limit, cursor);
		},
	},
	{
		resource: 'comment',
		operation: 'setVisibility',
		name: 'Hide or Show',
		action: 'Hide or show a comment',
		description: 'Hide a comment from everybody but its author and their friends, or show it again',
		onTarget: true,
		fields: [
			commentField,
			{
				displayName: 'Hide',
				name: 'hide',
				type: 'boolean',
				default: true,
				description: 'Whether to hide the comment rather than to show it',
			},
		],
		scope: ENGAGE,
		run: async (api, { target, commentId, hide }) => {
			const id = commentIdOf(commentId);
			const place = await placeOf(api, target);
			const form = { is_hidden: hide };
			await api.send({ ...on(api, place, `/${id}`), method: 'POST', form, repeatable: true });
			return { id, hidden: form.is_hidden };
		},
	},
];
