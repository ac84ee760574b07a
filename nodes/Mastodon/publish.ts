import type { IDataObject } from 'n8n-workflow';

import type { Api } from '../shared/contract/api';
import type { Post, Published } from '../shared/contract/post';
import { isFirst } from '../shared/publish/isFirst';
import { linked } from '../shared/text/link';
import type { MastodonLimits } from './instance';
import { stillWaiting, uploadAll } from './media';
import { chosen, given, warningOf, type Options } from './options';
import { statusId } from './refs';

/** The body of a publishing request: https://docs.joinmastodon.org/methods/statuses#create */
export interface Draft extends IDataObject {
	status: string;
	spoiler_text?: string;
	visibility?: string;
	media_ids?: string[];
	in_reply_to_id?: string;
	quoted_status_id?: string;
	scheduled_at?: string;
}

/** A published post, or one that the server will publish later. */
export interface Answer extends IDataObject {
	id: string;
	url?: string | null;
	uri?: string | null;
	created_at?: string;
	visibility?: string;
	scheduled_at?: string | null;
	quote?: { state?: string } | null;
}

/** Data to finish a post whose media were still processing. */
interface Unfinished extends IDataObject {
	draft: Draft;
	waiting: string[];
}

export async function publish(api: Api, post: Post): Promise<Published> {
	const draft = await draftOf(api, post);
	const { ids, waiting } = await uploadAll(api, post);
	return await finish(api, {
		draft: { ...draft, ...(ids.length > 0 && { media_ids: ids }) },
		waiting,
	});
}

export async function resume(api: Api, state: IDataObject): Promise<Published> {
	return await finish(api, state as Unfinished);
}

async function finish(api: Api, { draft, waiting }: Unfinished): Promise<Published> {
	const left = await stillWaiting(api, waiting);
	const [next] = left;
	if (next) {
		return { id: next, status: 'processing', resume: { draft, waiting: left } };
	}
	const body = inTime(draft);
	const { genuine } = api.limits as MastodonLimits;
	const answer = await api.publish<Answer>(
		{
			method: 'POST',
			path: '/api/v1/statuses',
			headers: { 'idempotency-key': api.attempt.key },
			body,
			// The server ignores the idempotency key of scheduled posts:
			// https://github.com/mastodon/mastodon/issues/30039
			idempotent: genuine && body.scheduled_at === undefined,
		},
		body,
	);
	return publishedOf(answer, body);
}

export function publishedOf(answer: Answer, draft: Draft): Published {
	const { id, url, uri, created_at, scheduled_at, visibility } = answer;
	const address = url ?? uri;
	const at = scheduled_at ?? (draft.scheduled_at && isAhead(created_at) ? created_at : undefined);
	if (at) return { id, ...(address && { url: address }), status: 'scheduled', publishedAt: at };
	return {
		id,
		...(address && { url: address }),
		ref: { id, ...(visibility && { visibility }) },
		...(created_at && { publishedAt: created_at }),
		warnings: surprises(answer, draft),
	};
}

/**
 * Whether the time is in the future: some servers answer a scheduled post as if it were published.
 */
function isAhead(time: string | undefined): boolean {
	return Date.parse(time ?? '') > Date.now();
}

function surprises({ quote }: Answer, { scheduled_at, quoted_status_id }: Draft): string[] {
	const state = quote?.state ?? 'missing';
	return [
		...(scheduled_at ? ['This server does not schedule posts: it published the post at once'] : []),
		...(quoted_status_id && state !== 'accepted'
			? [`The quote is not shown yet: its state is "${state}"`]
			: []),
	];
}

export async function draftOf(api: Api, post: Post): Promise<Draft> {
	const { parent, poll, scheduledAt } = post;
	const options = post.options as Options;
	const first = isFirst(post);
	const fields = given({
		in_reply_to_id: parent?.id ?? (await idOf(api, first ? options.replyTo : undefined)),
		quoted_status_id: await idOf(api, first ? options.quote : undefined),
		// All parts have the same visibility; otherwise some readers would miss parts of the thread.
		visibility: parent?.visibility ?? chosen(options.visibility),
		spoiler_text: warningOf(options),
		sensitive: options.sensitive || undefined,
		language: options.language?.trim(),
		quote_approval_policy: chosen(options.quotePolicy),
		scheduled_at: scheduledAt && new Date(scheduledAt).toISOString(),
		poll: poll && {
			options: poll.answers,
			expires_in: poll.minutes * 60,
			multiple: poll.multiple ?? false,
			hide_totals: poll.hideTotals ?? false,
		},
	});
	return { status: linked(post), ...fields };
}

async function idOf(api: Api, reference: string | undefined): Promise<string | undefined> {
	return reference ? await statusId(api, reference) : undefined;
}

/** Removes a time in the past, which servers treat differently. */
function inTime({ scheduled_at, ...draft }: Draft): Draft {
	const late = !scheduled_at || Date.parse(scheduled_at) <= Date.now();
	return { ...draft, ...(!late && { scheduled_at }) } as Draft;
}
