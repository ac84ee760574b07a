import type { IDataObject } from 'n8n-workflow';

import type { Api } from '../shared/api';
import type { Post, Settled } from '../shared/platform';
import type { MastodonLimits } from './instance';
import { nextIn } from './pages';
import { publishedOf, type Answer, type Draft } from './publish';
import { statusPath } from './refs';
import { plainText, sameText } from './text';

interface Status extends Answer {
	created_at: string;
	in_reply_to_id?: string | null;
	spoiler_text?: string;
	content?: string;
	media_attachments?: Array<{ id: string }>;
}

interface Scheduled extends Answer {
	scheduled_at: string;
	params?: { text?: string; spoiler_text?: string | null };
}

const PAGE = 40;
/** Ms between the two clocks that the server's Date header, in whole seconds, does not tell. */
const SLACK = 2000;

/** Looks for the post among the account's newest ones and those that it has scheduled. */
export async function settle(api: Api, _post: Post, mark: IDataObject): Promise<Settled> {
	const draft = mark as Draft;
	const scheduled = draft.scheduled_at ? await amongScheduled(api, draft) : 'absent';
	const found = scheduled === 'absent' ? await amongPublished(api, draft) : scheduled;
	// Relatives of Mastodon do not list all that they have, such as posts for followers only.
	return found === 'absent' && !isGenuine(api) ? undefined : found;
}

async function amongPublished(api: Api, draft: Draft): Promise<Settled> {
	const { id } = await api.account();
	const { body, headers } = await api.reply({
		path: `/api/v1/accounts/${encodeURIComponent(id)}/statuses`,
		query: { limit: PAGE, exclude_reblogs: true },
	});
	const statuses = body as Status[];
	const since = sinceOnServer(api, headers);
	const fresh = statuses.filter(({ created_at }) => Date.parse(created_at) >= since);
	const found: Status[] = [];
	for (const status of fresh.filter((one) => alike(one, draft, isGenuine(api)))) {
		if (sameText(await sourceOf(api, status), draft.status)) found.push(status);
	}
	if (found.length === 1) return publishedOf(found[0], draft);
	const allSeen = fresh.length < statuses.length || nextIn(headers) === undefined;
	return found.length === 0 && allSeen ? 'absent' : undefined;
}

async function amongScheduled(api: Api, draft: Draft): Promise<Settled> {
	const found: Scheduled[] = [];
	let cursor: string | undefined;
	do {
		const query = { limit: PAGE, max_id: cursor };
		const { body, headers } = await api.reply({ path: '/api/v1/scheduled_statuses', query }, [404]);
		const page = Array.isArray(body) ? (body as Scheduled[]) : [];
		found.push(...page.filter((one) => sameSchedule(one, draft)));
		cursor = nextIn(headers);
	} while (cursor !== undefined);
	if (found.length === 0) return 'absent';
	return found.length === 1 ? publishedOf(found[0], draft) : undefined;
}

/** The first attempt's time on the server's clock. */
function sinceOnServer({ slot }: Api, { date }: IDataObject): number {
	const server = Date.parse(String(date));
	return slot.at + (Number.isFinite(server) ? server - Date.now() : 0) - SLACK;
}

function isGenuine({ limits }: Api): boolean {
	return (limits as MastodonLimits).genuine;
}

/** Relatives of Mastodon may name media otherwise once they belong to a post. */
function alike(status: Status, draft: Draft, genuine: boolean): boolean {
	const media = (status.media_attachments ?? []).map(({ id }) => id);
	const wanted = draft.media_ids ?? [];
	return (
		(status.in_reply_to_id ?? undefined) === draft.in_reply_to_id &&
		(genuine ? media.join() === wanted.join() : media.length === wanted.length) &&
		sameText(status.spoiler_text ?? '', draft.spoiler_text ?? '')
	);
}

function sameSchedule({ scheduled_at, params }: Scheduled, draft: Draft): boolean {
	return (
		Math.abs(Date.parse(scheduled_at) - Date.parse(draft.scheduled_at ?? '')) < 1000 &&
		sameText(params?.text ?? '', draft.status) &&
		sameText(params?.spoiler_text ?? '', draft.spoiler_text ?? '')
	);
}

/** The text as it was sent, where the server keeps it, else as it is shown. */
async function sourceOf(api: Api, { id, content = '' }: Status): Promise<string> {
	const { status, body } = await api.reply(
		{ path: `${statusPath(id)}/source` },
		[403, 404, 405, 501],
	);
	const { text } = (typeof body === 'object' ? (body ?? {}) : {}) as { text?: string };
	return status === 200 && typeof text === 'string' ? text : plainText(content);
}
