import type { IDataObject } from 'n8n-workflow';

import { webOf } from '../shared/connection/webOf';
import type { Api } from '../shared/contract/api';
import type { Published } from '../shared/contract/post';
import type { Outcome } from '../shared/contract/readBack';
import { refuse } from '../shared/errors/failure';
import { SECOND } from '../shared/units';
import { explainReason } from './errors';

/** A post that TikTok is processing. Plain data, because it may wait in an item. */
export interface State extends IDataObject {
	publishId: string;
	kind: 'video' | 'photo';
	/** Everybody may see the post, so that TikTok will return its ID. */
	open: boolean;
	/** The author's name in URLs. */
	username?: string;
	/** Size of the uploaded file. */
	bytes?: number;
}

/** https://developers.tiktok.com/doc/content-posting-api-reference-get-video-status */
export interface Status extends IDataObject {
	status?: string;
	fail_reason?: string;
	/** TikTok's spelling. */
	publicaly_available_post_id?: Array<string | number>;
	uploaded_bytes?: number | string;
	downloaded_bytes?: number | string;
}

/** Seconds between looks. TikTok allows 30 requests a minute, and large videos take minutes. */
const PACE = [2, 5, 10];
const SLOWEST = 20;
/** Public posts get an ID after moderation, mostly within a minute. */
const MODERATION = 60 * SECOND;

export async function statusOf(api: Api, publish_id: string): Promise<Status> {
	const { data } = await api.send<{ data: Status }>({
		method: 'POST',
		path: '/v2/post/publish/status/fetch/',
		body: { publish_id },
		longNumbers: true,
		repeatable: true,
	});
	return data;
}

/** Waits for the post as long as the user allows. */
export async function finish(api: Api, given: IDataObject): Promise<Published> {
	const end = Date.now() + api.processingWaitMs;
	const over = await ended(api, given as State);
	if (over?.status === 'FAILED') return refuseFailed(over.fail_reason);
	return await told(api, given as State, over, end);
}

/** The outcome of a post whose media TikTok has. */
export async function outcomeOf(api: Api, state: State): Promise<Outcome> {
	const end = Date.now() + api.processingWaitMs;
	const over = await ended(api, state);
	return over?.status === 'FAILED' ? 'not-published' : await told(api, state, over, end);
}

async function ended(api: Api, state: State): Promise<Status | undefined> {
	return await asking(api, state, isOver, api.processingWaitMs);
}

/**
 * Makes the result. Spends the remaining time on waiting for the ID, which public posts get some
 * time after they are published.
 */
async function told(api: Api, state: State, over: Status | undefined, end: number) {
	const { publishId: id, open } = state;
	if (!over) return { id, status: 'processing' as const, resume: state };
	if (over.status === 'SEND_TO_USER_INBOX') return { id, status: 'draft' as const };
	const rest = Math.min(end - Date.now(), MODERATION);
	const unnamed = open && !postIdIn(over);
	const named = unnamed ? await asking(api, state, postIdIn, rest) : over;
	return publishedAs(api, state, postIdIn(named ?? over));
}

async function asking(
	api: Api,
	{ publishId }: State,
	enough: (status: Status) => unknown,
	atMost: number,
): Promise<Status | undefined> {
	let asked = 0;
	return await api.until(
		async () => {
			const status = await statusOf(api, publishId);
			return enough(status) ? status : undefined;
		},
		{ every: () => SECOND * (PACE[asked++] ?? SLOWEST), atMost },
	);
}

export function isOver({ status = '' }: Status): boolean {
	return ['FAILED', 'PUBLISH_COMPLETE', 'SEND_TO_USER_INBOX'].includes(status);
}

export function postIdIn({ publicaly_available_post_id = [] }: Status): string | undefined {
	const [id] = publicaly_available_post_id;
	return id === undefined ? undefined : String(id);
}

/**
 * The result for a published post. TikTok returns no ID for a non-public post; `publish_id`
 * replaces it.
 */
function publishedAs(api: Api, state: State, post?: string): Published {
	const { kind, open, username, publishId } = state;
	const late = 'TikTok has not named the post yet: Post: Get Publish Status may do so later.';
	return {
		id: post ?? publishId,
		...(post && username && { url: `${webOf(api)}/@${username}/${kind}/${post}` }),
		...(open && !post && { warnings: [late] }),
	};
}

function refuseFailed(reason?: string): never {
	return refuse({
		...explainReason(reason),
		platform: 'tikTok',
		docUrl: 'https://developers.tiktok.com/doc/content-posting-api-reference-get-video-status',
	});
}
