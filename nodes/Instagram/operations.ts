import type { IDataObject, INodeProperties } from 'n8n-workflow';

import { pageOf } from '../Meta/listing';
import { at } from '../Meta/request';
import type { Api } from '../shared/contract/api';
import type { Operation, Page } from '../shared/contract/operation';
import { refuse } from '../shared/errors/failure';
import { idOf } from './address';
import { commentOperations } from './comments';
import { insightOperations } from './insights';
import { accountsOf, byFacebook, placeOf } from './place';
import { facebookScopes } from './scopes';

const FIELDS =
	'id,caption,media_type,media_product_type,media_url,thumbnail_url,permalink,shortcode,timestamp,username,alt_text,like_count,comments_count,is_comment_enabled,is_shared_to_feed,children{id,media_type,media_url}';
const DELETING = 'https://developers.facebook.com/documentation/instagram-platform/changelog';

const listField: INodeProperties = {
	displayName: 'List',
	name: 'list',
	type: 'options',
	options: [
		{ name: 'Posts and Reels', value: 'media' },
		{ name: 'Stories', value: 'stories', description: 'Those of the last 24 hours' },
	],
	default: 'media',
	description: 'What to list',
};

export const instagramOperations: Operation[] = [
	{
		resource: 'post',
		operation: 'delete',
		name: 'Delete',
		action: 'Delete a post',
		description: 'Delete a post of the account; only with Facebook Login',
		onTarget: true,
		onPost: true,
		scope: facebookScopes.extended[2],
		run: remove,
	},
	{
		resource: 'post',
		operation: 'get',
		name: 'Get',
		action: 'Get a post',
		description: 'Get a post of the account by its ID or URL',
		onTarget: true,
		onPost: true,
		simplify: shortOf,
		run: async (api, { post, target }) =>
			await api.send({
				path: at(api, `/${await idOf(api, post, target)}`),
				query: { fields: FIELDS },
			}),
	},
	{
		resource: 'post',
		operation: 'getAll',
		name: 'Get Many',
		action: 'Get many posts',
		description: 'Get many posts of the account, newest first',
		onTarget: true,
		fields: [listField],
		pageSize: 100,
		simplify: shortOf,
		page: ownPosts,
	},
	...insightOperations,
	...commentOperations,
	{
		resource: 'account',
		operation: 'getAll',
		name: 'Get Many',
		action: 'Get many accounts',
		description: 'Get many professional accounts that the connection reaches',
		pageSize: 100,
		page: async (api) => ({ items: (await accountsOf(api)).map((one) => ({ ...one })) }),
	},
	{
		resource: 'account',
		operation: 'publishingLimit',
		name: 'Get Publishing Limit',
		action: 'Get the publishing limit',
		description: 'Get how many posts are left of the daily limit',
		onTarget: true,
		run: publishingLimit,
	},
];

async function remove(api: Api, { post, target }: IDataObject): Promise<IDataObject> {
	if (!byFacebook(api)) {
		return refuse({
			code: 'platform_rejected',
			platform: 'instagram',
			rule: 'instagram.delete.login',
			message: 'Instagram deletes posts only for connections by Facebook Login.',
			remediation:
				'Delete the post in the app, or connect the account by Facebook Login with instagram_manage_contents.',
			docUrl: DELETING,
		});
	}
	const id = await idOf(api, post, target);
	await api.send({ method: 'DELETE', path: at(api, `/${id}`) });
	return { id, deleted: true };
}

async function ownPosts(
	api: Api,
	{ target, list }: IDataObject,
	limit: number,
	cursor?: string,
): Promise<Page> {
	const { id } = await placeOf(api, target);
	const edge = list === 'stories' ? 'stories' : 'media';
	const request = { path: at(api, `/${id}/${edge}`), query: { fields: FIELDS } };
	return await pageOf(api, request, limit, cursor);
}

function shortOf(post: IDataObject): IDataObject {
	const { id, permalink, caption, timestamp, username, media_type, media_product_type } = post;
	return {
		id,
		url: permalink,
		text: caption ?? '',
		createdAt: timestamp,
		author: username,
		type: media_product_type === 'REELS' ? 'REEL' : media_type,
		likes: post.like_count,
		comments: post.comments_count,
	};
}

/** https://developers.facebook.com/documentation/instagram-platform/instagram-graph-api/reference/ig-user/content_publishing_limit */
async function publishingLimit(api: Api, { target }: IDataObject): Promise<IDataObject> {
	const account = await placeOf(api, target);
	const { data = [] } = await api.send<{ data?: IDataObject[] }>({
		path: at(api, `/${account.id}/content_publishing_limit`),
		query: { fields: 'quota_usage,config' },
	});
	const [{ quota_usage, config } = {} as IDataObject] = data;
	const { quota_total, quota_duration } = (config ?? {}) as Record<string, number | undefined>;
	const used = Number(quota_usage ?? 0);
	return {
		account: { ...account },
		used,
		...(quota_total !== undefined && {
			total: quota_total,
			left: Math.max(0, quota_total - used),
			windowSeconds: quota_duration,
		}),
	};
}
