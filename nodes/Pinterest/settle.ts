import type { IDataObject } from 'n8n-workflow';
import { DateTime } from 'luxon';

import type { Api } from '../shared/api';
import type { Post, Settled } from '../shared/platform';
import { pinUrl } from './address';
import { listed, PAGE } from './listing';
import type { Pin } from './pin';

/** How many pages of a board are looked through. */
const PAGES = 8;
/** Clocks may differ by as much. */
const SKEW = 60_000;

/** What people wrote. */
const WORDS = ['title', 'description', 'link', 'alt_text'] as const;

/**
 * Pinterest has no key for repeated requests, so the board is looked through for the Pin. A new one
 * may take a moment to stand there, hence more than one look. `sent` is what it was made of.
 */
export async function settle(api: Api, _post: Post, sent: IDataObject): Promise<Settled> {
	let unsure = true;
	const found = await api.until(
		async () => {
			const { pins, complete } = await pinsOf(api, sent);
			// What was pinned shortly before may be this very Pin by another clock.
			const recent = pins.filter((pin) => !(madeAt(pin) < secondOf(api.slot.at - SKEW)));
			unsure = !complete || recent.some((pin) => mayBe(pin, sent));
			return only(
				recent.filter((pin) => isLike(pin, sent) && madeAt(pin) >= secondOf(api.slot.at)),
			);
		},
		{ every: 1000, atMost: 4000 },
	);
	if (found && hasWords(sent)) return { id: found.id, url: pinUrl(api, found.id) };
	return unsure ? undefined : 'absent';
}

/** The order of Pins on a board is nowhere promised, so all of them are read. */
async function pinsOf(api: Api, { board_id, board_section_id }: IDataObject) {
	const place = board_section_id ? `/sections/${String(board_section_id)}` : '';
	const path = `/v5/boards/${String(board_id)}${place}/pins`;
	const pins: Pin[] = [];
	let cursor: string | undefined;
	for (let pages = 0; pages < PAGES; pages++) {
		const page = await listed(api, path, PAGE, cursor);
		pins.push(...(page.items as Pin[]));
		cursor = page.cursor;
		if (!cursor) return { pins, complete: true };
	}
	return { pins, complete: false };
}

/** NaN for a Pin without a date: of that nothing follows. */
function madeAt({ created_at = '' }: Pin): number {
	return DateTime.fromISO(created_at, { zone: 'utc' }).toMillis();
}

/** Pinterest gives times in whole seconds. */
function secondOf(epoch: number): number {
	return Math.floor(epoch / 1000) * 1000;
}

/** Among several like ones nothing tells whose is whose. */
function only(pins: Pin[]): Pin | undefined {
	return pins.length === 1 ? pins[0] : undefined;
}

/** Any Pin without words is like any other. */
function hasWords(sent: IDataObject): boolean {
	return WORDS.some((name) => even(sent[name]) !== '');
}

/** Pinterest may have added words, but not changed them. */
function mayBe(pin: Pin, sent: IDataObject): boolean {
	return WORDS.every((name) => !sent[name] || agrees(pin[name], sent[name]));
}

function isLike({ media, ...pin }: Pin, sent: IDataObject): boolean {
	return (
		WORDS.every((name) => agrees(pin[name], sent[name])) &&
		agrees(pin.board_section_id, sent.board_section_id) &&
		agrees(media?.media_type, sent.media_type)
	);
}

/** What Pinterest does not show agrees with anything. */
function agrees(shown: unknown, sent: unknown): boolean {
	return shown === undefined || even(shown) === even(sent);
}

function even(text: unknown): string {
	return String(text ?? '')
		.normalize('NFC')
		.replace(/\s+/g, ' ')
		.trim()
		.replace(/\/$/, '');
}
