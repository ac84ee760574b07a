import { DAY } from '../kit/clock';
import type { Call, Reply, Route } from '../kit/types';
import { route } from '../kit/router';
import { NOT_PERMITTED, problem, user } from './errors';
import { userId, type Server } from './model';
import { visible } from './pins';

const METRICS =
	'IMPRESSION OUTBOUND_CLICK PIN_CLICK SAVE SAVE_RATE TOTAL_COMMENTS TOTAL_REACTIONS USER_FOLLOW PROFILE_VISIT VIDEO_MRC_VIEW VIDEO_10S_VIEW QUARTILE_95_PERCENT_VIEW VIDEO_V50_WATCH_TIME VIDEO_START VIDEO_AVG_WATCH_TIME'.split(
		' ',
	);
const WRONG = problem(400, 400, 'Invalid pins analytics parameters.');

export function readRoutes(server: Server): Route[] {
	return [
		route('me', 'GET', '/v5/user_account', (call) => me(server, call)),
		route('analytics', 'GET', '/v5/pins/:pin/analytics', (call) => analytics(server, call)),
	];
}

function me(server: Server, call: Call): Reply {
	const account = user(server, call, ['user_accounts:read']);
	const { world } = server;
	return {
		status: 200,
		json: {
			id: userId(account),
			username: account,
			account_type: 'BUSINESS',
			business_name: account,
			profile_image: `${server.url}/i/${account}.jpg`,
			website_url: '',
			about: '',
			board_count: world.boards.filter((board) => board.account === account).length,
			pin_count: world.posts.filter((pin) => pin.account === account).length,
			follower_count: 10,
			following_count: 0,
			monthly_views: 163,
		},
	};
}

/** Only production has analytics. */
function analytics(server: Server, call: Call): Reply {
	visible(server, call);
	if (server.environment === 'sandbox') return NOT_PERMITTED;
	const { query } = call;
	const [start, end] = ['start_date', 'end_date'].map((name) => day(query.get(name)));
	const metrics = (query.get('metric_types') ?? '').split(',').filter(Boolean);
	const known = metrics.length > 0 && metrics.every((metric) => METRICS.includes(metric));
	const oldest = server.clock.now() - 91 * DAY;
	if (!known || !start || !end || start > end || start < oldest) return WRONG;
	const values = Object.fromEntries(metrics.map((metric, index) => [metric, index + 1]));
	const days = Math.round((end - start) / DAY) + 1;
	const daily_metrics = Array.from({ length: days }, (_none, index) => ({
		date: new Date(start + index * DAY).toISOString().slice(0, 10),
		data_status: 'READY',
		metrics: values,
	}));
	const lifetime_metrics = { TOTAL_COMMENTS: 0, TOTAL_REACTIONS: 2 };
	return {
		status: 200,
		json: { all: { daily_metrics, lifetime_metrics, summary_metrics: values } },
	};
}

function day(given: string | null): number | undefined {
	if (!/^\d{4}-\d{2}-\d{2}$/.test(given ?? '')) return undefined;
	const time = Date.parse(`${given}T00:00:00Z`);
	return Number.isNaN(time) ? undefined : time;
}
