import type { Api } from '../shared/contract/api';
import type { Listed, Newest, ReadBack } from '../shared/contract/readBack';
import { objectIn } from '../shared/errors/objectIn';
import { itemsOf } from '../shared/http/pages';
import { MINUTE, SECOND } from '../shared/units';
import type { MastodonLimits } from './instance';
import { nextIn } from './pages';
import { draftOf, publishedOf, type Answer, type Draft } from './publish';
import { statusPath } from './refs';
import { bare, plainText, sameText } from './text';

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

/** Compares the account's newest posts, or its scheduled ones. */
export const readBack: ReadBack = {
	// Web servers in front of Mastodon give up after a minute while Mastodon continues.
	commitsWithin: MINUTE,
	looks: { every: SECOND, atMost: 3 * SECOND },
	sought: async (api, post, mark) => {
		const draft = 'status' in mark ? (mark as Draft) : await draftOf(api, post);
		return {
			text: bare(draft.status),
			media: isGenuine(api) ? (draft.media_ids ?? []) : [],
			// After Resume the server has the files, and the post no longer contains them.
			files: draft.media_ids?.length ?? (post.media.length || undefined),
			// Compatible servers do not list all posts, such as those for followers only.
			partial: !isGenuine(api),
			more: draft,
		};
	},
	newest: async (api, { more }, cursor) => {
		const draft = more as Draft;
		const first = cursor === undefined && draft.scheduled_at !== undefined;
		const waiting = first ? await scheduled(api, draft) : [];
		if (waiting.some(({ is }) => is === 'exact')) return { posts: waiting };
		const page = await published(api, draft, cursor);
		return { ...page, posts: [...waiting, ...page.posts] };
	},
};

async function published(api: Api, draft: Draft, cursor?: string): Promise<Newest> {
	const { id } = await api.account();
	const { body, headers } = await api.reply({
		path: `/api/v1/accounts/${encodeURIComponent(id)}/statuses`,
		query: { limit: PAGE, exclude_reblogs: true, max_id: cursor },
	});
	const statuses = api.listIn<Status>(body);
	// Some servers have further pages but send no link to them.
	const last = statuses.length >= PAGE ? statuses.at(-1)?.id : undefined;
	return {
		posts: statuses.map((one) => listed(api, one, draft)),
		cursor: nextIn(headers) ?? last,
	};
}

function listed(api: Api, one: Status, draft: Draft): Listed {
	const at = Date.parse(one.created_at);
	const files = (one.media_attachments ?? []).map(({ id }) => id);
	return {
		id: one.id,
		...(Number.isFinite(at) && { at }),
		...(!fits(one, draft) && { is: 'other' as const }),
		files: files.length,
		// Compatible servers may change a file's ID when it becomes part of a post.
		...(isGenuine(api) && { media: files }),
		text: async () => [bare(await sourceOf(api, one))],
		published: async () => publishedOf(one, draft),
	};
}

/** Scheduled posts like this one. If there are several, each is uncertain. */
async function scheduled(api: Api, draft: Draft): Promise<Listed[]> {
	const found = (await allScheduled(api)).filter((one) => sameSchedule(one, draft));
	return found.map((one) => ({
		id: one.id,
		is: found.length === 1 ? 'exact' : 'maybe',
		published: async () => publishedOf(one, draft),
	}));
}

async function allScheduled(api: Api): Promise<Scheduled[]> {
	const ask = async (max_id?: string) => {
		const path = '/api/v1/scheduled_statuses';
		const request = { path, query: { limit: PAGE, max_id } };
		const { body, headers, status } = await api.reply(request, [404]);
		const items = status === 404 ? [] : api.listIn<Scheduled>(body);
		return { items, cursor: nextIn(headers) };
	};
	return await itemsOf(api.pages(ask));
}

function isGenuine({ limits }: Api): boolean {
	return (limits as MastodonLimits).genuine;
}

function fits(status: Status, draft: Draft): boolean {
	return (
		(status.in_reply_to_id ?? undefined) === draft.in_reply_to_id &&
		sameText(status.spoiler_text ?? '', draft.spoiler_text ?? '')
	);
}

function sameSchedule({ scheduled_at, params }: Scheduled, draft: Draft): boolean {
	return (
		Math.abs(Date.parse(scheduled_at) - Date.parse(draft.scheduled_at ?? '')) < SECOND &&
		sameText(params?.text ?? '', draft.status) &&
		sameText(params?.spoiler_text ?? '', draft.spoiler_text ?? '')
	);
}

/** Returns the text as it was sent if the server keeps it, otherwise the text that it shows. */
async function sourceOf(api: Api, { id, content = '' }: Status): Promise<string> {
	const { status, body } = await api.reply(
		{ path: `${statusPath(id)}/source` },
		[403, 404, 405, 501],
	);
	const { text } = objectIn(body);
	return status === 200 && typeof text === 'string' ? text : plainText(content);
}
