import type { IDataObject } from 'n8n-workflow';

import type { Api } from '../shared/contract/api';
import type { Operation, Page } from '../shared/contract/operation';
import { idOf, pageOf } from './address';

const POST_FIELDS =
	'id,media_product_type,media_type,media_url,thumbnail_url,permalink,username,text,timestamp,shortcode,is_quote_post,has_replies,alt_text,link_attachment_url,topic_tag';
const REPLY_FIELDS =
	'id,media_product_type,media_type,media_url,thumbnail_url,permalink,username,text,timestamp,shortcode,is_quote_post,has_replies,alt_text,link_attachment_url,topic_tag,root_post,replied_to,is_reply_owned_by_me,hide_status';
const QUOTA_FIELDS =
	'quota_usage,config,reply_quota_usage,reply_config,delete_quota_usage,delete_config,location_search_quota_usage,location_search_config';

export const threadsOperations: Operation[] = [
	{
		resource: 'post',
		operation: 'delete',
		name: 'Delete',
		action: 'Delete a post',
		description: 'Delete a post of the account',
		onPost: true,
		scope: 'threads_delete',
		run: async (api, { post }) => {
			const id = await idOf(api, post);
			await api.send({ method: 'DELETE', path: `/v1.0/${id}` });
			return { id, deleted: true };
		},
	},
	{
		resource: 'post',
		operation: 'get',
		name: 'Get',
		action: 'Get a post',
		description: 'Get a post by its ID, or one of your own by its URL',
		onPost: true,
		simplify: shortOf,
		run: async (api, { post }) =>
			await api.send({
				path: `/v1.0/${await idOf(api, post)}`,
				query: { fields: POST_FIELDS },
			}),
	},
	{
		resource: 'post',
		operation: 'getAll',
		name: 'Get Many',
		action: 'Get many posts',
		description: 'Get many posts of the account, newest first',
		pageSize: 100,
		simplify: shortOf,
		page: async (api, _input, limit, cursor) =>
			await listed(api, '/v1.0/me/threads', POST_FIELDS, limit, cursor),
	},
	{
		resource: 'reply',
		operation: 'getAll',
		name: 'Get Many',
		action: 'Get many replies',
		description: 'Get many replies to a post of the account, newest first',
		onPost: true,
		scope: 'threads_read_replies',
		pageSize: 100,
		simplify: shortOf,
		page: async (api, { post }, limit, cursor) =>
			await listed(api, `/v1.0/${await idOf(api, post)}/replies`, REPLY_FIELDS, limit, cursor),
	},
	{
		resource: 'account',
		operation: 'publishingLimit',
		name: 'Get Publishing Limit',
		action: 'Get the publishing limit',
		description: 'Get how many posts, replies and deletions are left of the daily limits',
		run: publishingLimit,
	},
];

async function listed(
	api: Api,
	path: string,
	fields: string,
	limit: number,
	cursor?: string,
): Promise<Page> {
	return await pageOf(api, path, fields, limit, cursor);
}

function shortOf(post: IDataObject): IDataObject {
	const { id, permalink, text, timestamp, username, media_type, topic_tag, hide_status } = post;
	return {
		id,
		url: permalink,
		text: text ?? '',
		createdAt: timestamp,
		author: username,
		type: media_type,
		...(topic_tag !== undefined && { topic: topic_tag }),
		...(hide_status !== undefined && { hidden: hide_status }),
	};
}

/** https://developers.facebook.com/docs/threads/troubleshooting */
async function publishingLimit(api: Api): Promise<IDataObject> {
	const { data } = await api.send<{ data?: IDataObject[] }>({
		path: '/v1.0/me/threads_publishing_limit',
		query: { fields: QUOTA_FIELDS },
	});
	const [quota = {}] = data ?? [];
	return {
		posts: leftOf(quota.quota_usage, quota.config),
		replies: leftOf(quota.reply_quota_usage, quota.reply_config),
		deletions: leftOf(quota.delete_quota_usage, quota.delete_config),
		locationSearches: leftOf(quota.location_search_quota_usage, quota.location_search_config),
	};
}

function leftOf(used: unknown, config: unknown): IDataObject {
	const { quota_total, quota_duration } = (config ?? {}) as Record<string, number | undefined>;
	if (quota_total === undefined) return {};
	const spent = Number(used ?? 0);
	return {
		used: spent,
		total: quota_total,
		left: Math.max(0, quota_total - spent),
		windowSeconds: quota_duration,
	};
}
