import type { IDataObject } from 'n8n-workflow';

import { pageOf } from '../Meta/listing';
import type { Api } from '../shared/contract/api';
import type { Operation, Page } from '../shared/contract/operation';
import { textField } from '../shared/editor/fields';
import { refuse } from '../shared/errors/failure';
import { noTime, scheduleProblems } from '../shared/publish/fieldProblems';
import { problemsOf } from '../shared/publish/problems';
import { unfit } from '../shared/publish/unfit';
import { timeIn } from '../shared/publish/postFields';
import { postIdOf } from './address';
import { commentOperations } from './comments';
import { insightOperations } from './insights';
import { unixOf } from './options';
import { allPages, on, placeOf } from './place';
import { AHEAD } from './rules';

/** Videos and Reels lack most of these fields; they are read with VIDEO_FIELDS. */
const POST_FIELDS =
	'id,message,permalink_url,created_time,updated_time,is_published,is_hidden,status_type,scheduled_publish_time,shares,from{id,name},attachments{media_type,title,url,target,subattachments}';
const VIDEO_FIELDS =
	'id,title,description,permalink_url,created_time,updated_time,published,scheduled_publish_time,length,post_id,status,from{id,name}';

const pageOperations: Operation[] = [
	{
		resource: 'page',
		operation: 'getAll',
		name: 'Get Many',
		action: 'Get many Pages',
		description: 'Get many Pages of the account, those of its business portfolios too',
		pageSize: 100,
		page: async (api) => ({ items: await allPages(api) }),
	},
];

const postOperations: Operation[] = [
	{
		resource: 'post',
		operation: 'delete',
		name: 'Delete',
		action: 'Delete a post',
		description: 'Delete a post, video or Reel of a Page',
		onTarget: true,
		onPost: true,
		run: async (api, { target, post }) => {
			const place = await placeOf(api, target);
			const id = await postIdOf(api, place, post);
			await api.send({ ...on(api, place, `/${id}`), method: 'DELETE' });
			return { id, deleted: true };
		},
	},
	{
		resource: 'post',
		operation: 'get',
		name: 'Get',
		action: 'Get a post',
		description: 'Get a post, video or Reel of a Page',
		onTarget: true,
		onPost: true,
		simplify: shortOf,
		run: async (api, { target, post }) => {
			const place = await placeOf(api, target);
			const id = await postIdOf(api, place, post);
			const fields = isPost(id) ? POST_FIELDS : VIDEO_FIELDS;
			return await api.send({ ...on(api, place, `/${id}`), query: { fields } });
		},
	},
	{
		resource: 'post',
		operation: 'getAll',
		name: 'Get Many',
		action: 'Get many posts',
		description: 'Get many posts of a Page, newest first',
		onTarget: true,
		fields: [
			{
				displayName: 'Show',
				name: 'show',
				type: 'options',
				options: [
					{ name: 'Published', value: 'published_posts' },
					{ name: 'Published and Unpublished', value: 'feed' },
					{ name: 'Scheduled', value: 'scheduled_posts' },
				],
				default: 'published_posts',
				description: 'Which posts to get',
			},
		],
		pageSize: 100,
		simplify: shortOf,
		page: listPosts,
	},
	{
		resource: 'post',
		operation: 'update',
		name: 'Update',
		action: 'Update a post',
		description: 'Change the text or the time of a post that this app made, or publish it now',
		onTarget: true,
		onPost: true,
		fields: [
			{ ...textField, description: 'The new text; empty leaves it as it is' },
			{
				displayName: 'Schedule For',
				name: 'scheduleFor',
				type: 'dateTime',
				deciding: true,
				default: '',
				description: 'New time of a scheduled post; empty leaves it as it is',
			},
			{
				displayName: 'Publish Now',
				name: 'publishNow',
				type: 'boolean',
				default: false,
				description: 'Whether to publish a scheduled post or a draft at once',
			},
		],
		run: updatePost,
	},
];

export const facebookOperations: Operation[] = [
	...postOperations,
	...commentOperations,
	...insightOperations,
	...pageOperations,
];

/** The post picker passes no `show`. */
async function listPosts(
	api: Api,
	{ target, show }: IDataObject,
	limit: number,
	cursor?: string,
): Promise<Page> {
	const place = await placeOf(api, target);
	const edge = String(show ?? 'published_posts');
	const request = {
		...on(api, place, `/${place.page}/${edge}`),
		query: { fields: POST_FIELDS },
	};
	return await pageOf(api, request, limit, cursor);
}

async function updatePost(api: Api, input: IDataObject): Promise<IDataObject> {
	const { text, scheduleFor, publishNow } = input;
	const time = newTime(scheduleFor);
	const place = await placeOf(api, input.target);
	const id = await postIdOf(api, place, input.post);
	const form = {
		...(text && { [isPost(id) ? 'message' : 'description']: text }),
		...(time !== undefined && { scheduled_publish_time: time }),
		...(publishNow && { [isPost(id) ? 'is_published' : 'published']: true }),
	};
	if (Object.keys(form).length === 0) return refuseNothing();
	await api.send({ ...on(api, place, `/${id}`), method: 'POST', form, repeatable: true });
	return { id, updated: true };
}

function newTime(given: unknown): number | undefined {
	if (!given) return undefined;
	const scheduledAt = timeIn(given);
	const problems = Number.isNaN(scheduledAt)
		? noTime('facebook', given)
		: scheduleProblems(problemsOf('facebook'), { scheduledAt }, { ahead: AHEAD });
	return problems.length > 0 ? refuse(unfit({ id: 'facebook' }, problems)) : unixOf(scheduledAt);
}

function refuseNothing(): never {
	return refuse({
		code: 'validation_failed',
		platform: 'facebook',
		rule: 'facebook.update.nothing',
		message: 'There is nothing to change: text, time and Publish Now are empty',
	});
}

/** A post's ID starts with its Page's ID and `_`; a video's ID does not. */
function isPost(id: string): boolean {
	return id.includes('_');
}

function shortOf(post: IDataObject): IDataObject {
	const { id, permalink_url, message, description, created_time, scheduled_publish_time } = post;
	const { is_published = post.published, status_type, shares } = post;
	return {
		id,
		url: permalink_url,
		text: message ?? description ?? '',
		createdAt: created_time,
		published: is_published,
		...(status_type !== undefined && { type: status_type }),
		...(scheduled_publish_time !== undefined && { scheduledFor: scheduled_publish_time }),
		...(shares !== undefined && { shares: (shares as IDataObject).count }),
	};
}
