import type { IDataObject, INodeProperties } from 'n8n-workflow';

import { at } from '../Meta/request';
import { unixOf } from '../Meta/times';
import type { Api } from '../shared/contract/api';
import type { Operation } from '../shared/contract/operation';
import { idOf } from './address';
import { placeOf } from './place';
import { scopes } from './scopes';

const [, scope] = scopes.extended;

/** Shows metrics by their API names. */
const choices = (...names: string[]) => names.map((value) => ({ name: value, value }));

const postMetrics: INodeProperties = {
	displayName: 'Metrics',
	name: 'metrics',
	type: 'multiOptions',
	options: choices(
		'comments',
		'follows',
		'ig_reels_avg_watch_time',
		'ig_reels_video_view_total_time',
		'likes',
		'navigation',
		'profile_activity',
		'profile_visits',
		'reach',
		'reels_skip_rate',
		'replies',
		'reposts',
		'saved',
		'shares',
		'total_interactions',
		'views',
	),
	default: ['comments', 'likes', 'reach', 'shares', 'total_interactions', 'views'],
	required: true,
	description: 'Those that begin with ig_reels or reels are for Reels, navigation is for stories',
};

const accountMetrics: INodeProperties = {
	displayName: 'Metrics',
	name: 'metrics',
	type: 'multiOptions',
	options: choices(
		'accounts_engaged',
		'comments',
		'follows_and_unfollows',
		'likes',
		'profile_links_taps',
		'reach',
		'replies',
		'reposts',
		'saves',
		'shares',
		'total_interactions',
		'views',
	),
	default: ['accounts_engaged', 'reach', 'total_interactions', 'views'],
	required: true,
	description: 'What to count, in total for the days chosen',
};

function dayField(displayName: string, name: string, description: string): INodeProperties {
	return { displayName, name, type: 'dateTime', default: '', description };
}

/** https://developers.facebook.com/documentation/instagram-platform/insights */
export const insightOperations: Operation[] = [
	{
		resource: 'post',
		operation: 'insights',
		name: 'Get Insights',
		action: 'Get the insights of a post',
		description: 'Get how often a post of the account was seen, liked, shared and so on',
		onTarget: true,
		onPost: true,
		scope,
		fields: [postMetrics],
		simplify: totals,
		run: async (api, { post, target, metrics }) =>
			await insights(api, await idOf(api, post, target), { metric: joined(metrics) }),
	},
	{
		resource: 'account',
		operation: 'insights',
		name: 'Get Insights',
		action: 'Get the insights of the account',
		description: 'Get how many accounts were reached, and what they did',
		onTarget: true,
		scope,
		fields: [
			accountMetrics,
			dayField('Since', 'since', 'First day to count; the API’s own default if left out'),
			dayField('Until', 'until', 'Last day to count'),
		],
		simplify: totals,
		run: async (api, { target, metrics, since, until }) => {
			const days = { since: dayIn('Since', since), until: dayIn('Until', until) };
			const { id } = await placeOf(api, target);
			const total = { period: 'day', metric_type: 'total_value' };
			return await insights(api, id, { metric: joined(metrics), ...total, ...days });
		},
	},
];

async function insights(api: Api, id: string, query: IDataObject): Promise<IDataObject> {
	const { data = [] } = await api.send<{ data?: IDataObject[] }>({
		path: at(api, `/${id}/insights`),
		query,
	});
	return { id, data };
}

function joined(metrics: unknown): string {
	return (metrics as string[]).join(',');
}

function dayIn(field: string, given: unknown): number | undefined {
	return unixOf('instagram', field, given);
}

interface Metric {
	name: string;
	values?: Array<{ value?: unknown }>;
	total_value?: { value?: unknown };
}

function totals({ id, data }: IDataObject): IDataObject {
	const metrics = (data ?? []) as unknown as Metric[];
	const values = metrics.map(({ name, values: [first] = [], total_value }) => [
		name,
		total_value?.value ?? first?.value ?? null,
	]);
	return { id, ...(Object.fromEntries(values) as IDataObject) };
}
