import type { IDataObject, INodeProperties } from 'n8n-workflow';

import type { Api } from '../shared/contract/api';
import type { Operation } from '../shared/contract/operation';
import { refuse } from '../shared/errors/failure';
import { SECOND } from '../shared/units';
import { given, languageField, sensitiveField, warningField } from './options';
import { pageOf } from './pages';
import { scheduledId, statusId, statusPath } from './refs';
import { plainText } from './text';

const SCHEDULED = '/api/v1/scheduled_statuses';

const newTextField: INodeProperties = {
	displayName: 'Text',
	name: 'text',
	type: 'string',
	typeOptions: { rows: 4 },
	default: '',
	description: 'New text. Leave empty to keep the present one.',
};

const changesField: INodeProperties = {
	displayName: 'Changes',
	name: 'changes',
	type: 'collection',
	placeholder: 'Add Change',
	default: {},
	description: 'Fields to change. All others stay as they are.',
	options: [warningField, languageField, sensitiveField],
};

const boostsField: INodeProperties = {
	displayName: 'Include Boosts',
	name: 'boosts',
	type: 'boolean',
	default: false,
	description: 'Whether to include posts that the account boosted',
};

const repliesField: INodeProperties = {
	displayName: 'Include Replies',
	name: 'replies',
	type: 'boolean',
	default: true,
	description: 'Whether to include posts that reply to others',
};

const scheduledField: INodeProperties = {
	displayName: 'Scheduled Post ID',
	name: 'scheduledId',
	type: 'string',
	default: '',
	required: true,
	description: 'ID from the result of publishing, or from Get Many',
};

export const mastodonOperations: Operation[] = [
	{
		resource: 'post',
		operation: 'boost',
		name: 'Boost',
		action: 'Boost a post',
		description: 'Share a post with the followers of the account',
		onPost: true,
		simplify: shortOf,
		run: async (api, { post }) => await act(api, post, 'reblog'),
	},
	{
		resource: 'post',
		operation: 'delete',
		name: 'Delete',
		action: 'Delete a post',
		description: 'Delete a post of the account with its media',
		onPost: true,
		run: async (api, { post }) => {
			const id = await statusId(api, post);
			await api.send({ method: 'DELETE', path: statusPath(id), query: { delete_media: true } });
			return { id, deleted: true };
		},
	},
	{
		resource: 'post',
		operation: 'edit',
		name: 'Edit',
		action: 'Edit a post',
		description: 'Change the text, content warning or language of a post. Media and poll stay.',
		onPost: true,
		fields: [newTextField, changesField],
		simplify: shortOf,
		run: edit,
	},
	{
		resource: 'post',
		operation: 'get',
		name: 'Get',
		action: 'Get a post',
		description: 'Get a post by its URL or ID',
		onPost: true,
		simplify: shortOf,
		run: async (api, { post }) => await api.send({ path: statusPath(await statusId(api, post)) }),
	},
	{
		resource: 'post',
		operation: 'getAll',
		name: 'Get Many',
		action: 'Get many posts',
		description: 'Get many posts of the account, newest first',
		fields: [boostsField, repliesField],
		pageSize: 40,
		simplify: shortOf,
		page: async (api, { boosts, replies }, limit, cursor) => {
			const { id } = await api.account();
			return await pageOf(api, `/api/v1/accounts/${encodeURIComponent(id)}/statuses`, {
				limit,
				max_id: cursor,
				exclude_reblogs: boosts ? undefined : true,
				exclude_replies: replies === false ? true : undefined,
			});
		},
	},
	{
		resource: 'post',
		operation: 'unboost',
		name: 'Undo Boost',
		action: 'Undo a boost',
		description: 'Remove the boost of a post',
		onPost: true,
		simplify: shortOf,
		run: async (api, { post }) => await act(api, post, 'unreblog'),
	},
	{
		resource: 'scheduledPost',
		operation: 'delete',
		name: 'Cancel',
		action: 'Cancel a scheduled post',
		description: 'Delete a scheduled post before it is published',
		fields: [scheduledField],
		run: async (api, input) => {
			const id = scheduledId(input.scheduledId);
			await api.send({ method: 'DELETE', path: `${SCHEDULED}/${encodeURIComponent(id)}` });
			return { id, deleted: true };
		},
	},
	{
		resource: 'scheduledPost',
		operation: 'getAll',
		name: 'Get Many',
		action: 'Get many scheduled posts',
		description: 'Get many posts that the server will publish later',
		pageSize: 40,
		simplify: shortOfScheduled,
		page: async (api, _input, limit, cursor) =>
			await pageOf(api, SCHEDULED, { limit, max_id: cursor }),
	},
];

/**
 * Boosts or unboosts a post; a second request changes nothing:
 * https://docs.joinmastodon.org/methods/statuses#boost
 */
async function act(api: Api, post: unknown, what: 'reblog' | 'unreblog'): Promise<IDataObject> {
	const path = `${statusPath(await statusId(api, post))}/${what}`;
	return await api.send({ method: 'POST', path, repeatable: true });
}

interface Status extends IDataObject {
	sensitive?: boolean;
	language?: string | null;
	media_attachments?: Array<{ id: string }>;
	poll?: Poll | null;
}

interface Poll extends IDataObject {
	expires_at?: string | null;
	multiple?: boolean;
	options: Array<{ title: string; votes_count: number | null }>;
}

/** Edits a post. An edit replaces the whole post, so unchanged parts are sent again. */
async function edit(api: Api, input: IDataObject): Promise<IDataObject> {
	const path = statusPath(await statusId(api, input.post));
	const status = await api.send<Status>({ path });
	const source = await api.send<{ text?: string; spoiler_text?: string }>({
		path: `${path}/source`,
	});
	const { contentWarning, language, sensitive } = (input.changes ?? {}) as IDataObject;
	return await api.send({
		method: 'PUT',
		path,
		body: {
			status: String(input.text || source.text || ''),
			spoiler_text: contentWarning ?? source.spoiler_text ?? '',
			sensitive: sensitive ?? status.sensitive ?? false,
			...given({ language: language || status.language || undefined }),
			media_ids: (status.media_attachments ?? []).map(({ id }) => id),
			...(status.poll && { poll: samePoll(status.poll) }),
		},
	});
}

/** Returns the unchanged poll. Its end can only be given as time from now. */
function samePoll({ options, multiple, expires_at }: Poll): IDataObject {
	const seconds = Math.round((Date.parse(expires_at ?? '') - Date.now()) / SECOND);
	if (!(seconds > 0)) {
		return refuse({
			code: 'validation_failed',
			platform: 'mastodon',
			rule: 'mastodon.edit.poll',
			message: 'A post whose poll is over cannot be edited without losing the poll',
			remediation: 'Write a new post instead.',
		});
	}
	return {
		options: options.map(({ title }) => title),
		expires_in: seconds,
		multiple: multiple ?? false,
		hide_totals: options.some(({ votes_count }) => votes_count === null),
	};
}

function shortOf(status: IDataObject): IDataObject {
	const { reblog, poll } = status as { reblog?: IDataObject; poll?: IDataObject };
	const { spoiler_text, language, in_reply_to_id } = status;
	return {
		id: status.id,
		url: status.url ?? status.uri,
		text: plainText(String(reblog?.content ?? status.content ?? '')).trim(),
		createdAt: status.created_at,
		visibility: status.visibility,
		...given({ contentWarning: spoiler_text, language: language ?? undefined }),
		...given({ replyTo: in_reply_to_id ?? undefined, boostOf: reblog?.id }),
		...(poll && { poll }),
		replies: status.replies_count ?? 0,
		boosts: status.reblogs_count ?? 0,
		favourites: status.favourites_count ?? 0,
	};
}

function shortOfScheduled({ id, scheduled_at, params }: IDataObject): IDataObject {
	const { text, visibility } = (params ?? {}) as IDataObject;
	return { id, text, scheduledAt: scheduled_at, ...given({ visibility: visibility ?? undefined }) };
}
