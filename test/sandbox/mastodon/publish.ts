import { HOUR } from '../kit/clock';
import type { Fields } from '../kit/body';
import type { Call, Reply } from '../kit/types';
import { scheduledEntity, statusEntity } from './entities';
import { visible } from './lookup';
import type { Scheduled, Status } from './model';
import { checkText, checkedMedia, checkedPoll, checkedSchedule, checkedVisibility } from './rules';
import { failure, flag, input, list, refuseWith, text, user, type Server } from './server';

type Draft = Scheduled['draft'];

export interface Publisher {
	create(call: Call): Reply;
	/** Publishes the scheduled posts that are due. */
	settle(): void;
}

export function publisher(server: Server): Publisher {
	const keys = new Map<string, { id: string; until: number }>();
	const { state, clock, settings } = server;

	const create = (call: Call): Reply => {
		const account = user(server, call, 'write:statuses');
		const key = text(call.headers['idempotency-key']);
		const known =
			settings.dialect === 'minimal' || !key ? undefined : keys.get(`${account} ${key}`);
		if (known && known.until > clock.now()) {
			if (settings.idempotencyBug) return failure(500, 'Internal Server Error');
			const first = [...state.posts, ...state.deleted].find(({ id }) => id === known.id);
			if (first) return { status: 200, json: statusEntity(server, first, account) };
		}
		const fields = input(call);
		const draft = checkedDraft(server, account, fields);
		const minimal = settings.dialect === 'minimal';
		const due = minimal ? undefined : checkedSchedule(server, account, fields.scheduled_at);
		if (due !== undefined) return { status: 200, json: schedule(server, draft, due) };
		if (key) draft.options.idempotencyKey = key;
		const status = commit(server, draft);
		if (key) keys.set(`${account} ${key}`, { id: status.id, until: clock.now() + HOUR });
		return { status: 200, json: statusEntity(server, status, account) };
	};

	const settle = (): void => {
		const due = state.scheduled.filter(({ scheduledAt }) => scheduledAt <= clock.now());
		for (const one of due) {
			state.scheduled.splice(state.scheduled.indexOf(one), 1);
			commit(server, one.draft, one.scheduledAt);
		}
	};

	return { create, settle };
}

/** Checks all rules of a new post before anything is stored. */
function checkedDraft(server: Server, account: string, fields: Fields): Draft {
	const spoiler = text(fields.spoiler_text);
	const given = text(fields.status);
	const ids = list(fields.media_ids);
	const parent = target(server, account, fields.in_reply_to_id);
	if (fields.in_reply_to_id && !parent)
		refuseWith(404, 'The post you are trying to reply to does not appear to exist.');
	const poll = checkedPoll(server, fields.poll);
	if (poll && ids.length && older(server.settings.version, '4.7'))
		refuseWith(422, 'Cannot attach more than 4 files');
	const media = checkedMedia(server, account, ids);
	const visibility = checkedVisibility(fields.visibility);
	const quoteOf = quoted(server, account, fields, Boolean(poll || ids.length), visibility);
	// If there is no text, the warning becomes the text.
	const status = given.trim() || media.length ? given : spoiler;
	const warning = status === spoiler && !given.trim() ? '' : spoiler;
	checkText(server.settings, warning, status, media.length > 0);
	const hidden = ['private', 'direct'].includes(visibility);
	const policy = hidden ? 'nobody' : text(fields.quote_approval_policy);
	return {
		account,
		text: status,
		media,
		...(parent && { replyTo: parent.id }),
		...(quoteOf && { quoteOf }),
		options: {
			visibility,
			spoiler_text: warning,
			sensitive: flag(fields.sensitive) || spoiler !== '',
			language: text(fields.language) || 'en',
			...(poll && { poll }),
			...(policy && { quote_approval_policy: policy }),
		},
	};
}

function target(server: Server, account: string, id: unknown): Status | undefined {
	return id ? visible(server, text(id), account) : undefined;
}

function quoted(
	server: Server,
	account: string,
	fields: Fields,
	occupied: boolean,
	visibility: string,
): string | undefined {
	if (!fields.quoted_status_id || server.settings.dialect !== 'current') return undefined;
	const original = target(server, account, fields.quoted_status_id);
	if (!original)
		return refuseWith(404, 'The post you are trying to quote does not appear to exist.');
	if (occupied)
		return refuseWith(
			422,
			'Validation failed: Quoted status cannot be combined with media or a poll',
		);
	const isPrivate = ['private', 'direct'].includes(original.options.visibility);
	const policy = original.options.quote_approval_policy;
	const allowed =
		original.account === account
			? !isPrivate || visibility === 'private'
			: !isPrivate && policy !== 'nobody';
	if (!allowed) return refuseWith(422, 'Validation failed: Quoted status is invalid');
	return original.id;
}

function schedule(server: Server, draft: Draft, scheduledAt: number) {
	const id = server.newId();
	const one = { id, account: draft.account, scheduledAt, createdAt: server.clock.now(), draft };
	for (const item of draft.media) item.attachedTo = `scheduled ${id}`;
	server.state.scheduled.push(one);
	return scheduledEntity(server, one);
}

function commit({ state, url, newId, clock }: Server, draft: Draft, at = clock.now()): Status {
	const id = newId();
	for (const item of draft.media) item.attachedTo = id;
	const address = `${url}/@${draft.account}/${id}`;
	const status = { ...draft, id, url: address, createdAt: new Date(at).toISOString() };
	state.posts.push(status);
	return status;
}

/** '4.10' is newer than '4.7' */
function older(version: string, than: string): boolean {
	const [major = 0, minor = 0] = version.split('.').map(Number);
	const [wantedMajor = 0, wantedMinor = 0] = than.split('.').map(Number);
	return major === wantedMajor ? minor < wantedMinor : major < wantedMajor;
}
