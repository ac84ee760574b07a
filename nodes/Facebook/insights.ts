import type { IDataObject, INodeProperties } from 'n8n-workflow';

import { unixOf } from '../Meta/times';
import type { Api, Request } from '../shared/contract/api';
import type { Operation } from '../shared/contract/operation';
import { postIdOf } from './address';
import { on, placeOf } from './place';

/**
 * Metrics that remain after the removals of November 2025 and June 2026:
 * https://developers.facebook.com/docs/platforminsights/page/deprecated-metrics
 */
const PAGE_METRICS =
	'page_media_view,page_total_media_view_unique,page_post_engagements,page_follows';
const POST_METRICS =
	'post_media_view,post_total_media_view_unique,post_reactions_by_type_total,post_clicks';

function metricsField(usual: string): INodeProperties {
	return {
		displayName: 'Metrics',
		name: 'metrics',
		type: 'string',
		default: usual,
		description:
			'Names of metrics, separated by commas. For a video or Reel, empty gives all that there are.',
	};
}

function timeField(displayName: string, name: string, description: string): INodeProperties {
	return { displayName, name, type: 'dateTime', default: '', description };
}

export const insightOperations: Operation[] = [
	{
		resource: 'post',
		operation: 'getInsights',
		name: 'Get Insights',
		action: 'Get the insights of a post',
		description: 'Get the metrics of a post, video or Reel of a Page',
		onTarget: true,
		onPost: true,
		fields: [metricsField(POST_METRICS)],
		scope: 'read_insights',
		run: async (api, { target, post, metrics }) => {
			const place = await placeOf(api, target);
			const id = await postIdOf(api, place, post);
			const video = !id.includes('_');
			// Videos do not have the metrics of posts.
			const metric = video && metrics === POST_METRICS ? undefined : metrics || undefined;
			const path = `/${id}/${video ? 'video_insights' : 'insights'}`;
			return await metricsOf(api, { ...on(api, place, path), query: { metric } }, id);
		},
	},
	{
		resource: 'page',
		operation: 'getInsights',
		name: 'Get Insights',
		action: 'Get the insights of a Page',
		description: 'Get the metrics of a Page over time',
		onTarget: true,
		fields: [
			{ ...metricsField(PAGE_METRICS), required: true },
			{
				displayName: 'Period',
				name: 'period',
				type: 'options',
				options: [
					{ name: '28 Days', value: 'days_28' },
					{ name: 'Day', value: 'day' },
					{ name: 'Week', value: 'week' },
				],
				default: 'day',
				description: 'Over which time each value is summed up',
			},
			timeField('Since', 'since', 'Beginning of the time to look at'),
			timeField('Until', 'until', 'End of the time to look at'),
		],
		scope: 'read_insights',
		run: async (api, { target, metrics, period, since, until }) => {
			const times = {
				since: unixOf('facebook', 'Since', since),
				until: unixOf('facebook', 'Until', until),
			};
			const place = await placeOf(api, target);
			const query = { metric: metrics, period, ...times };
			const request = { ...on(api, place, `/${place.page}/insights`), query };
			return await metricsOf(api, request, place.page);
		},
	},
];

/** Returns only the values, because the links to earlier and later values contain the token. */
async function metricsOf(api: Api, request: Request, id: string): Promise<IDataObject> {
	const { data = [] } = await api.send<{ data?: IDataObject[] }>(request);
	const metrics = data.map(({ name, period, values, title, description }) => ({
		metric: name,
		period,
		values,
		title,
		description,
	}));
	return { id, metrics };
}
