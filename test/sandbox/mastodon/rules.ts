import twitter from 'twitter-text';
import type { Fields } from '../kit/body';
import { HOUR, MINUTE } from '../kit/clock';
import type { MediaItem, Poll, Settings, Visibility } from './model';
import { flag, list, refuseWith, text, type Server } from './server';

const URL_LENGTH = 23;
const POLL = { options: 4, characters: 50, minSeconds: 300, maxSeconds: 2_629_746 };
export const LIMITS = { urlLength: URL_LENGTH, poll: POLL, media: 4, description: 1500 };

const MENTION =
	/(?<![=/\p{L}\p{N}_])@([a-z0-9_]+(?:[.-]+[a-z0-9_]+)*)(?:@[\p{L}\p{N}_.-]+[\p{L}\p{N}_]+)?/giu;

/**
 * Graphemes of the warning and the text; a link counts 23, and a mention counts without its host.
 */
function statusLength(spoiler: string, status: string): number {
	const counted = status
		.split(/(\s+)/)
		.map((word) => (word.includes('://') ? shortLinks(word) : shortMentions(word)))
		.join('');
	const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' });
	return [...graphemes.segment(spoiler + counted)].length;
}

/** Checks word by word, because the vendor's patterns take seconds for a long text of emoji. */
function shortLinks(word: string): string {
	const links = twitter.extractUrlsWithIndices(word, { extractUrlsWithoutProtocol: false });
	let counted = '';
	let at = 0;
	for (const { indices } of links) {
		counted += shortMentions(word.slice(at, indices[0])) + 'x'.repeat(URL_LENGTH);
		at = indices[1];
	}
	return counted + shortMentions(word.slice(at));
}

function shortMentions(part: string): string {
	return part.replace(MENTION, '@$1');
}

export function checkText(
	settings: Settings,
	spoiler: string,
	status: string,
	hasMedia: boolean,
): void {
	if (settings.dialect === 'minimal') return;
	if (!status.trim() && !hasMedia) refuseWith(422, "Validation failed: Text can't be blank");
	const limit = settings.maxCharacters;
	if (statusLength(spoiler, status) > limit)
		refuseWith(422, `Validation failed: Text character limit of ${limit} exceeded`);
}

export function checkedVisibility(value: unknown): Visibility {
	if (value === undefined || value === null || value === '') return 'public';
	const known = ['public', 'unlisted', 'private', 'direct'];
	if (!known.includes(text(value)))
		refuseWith(422, 'Validation failed: Visibility is not included in the list');
	return text(value) as Visibility;
}

/** The files of a post must be own, unattached, processed, and of kinds that may be combined. */
export function checkedMedia(
	{ state, settings }: Server,
	account: string,
	ids: string[],
	post?: string,
): MediaItem[] {
	if (ids.length > LIMITS.media) refuseWith(422, 'Cannot attach more than 4 files');
	const own = ids.map((id) => {
		const item = state.media.find((one) => one.id === id && one.account === account);
		return item && (!item.attachedTo || item.attachedTo === post) ? item : undefined;
	});
	const items = own.filter((item) => item !== undefined);
	if (settings.dialect === 'minimal') return items;
	if (items.length < ids.length) {
		const lost = ids.filter((_id, at) => !own[at]).join(', ');
		refuseWith(422, `Media ${lost} not found or already attached to another post`);
	}
	if (items.length > 1 && items.some(({ kind }) => kind !== 'image'))
		refuseWith(422, 'Cannot attach a video to a post that already contains images');
	if (items.some(({ pollsLeft, failed }) => pollsLeft > 0 || failed))
		refuseWith(
			422,
			'Cannot attach files that have not finished processing. Try again in a moment!',
		);
	return items;
}

export function checkedPoll({ clock, newId }: Server, given: unknown): Poll | undefined {
	if (!given || typeof given !== 'object') return undefined;
	const { options, expires_in, multiple, hide_totals } = given as Fields;
	const texts = list(options).filter(Boolean);
	const seconds = Number(expires_in ?? 0);
	const wrong = [
		texts.length < 2 && 'Options must have more than one item',
		texts.length > POLL.options && `Options can't contain more than ${POLL.options} items`,
		texts.some((option) => [...option].length > POLL.characters) &&
			`Options cannot be longer than ${POLL.characters} characters each`,
		new Set(texts).size < texts.length && 'Options contain duplicate items',
		seconds < POLL.minSeconds && 'Expires at is too soon',
		seconds > POLL.maxSeconds && 'Expires at is too far into the future',
	].filter(Boolean);
	if (wrong.length) refuseWith(422, `Validation failed: ${wrong.join(', ')}`);
	return {
		id: newId(),
		options: texts,
		expiresAt: clock.now() + seconds * 1000,
		multiple: flag(multiple),
		hideTotals: flag(hide_totals),
	};
}

/** Undefined: publish at once, as the server also does with a time in the past. */
export function checkedSchedule(
	{ clock, state }: Server,
	account: string,
	value: unknown,
): number | undefined {
	if (value === undefined || value === null || value === '') return undefined;
	const at = Date.parse(text(value));
	if (Number.isNaN(at)) refuseWith(422, 'Validation failed: Scheduled at is invalid');
	if (at < clock.now()) return undefined;
	if (at < clock.now() + 5 * MINUTE)
		refuseWith(422, 'Validation failed: Scheduled at The scheduled date must be in the future');
	const own = state.scheduled.filter((one) => one.account === account);
	if (own.length >= 300)
		refuseWith(422, 'Validation failed: You have exceeded the limit of 300 scheduled posts');
	const day = (time: number) => Math.floor(time / (24 * HOUR));
	if (own.filter((one) => day(one.scheduledAt) === day(at)).length >= 25)
		refuseWith(
			422,
			'Validation failed: You have exceeded the limit of 25 scheduled posts for today',
		);
	return at;
}
