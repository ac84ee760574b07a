import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { DateTime } from 'luxon';

import type { Api } from '../shared/contract/api';
import type { Operation } from '../shared/contract/operation';
import type { PostOption } from '../shared/contract/postOption';
import { refuse } from '../shared/errors/failure';
import { boardId, pinId, pinUrl, sectionId } from './address';
import { listed, PAGE } from './listing';
import { words } from './options';
import { shortPin } from './pin';

const DAYS = 30;

const metrics = (names: Record<string, string>) =>
	Object.entries(names).map(([value, name]) => ({ name, value }));

const metricField: INodeProperties = {
	displayName: 'Metrics',
	name: 'metrics',
	type: 'multiOptions',
	options: metrics({
		TOTAL_COMMENTS: 'Comments',
		IMPRESSION: 'Impressions',
		OUTBOUND_CLICK: 'Outbound Clicks',
		PIN_CLICK: 'Pin Clicks',
		PROFILE_VISIT: 'Profile Visits',
		TOTAL_REACTIONS: 'Reactions',
		SAVE_RATE: 'Save Rate',
		SAVE: 'Saves',
		USER_FOLLOW: 'User Follows',
		VIDEO_10S_VIEW: 'Video: 10-Second Plays',
		QUARTILE_95_PERCENT_VIEW: 'Video: 95% Played',
		VIDEO_AVG_WATCH_TIME: 'Video: Average Play Time',
		VIDEO_START: 'Video: Starts',
		VIDEO_V50_WATCH_TIME: 'Video: Total Play Time',
		VIDEO_MRC_VIEW: 'Video: Views',
	}),
	default: ['IMPRESSION', 'PIN_CLICK', 'OUTBOUND_CLICK', 'SAVE'],
	required: true,
	description: 'What to count, as far as Pinterest counts it for the kind of Pin',
};

const periodFields: INodeProperties[] = [
	{
		displayName: 'From',
		name: 'from',
		type: 'dateTime',
		default: '',
		description: `First day, in UTC and at most 90 days ago. Empty for ${DAYS} days before the last one.`,
	},
	{
		displayName: 'To',
		name: 'to',
		type: 'dateTime',
		default: '',
		description: 'Last day, in UTC. Empty for today.',
	},
];

const changes: PostOption[] = [
	{ displayName: 'Alt Text', name: 'altText', type: 'string', default: '' },
	{
		displayName: 'Board ID',
		name: 'board',
		type: 'string',
		deciding: true,
		default: '',
		description: 'Board to move the Pin to',
	},
	{
		displayName: 'Board Section ID',
		name: 'section',
		type: 'string',
		deciding: true,
		default: '',
		description: 'Section to move the Pin to',
	},
	...words,
];

const changesField: INodeProperties = {
	displayName: 'Changes',
	name: 'changes',
	type: 'collection',
	placeholder: 'Add Change',
	default: {},
	options: changes,
};

export const pinOperations: Operation[] = [
	{
		resource: 'post',
		operation: 'analytics',
		name: 'Get Analytics',
		action: 'Get analytics of a post',
		description: 'Get how often a Pin was seen, clicked and saved, day by day and in sum',
		onPost: true,
		fields: [metricField, ...periodFields],
		run: analytics,
	},
	{
		resource: 'post',
		operation: 'delete',
		name: 'Delete',
		action: 'Delete a post',
		description: 'Delete a Pin of the account',
		onPost: true,
		run: async (api, { post }) => {
			const id = pinId(post);
			await api.send({ method: 'DELETE', path: `/v5/pins/${id}` });
			return { id, deleted: true };
		},
	},
	{
		resource: 'post',
		operation: 'get',
		name: 'Get',
		action: 'Get a post',
		description: 'Get a Pin by its URL or ID',
		onPost: true,
		simplify: shortPin,
		run: async (api, { post }) => await api.send({ path: `/v5/pins/${pinId(post)}` }),
	},
	{
		resource: 'post',
		operation: 'getAll',
		name: 'Get Many',
		action: 'Get many posts',
		description: 'Get many Pins of the account, on all boards',
		pageSize: PAGE,
		simplify: shortPin,
		page: async (api, _input, limit, cursor) => await listed(api, '/v5/pins', limit, cursor),
	},
	{
		resource: 'post',
		operation: 'update',
		name: 'Update',
		action: 'Update a post',
		description: 'Change texts, link or board of a Pin, which Pinterest does not offer to all apps',
		onPost: true,
		fields: [changesField],
		simplify: shortPin,
		run: async (api, { post, changes }) =>
			await api.send({
				method: 'PATCH',
				path: `/v5/pins/${pinId(post)}`,
				body: changesOf((changes ?? {}) as IDataObject),
				repeatable: true,
			}),
	},
];

function changesOf({ altText, board, section, ...texts }: IDataObject): IDataObject {
	const body = {
		...texts,
		...(altText !== undefined && { alt_text: altText }),
		...(board && { board_id: boardId(board) }),
		...(section && { board_section_id: sectionId(section) }),
	};
	if (Object.keys(body).length > 0) return body;
	return refuse({
		code: 'validation_failed',
		platform: 'pinterest',
		rule: 'pinterest.update.empty',
		message: 'No change is chosen',
	});
}

async function analytics(api: Api, input: IDataObject): Promise<IDataObject> {
	const id = pinId(input.post);
	const end = dayOf('To', input.to) ?? DateTime.utc();
	const start = dayOf('From', input.from) ?? end.minus({ days: DAYS });
	const { all } = await api.send<{ all?: IDataObject }>({
		path: `/v5/pins/${id}/analytics`,
		query: {
			start_date: start.toISODate(),
			end_date: end.toISODate(),
			metric_types: (input.metrics as string[]).join(','),
		},
	});
	return { id, url: pinUrl(api, id), ...all };
}

/** Undefined where the field is empty. */
function dayOf(field: string, given: unknown): DateTime | undefined {
	if (!given) return undefined;
	const day = DateTime.fromISO(String(given), { zone: 'utc' });
	return day.isValid ? day : refuseDate(field, String(given));
}

function refuseDate(field: string, given: string): never {
	return refuse({
		code: 'validation_failed',
		platform: 'pinterest',
		rule: 'pinterest.analytics.date',
		message: `${field} is "${given}", which is not a date`,
		remediation: 'Give a date such as 2026-11-01, or leave the field empty.',
	});
}
