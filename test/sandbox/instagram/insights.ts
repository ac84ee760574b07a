import type { Call, Reply } from '../kit/types';
import { accountsOf, badParameter, self } from './errors';
import { everyAccount, userId, type Server } from './model';
import { own } from './publish';

/** https://developers.facebook.com/docs/instagram-platform/reference/instagram-media/insights */
const POST =
	'comments follows ig_reels_avg_watch_time ig_reels_video_view_total_time likes navigation profile_activity profile_visits reach reels_skip_rate replies reposts saved shares total_interactions views'.split(
		' ',
	);
const REELS_ONLY = ['ig_reels_avg_watch_time', 'ig_reels_video_view_total_time', 'reels_skip_rate'];
const STORY_ONLY = ['navigation'];
const ACCOUNT =
	'accounts_engaged comments follower_count follows_and_unfollows likes profile_links_taps profile_views reach replies reposts saves shares total_interactions views website_clicks'.split(
		' ',
	);

export function insights(server: Server, call: Call): Reply {
	const { id = '' } = call.params;
	const isUser = id === 'me' || everyAccount(server).some((account) => userId(account) === id);
	return isUser ? ofAccount(server, call) : ofPost(server, call);
}

function metricsOf(call: Call, allowed: string[]): string[] {
	const names = (call.query.get('metric') ?? '').split(',').filter(Boolean);
	if (names.length === 0) badParameter('(#100) The parameter metric is required');
	const unknown = names.find((name) => !allowed.includes(name));
	if (unknown)
		badParameter(`(#100) metric[0] must be one of the following values: ${allowed.join(', ')}`);
	return names;
}

function ofPost(server: Server, call: Call): Reply {
	const { mediaType } = own(server, call, accountsOf(server, call, 'insights'));
	const names = metricsOf(call, POST);
	const wrong = names.find(
		(name) =>
			(REELS_ONLY.includes(name) && mediaType !== 'REELS') ||
			(STORY_ONLY.includes(name) && mediaType !== 'STORIES') ||
			(name === 'saved' && mediaType === 'STORIES'),
	);
	if (wrong)
		badParameter(
			`(#100) The Media Insights API does not support the ${wrong} metric for this media product type.`,
		);
	const data = names.map((name) => ({
		name,
		period: 'lifetime',
		values: [{ value: 3 }],
		title: name,
		description: name,
		id: `${call.params.id}/insights/${name}/lifetime`,
	}));
	return { status: 200, json: { data } };
}

function ofAccount(server: Server, call: Call): Reply {
	const { id = '' } = call.params;
	call.params.user = id;
	self(server, call, 'insights');
	const names = metricsOf(call, ACCOUNT);
	if (call.query.get('period') !== 'day') badParameter('(#100) The parameter period is required');
	const total = call.query.get('metric_type') === 'total_value';
	const series = names.find((name) => !['reach', 'follower_count'].includes(name));
	if (!total && series)
		badParameter(`(#100) The metric ${series} should be specified with metric_type=total_value`);
	const data = names.map((name) => ({
		name,
		period: 'day',
		title: name,
		...(total
			? { total_value: { value: 5 } }
			: { values: [{ value: 5, end_time: '2026-11-20T08:00:00+0000' }] }),
		id: `${id}/insights/${name}/day`,
	}));
	return { status: 200, json: { data } };
}
