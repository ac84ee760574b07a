import type { IDataObject } from 'n8n-workflow';
import { DateTime } from 'luxon';

import type { Api } from '../shared/contract/api';
import type { Post } from '../shared/contract/post';
import type { Likeness, Listed, Newest, ReadBack, Sought } from '../shared/contract/readBack';
import { even } from '../shared/publish/reconcile';
import { MINUTE, SECOND } from '../shared/units';
import { pinUrl } from './address';
import { listed, PAGE } from './listing';
import type { Pin } from './pin';
import { bodyOf, PUBLISHING_MS } from './publish';
import { mediaTypeFor } from './source';

/** Fields with the user's texts. */
const WORDS = ['title', 'description', 'link', 'alt_text'] as const;

/** Pinterest has no idempotency key, so the board is searched for the Pin. */
export const readBack: ReadBack = {
	// Assumption: Pinterest documents no time. Gateways commonly give up after a minute while the
	// server continues.
	commitsWithin: MINUTE,
	requestWithin: PUBLISHING_MS,
	looks: { every: SECOND, atMost: 4 * SECOND },
	// Pinterest documents no order of the Pins on a board.
	unordered: true,
	sought,
	newest,
};

/**
 * The data that the Pin was made from: the mark made before the request, or the post itself after a
 * crash.
 */
function sought(_api: Api, post: Post, mark: IDataObject): Sought {
	const media_type = mediaTypeFor(post.media);
	const sent = 'board_id' in mark ? mark : { ...bodyOf(post), ...(media_type && { media_type }) };
	const text = WORDS.map((name) => String(sent[name] ?? '')).join(' ');
	return { text, media: [], more: sent };
}

async function newest(api: Api, { more: sent = {} }: Sought, cursor?: string): Promise<Newest> {
	const { board_id, board_section_id } = sent;
	const place = board_section_id ? `/sections/${encodeURIComponent(String(board_section_id))}` : '';
	const path = `/v5/boards/${encodeURIComponent(String(board_id))}${place}/pins`;
	const { items, cursor: next } = await listed(api, path, PAGE, cursor);
	return { posts: items.map((pin) => listedOf(api, pin as Pin, sent)), cursor: next };
}

function listedOf(api: Api, pin: Pin, sent: IDataObject): Listed {
	const { id, created_at = '' } = pin;
	const at = DateTime.fromISO(created_at, { zone: 'utc' }).toMillis();
	return {
		id,
		...(Number.isFinite(at) && { at }),
		is: likenessOf(pin, sent),
		published: async () => ({ id, url: pinUrl(api, id) }),
	};
}

/**
 * Compares texts: Pinterest may add texts but does not change them. A Pin without texts matches any
 * other one only as `maybe`.
 */
function likenessOf(pin: Pin, sent: IDataObject): Likeness {
	if (!WORDS.every((name) => !sent[name] || agrees(pin[name], sent[name]))) return 'other';
	const hasWords = WORDS.some((name) => bare(sent[name]) !== '');
	return hasWords && isLike(pin, sent) ? 'same' : 'maybe';
}

function isLike({ media, ...pin }: Pin, sent: IDataObject): boolean {
	const { media_type, board_section_id } = sent;
	// After Resume or a crash, the files and their alt texts are unknown.
	const words = WORDS.filter((name) => name !== 'alt_text' || media_type !== undefined);
	return (
		words.every((name) => agrees(pin[name], sent[name])) &&
		agrees(pin.board_section_id, board_section_id) &&
		(media_type === undefined || agrees(media?.media_type, media_type))
	);
}

/** A field that Pinterest does not show matches any value. */
function agrees(shown: unknown, sent: unknown): boolean {
	return shown === undefined || bare(shown) === bare(sent);
}

function bare(text: unknown): string {
	return even(String(text ?? '')).replace(/\/$/, '');
}
