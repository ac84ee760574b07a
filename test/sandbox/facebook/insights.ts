import { refuse, type Call, type Reply } from '../kit/types';
import { asPage, bearer, graphError, missingObject } from '../graph';
import type { Server } from './model';

const PAGE =
	'page_media_view page_total_media_view_unique page_post_engagements page_follows page_daily_follows page_daily_unfollows page_views_total page_actions_post_reactions_total page_video_views'.split(
		' ',
	);
const POST =
	'post_media_view post_total_media_view_unique post_reactions_by_type_total post_clicks post_clicks_by_type post_video_views'.split(
		' ',
	);
const VIDEO =
	'total_video_views total_video_avg_time_watched blue_reels_play_count fb_reels_total_plays post_video_view_time'.split(
		' ',
	);
const PERIODS = ['day', 'days_28', 'lifetime', 'month', 'total_over_range', 'week'];

/** Page metrics by day, those of posts over their lifetime; removed metrics are refused. */
export function insights(server: Server, call: Call, of: 'any' | 'video'): Reply {
	const id = call.params.id!;
	const { state, url } = server;
	const isPage = state.pages.some((page) => page.id === id);
	const post = state.posts.find((one) => one.id === id);
	const video = state.videos.find((one) => one.id === id);
	const page = isPage ? id : of === 'video' ? video?.page : post?.page;
	if (!page) return missingObject(id, 'GET');
	asPage(server, { ...call, params: { page } }, 'read_insights', 'pages_read_engagement');
	const known = of === 'video' ? VIDEO : isPage ? PAGE : POST;
	const given = call.query.get('metric');
	const metrics = given ? given.replace(/[[\]"]/g, '').split(',') : known;
	const period = call.query.get('period') ?? (isPage ? 'day' : 'lifetime');
	if (metrics.some((metric) => !known.includes(metric.trim())) || !PERIODS.includes(period))
		refuse(
			graphError({
				code: 100,
				message: '(#100) The value must be a valid insights metric',
			}),
		);
	const link = `${url}/v26.0${call.path}?access_token=${bearer(call)}&since=1&until=2`;
	const data = metrics.map((name) => ({
		name: name.trim(),
		period,
		values: [{ value: 3, ...(isPage && { end_time: '2026-11-21T08:00:00+0000' }) }],
		title: name.trim(),
		description: '',
		id: `${id}/insights/${name.trim()}/${period}`,
	}));
	return { status: 200, json: { data, paging: { previous: link, next: link } } };
}
