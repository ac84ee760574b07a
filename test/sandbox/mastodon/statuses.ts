import type { Call, Reply, Route } from '../kit/types';
import { route } from '../kit/router';
import { boostEntity, pollEntity, statusEntity } from './entities';
import { visible } from './lookup';
import { describe } from './media';
import type { Status } from './model';
import type { Publisher } from './publish';
import { checkText, checkedMedia, checkedPoll, checkedVisibility } from './rules';
import {
	NOT_FOUND,
	failure,
	flag,
	input,
	list,
	refuseWith,
	text,
	user,
	viewer,
	type Server,
} from './server';

export function statusRoutes(server: Server, publisher: Publisher): Route[] {
	const root = '/api/v1/statuses';
	return [
		route('publish', 'POST', root, publisher.create),
		route('get', 'GET', `${root}/:id`, (call) => read(server, call)),
		route('edit', 'PUT', `${root}/:id`, (call) => edit(server, call)),
		route('delete', 'DELETE', `${root}/:id`, (call) => remove(server, call)),
		route('source', 'GET', `${root}/:id/source`, (call) => source(server, call)),
		route('context', 'GET', `${root}/:id/context`, (call) => context(server, call)),
		route('boost', 'POST', `${root}/:id/reblog`, (call) => boost(server, call)),
		route('unboost', 'POST', `${root}/:id/unreblog`, (call) => unboost(server, call)),
		route('poll', 'GET', '/api/v1/polls/:id', (call) => poll(server, call)),
	];
}

function seen(server: Server, call: Call, who: string | undefined): Status {
	return visible(server, call.params.id!, who) ?? refuseWith(404, NOT_FOUND);
}

function own(server: Server, call: Call): Status {
	const account = user(server, call, 'write:statuses');
	const status = seen(server, call, account);
	return status.account === account ? status : refuseWith(404, NOT_FOUND);
}

function read(server: Server, call: Call): Reply {
	const who = viewer(server, call, 'read:statuses');
	const boosted = server.state.boosts.find(({ id }) => id === call.params.id);
	if (boosted) return { status: 200, json: boostEntity(server, boosted, who ?? '') };
	return { status: 200, json: statusEntity(server, seen(server, call, who), who) };
}

/** An edit sends all fields; missing ones are emptied. */
function edit(server: Server, call: Call): Reply {
	const status = own(server, call);
	const { account } = status;
	const fields = input(call);
	const media = checkedMedia(server, account, list(fields.media_ids), status.id);
	const poll = checkedPoll(server, fields.poll);
	const spoiler = text(fields.spoiler_text);
	checkText(server.settings, spoiler, text(fields.status), media.length > 0);
	for (const change of attributes(fields)) {
		const item = media.find(({ id }) => id === text(change.id));
		if (item) describe(item, change);
	}
	for (const item of status.media) if (!media.includes(item)) item.attachedTo = undefined;
	for (const item of media) item.attachedTo = status.id;
	Object.assign(status, { text: text(fields.status), media });
	status.editedAt = new Date(server.clock.now()).toISOString();
	status.options = {
		...status.options,
		spoiler_text: spoiler,
		sensitive: flag(fields.sensitive) || spoiler !== '',
		language: text(fields.language) || status.options.language,
		poll,
		...(fields.quote_approval_policy !== undefined && {
			quote_approval_policy: text(fields.quote_approval_policy),
		}),
	};
	return { status: 200, json: statusEntity(server, status, account) };
}

function attributes(fields: Record<string, unknown>): Array<Record<string, unknown>> {
	const given = fields.media_attributes;
	return Array.isArray(given) ? (given as Array<Record<string, unknown>>) : [];
}

function remove(server: Server, call: Call): Reply {
	const status = own(server, call);
	const { state } = server;
	const json = { ...statusEntity(server, status, status.account), text: status.text };
	state.posts.splice(state.posts.indexOf(status), 1);
	state.deleted.push(status);
	const gone = flag(input(call).delete_media);
	for (const item of status.media) item.attachedTo = gone ? `deleted ${status.id}` : undefined;
	return { status: 200, json };
}

function source(server: Server, call: Call): Reply {
	const { id, text: plain, options } = seen(server, call, user(server, call, 'read:statuses'));
	return { status: 200, json: { id, text: plain, spoiler_text: options.spoiler_text } };
}

function context(server: Server, call: Call): Reply {
	const who = viewer(server, call, 'read:statuses');
	const status = seen(server, call, who);
	const ancestors: Status[] = [];
	let at = status.replyTo ? visible(server, status.replyTo, who) : undefined;
	while (at) {
		ancestors.unshift(at);
		at = at.replyTo ? visible(server, at.replyTo, who) : undefined;
	}
	const below = (id: string): Status[] =>
		server.state.posts
			.filter((post) => post.replyTo === id && visible(server, post.id, who))
			.flatMap((post) => [post, ...below(post.id)]);
	const entity = (post: Status) => statusEntity(server, post, who);
	return {
		status: 200,
		json: { ancestors: ancestors.map(entity), descendants: below(status.id).map(entity) },
	};
}

function boost(server: Server, call: Call): Reply {
	const account = user(server, call, 'write:statuses');
	const status = seen(server, call, account);
	if (status.options.visibility === 'direct') return failure(403, 'This action is not allowed');
	checkedVisibility(input(call).visibility);
	const { state, newId, clock } = server;
	let one = state.boosts.find((known) => known.account === account && known.of === status.id);
	if (!one) {
		one = { id: newId(), account, of: status.id, createdAt: new Date(clock.now()).toISOString() };
		state.boosts.push(one);
	}
	return { status: 200, json: boostEntity(server, one, account) };
}

function unboost(server: Server, call: Call): Reply {
	const account = user(server, call, 'write:statuses');
	const status = seen(server, call, account);
	const { state } = server;
	state.boosts = state.boosts.filter((one) => one.account !== account || one.of !== status.id);
	return { status: 200, json: statusEntity(server, status, account) };
}

function poll(server: Server, call: Call): Reply {
	const who = viewer(server, call, 'read:statuses');
	const status = server.state.posts.find(({ options }) => options.poll?.id === call.params.id);
	if (!status || !visible(server, status.id, who)) return failure(404, NOT_FOUND);
	return { status: 200, json: pollEntity(server, status) };
}
