import type { IDataObject } from 'n8n-workflow';
import { DateTime } from 'luxon';

import type { Api } from '../shared/api';
import type { Post, Settled } from '../shared/platform';
import { pinUrl } from './address';
import { listed, PAGE } from './listing';
import type { Pin } from './pin';
import { bodyOf } from './publish';

/** How many pages of a board are looked through. */
const PAGES = 8;
/** Clocks may differ by as much. */
const SKEW = 60_000;

/**
 * Pinterest has no key for repeated requests, so the board is looked through for the Pin. A new one
 * may take a moment to stand there, hence more than one look.
 */
export async function settle(api: Api, post: Post): Promise<Settled> {
	const wanted = bodyOf(post);
	let unsure = true;
	const found = await api.until(
		async () => {
			const { pins, complete } = await pinsOf(api, wanted);
			const alike = pins.filter((pin) => isAlike(pin, wanted));
			// What was pinned shortly before may be this very Pin by another clock.
			unsure = !complete || !alike.every((pin) => madeAt(pin) < secondOf(api.slot.at - SKEW));
			return alike.find((pin) => madeAt(pin) >= secondOf(api.slot.at));
		},
		{ every: 1000, atMost: 4000 },
	);
	if (found) return { id: found.id, url: pinUrl(api, found.id) };
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

function isAlike(pin: Pin, { title, description, link }: IDataObject): boolean {
	return (
		even(pin.title) === even(title) &&
		even(pin.description) === even(description) &&
		even(pin.link).replace(/\/$/, '') === even(link).replace(/\/$/, '')
	);
}

function even(text: unknown): string {
	return String(text ?? '')
		.normalize('NFC')
		.replace(/\s+/g, ' ')
		.trim();
}
