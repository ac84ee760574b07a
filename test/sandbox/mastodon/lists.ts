import type { Call, Reply, Route } from '../kit/types';
import { route } from '../kit/router';
import { accountEntity, accountId, boostEntity, scheduledEntity, statusEntity } from './entities';
import { paged, visible } from './lookup';
import type { Boost, Scheduled, Status } from './model';
import { checkedSchedule } from './rules';
import { NOT_FOUND, failure, flag, input, refuseWith, user, viewer, type Server } from './server';

export function listRoutes(server: Server): Route[] {
	const { dialect } = server.settings;
	const scheduled = '/api/v1/scheduled_statuses';
	const routes = [
		route('me', 'GET', '/api/v1/accounts/verify_credentials', (call) => me(server, call)),
		route('list', 'GET', '/api/v1/accounts/:id/statuses', (call) => ownPosts(server, call)),
		route('scheduled.list', 'GET', scheduled, (call) => scheduledList(server, call)),
		route('scheduled.get', 'GET', `${scheduled}/:id`, (call) => ({
			status: 200,
			json: scheduledEntity(server, ownScheduled(server, call, 'read:statuses')),
		})),
		route('scheduled.edit', 'PUT', `${scheduled}/:id`, (call) => reschedule(server, call)),
		route('scheduled.delete', 'DELETE', `${scheduled}/:id`, (call) => cancel(server, call)),
	];
	const search = route('search', 'GET', '/api/v2/search', (call) => found(server, call));
	return dialect === 'current' ? [...routes, search] : routes;
}

function me(server: Server, call: Call): Reply {
	const account = user(server, call, 'profile');
	const source = {
		privacy: 'public',
		sensitive: false,
		language: 'en',
		quote_policy: 'public',
		note: '',
		fields: [],
		follow_requests_count: 0,
		indexable: false,
	};
	const role = { id: '-99', name: '', permissions: '65536', color: '', highlighted: false };
	return { status: 200, json: { ...accountEntity(server, account), source, role } };
}

function ownPosts(server: Server, call: Call): Reply {
	const who = viewer(server, call, 'read:statuses');
	const { posts, boosts } = server.state;
	const mine = ({ account }: { account: string }) => accountId(account) === call.params.id;
	const { query } = call;
	const known = [...server.settings.accounts, ...posts.map(({ account }) => account)];
	if (!known.some((account) => mine({ account }))) return failure(404, NOT_FOUND);
	const items: Array<Status | Boost> = [
		...posts.filter((post) => mine(post) && visible(server, post.id, who)),
		...(flag(query.get('exclude_reblogs')) ? [] : boosts.filter(mine)),
	].filter((item) => !flag(query.get('exclude_replies')) || !('replyTo' in item) || !item.replyTo);
	return paged(server, items, { query, path: call.path, max: 40 }, (item) =>
		'of' in item ? boostEntity(server, item, who ?? '') : statusEntity(server, item, who),
	);
}

function scheduledList(server: Server, call: Call): Reply {
	const account = user(server, call, 'read:statuses');
	const own = server.state.scheduled.filter((one) => one.account === account);
	return paged(server, own, { query: call.query, path: call.path, max: 40 }, (one) =>
		scheduledEntity(server, one),
	);
}

function ownScheduled(server: Server, call: Call, scope: string): Scheduled {
	const account = user(server, call, scope);
	const one = server.state.scheduled.find(({ id }) => id === call.params.id);
	return one && one.account === account ? one : refuseWith(404, NOT_FOUND);
}

function reschedule(server: Server, call: Call): Reply {
	const one = ownScheduled(server, call, 'write:statuses');
	const at = checkedSchedule(server, one.account, input(call).scheduled_at);
	if (at === undefined)
		return failure(422, 'Validation failed: Scheduled at The scheduled date must be in the future');
	one.scheduledAt = at;
	return { status: 200, json: scheduledEntity(server, one) };
}

function cancel(server: Server, call: Call): Reply {
	const one = ownScheduled(server, call, 'write:statuses');
	for (const item of one.draft.media) item.attachedTo = undefined;
	server.state.scheduled.splice(server.state.scheduled.indexOf(one), 1);
	return { status: 200, json: {} };
}

/** The server knows a post of another server only after a search with `resolve`. */
function found(server: Server, call: Call): Reply {
	const who = user(server, call, 'read:search');
	const wanted = call.query.get('q') ?? '';
	const kind = call.query.get('type');
	const resolve = flag(call.query.get('resolve'));
	const isUrl = /^https?:\/\//.test(wanted);
	const statuses = server.state.posts.filter((post) => {
		if (!visible(server, post.id, who)) return false;
		if (!isUrl) return post.account === who && wanted !== '' && post.text.includes(wanted);
		return post.url === wanted && (resolve || !post.account.includes('@'));
	});
	const accounts = server.settings.accounts.filter(
		(name) => !isUrl && wanted && name.includes(wanted),
	);
	return {
		status: 200,
		json: {
			accounts:
				!kind || kind === 'accounts' ? accounts.map((name) => accountEntity(server, name)) : [],
			statuses:
				!kind || kind === 'statuses' ? statuses.map((post) => statusEntity(server, post, who)) : [],
			hashtags: [],
		},
	};
}
