import type { DeduplicationItemTypes, IExecuteFunctions } from 'n8n-workflow';

import { DAY, HOUR, MINUTE, SECOND } from '../units';

/**
 * Marks of posts beyond the execution, in n8n's store of processed data. The store holds hashes
 * only and writes at once, so a crash loses nothing.
 *
 * A query also writes: the queried keys stay in the store until they are removed. Therefore the
 * marks are `begun` and `open` (begun, not known to be done). A query that is interrupted before
 * the removal leaves a post as begun, never as published.
 */
export interface Memory {
	/** Looks up the mark of a post from an earlier run. */
	look(key: string): Promise<Noted>;
	/**
	 * Marks a post as begun before its publishing request; returns the mark that another run has
	 * stored. `time` in epoch ms is stored too.
	 */
	begin(key: string, time?: number): Promise<Noted>;
	/** Marks a post as done after a good answer. */
	finish(key: string): Promise<void>;
	/** Removes the mark after proof that nothing was published. */
	forget(key: string, time?: number): Promise<void>;
	/** Epoch ms of the minute in which the post was begun; undefined if forgotten. */
	timeOf(key: string): Promise<number | undefined>;
	/** Why the store could not be used; undefined if it works. */
	failure(): string | undefined;
}

/** `lost`: the store did not answer. */
export type Noted = 'new' | 'begun' | 'done' | 'lost';

type Found = ReadonlySet<DeduplicationItemTypes>;
type Store = Pick<IExecuteFunctions['helpers'], 'checkProcessedAndRecord' | 'removeProcessed'>;

/** Days to search for the time of a post. */
const DAYS = 31;
/** Store entries per post: begun, open, day, hour, minute. */
const ENTRIES = 5;

/** `posts`: number of posts to remember; the oldest are forgotten first. */
export function memoryOf({ helpers }: IExecuteFunctions, posts: number): Memory {
	const { add, ask, remove, failure } = storeOf(helpers, Math.max(1, posts) * ENTRIES);
	return {
		look: async (key) => {
			const marks = marksOf(key);
			// Without the mark `begun`, `open` means nothing.
			const strange = (found: Found) =>
				found.has(begun(key)) ? marks.filter((mark) => !found.has(mark)) : marks;
			return notedBy(await oneAtATime(async () => await ask(marks, strange)), key);
		},
		begin: async (key, time) =>
			await oneAtATime(async () => {
				const noted = notedBy(await add([...marksOf(key), ...timeMarks(key, time)]), key);
				if (noted === 'done') await remove([open(key)]);
				return noted;
			}).then((noted) => noted ?? 'lost'),
		finish: async (key) => void (await oneAtATime(async () => await remove([open(key)]))),
		forget: async (key, time) => {
			const all = [...marksOf(key), ...timeMarks(key, time)];
			await oneAtATime(async () => await remove(all));
		},
		timeOf: async (key) => {
			const earliest = async (unit: Unit, times: number[]) => {
				const marks = times.map((time) => timeMark(key, unit, time));
				const strange = (found: Found) => marks.filter((mark) => !found.has(mark));
				const found = await oneAtATime(async () => await ask(marks, strange));
				return times.find((_, at) => found?.has(marks[at] ?? ''));
			};
			// One day more, because the clock may have been set back.
			const today = startOf('day', Date.now()) + DAY;
			const day = await earliest('day', steps(today - DAYS * DAY, DAYS + 1, DAY));
			const hour = day && (await earliest('hour', steps(day, 24, HOUR)));
			return hour && (await earliest('minute', steps(hour, 60, MINUTE)));
		},
		failure,
	};
}

type Unit = 'day' | 'hour' | 'minute';

const UNITS: Readonly<Record<Unit, number>> = { day: DAY, hour: HOUR, minute: MINUTE };

function startOf(unit: Unit, time: number) {
	return Math.floor(time / UNITS[unit]) * UNITS[unit];
}

function steps(from: number, count: number, width: number) {
	return Array.from({ length: count }, (_, step) => from + step * width);
}

function timeMark(key: string, unit: Unit, time: number) {
	return `crosspost ${unit} ${startOf(unit, time)} ${key}`;
}

/** Three marks, so that few queries find the minute. */
function timeMarks(key: string, time?: number) {
	const units = time === undefined ? [] : (Object.keys(UNITS) as Unit[]);
	return units.map((unit) => timeMark(key, unit, time ?? 0));
}

/** The store for one node. A failed operation returns undefined. */
function storeOf(helpers: Partial<Store>, maxEntries: number) {
	let failure = helpers.checkProcessedAndRecord ? undefined : 'this n8n has none';
	const attempt = async <T>(step: () => Promise<T>) => {
		try {
			// Repeated once, because two processes that make the store's first entry together disturb
			// each other.
			return await step().catch(step);
		} catch (error) {
			failure = error instanceof Error ? error.message : String(error);
			return undefined;
		}
	};
	/** Adds the keys and returns those that were already there. */
	const add = async (keys: string[], room = maxEntries): Promise<Found | undefined> =>
		await attempt(async () => {
			const found = await helpers.checkProcessedAndRecord?.(keys, 'node', options(room));
			return found && new Set(found.processed);
		});
	const remove = async (keys: string[]) =>
		await attempt(async () => await helpers.removeProcessed?.(keys, 'node', options(maxEntries)));
	/**
	 * Queries keys without a lasting change: added keys are removed, and the extra room keeps old
	 * ones.
	 */
	const ask = async (keys: string[], strange: (found: Found) => string[]) => {
		const found = await add(keys, maxEntries + keys.length);
		const added = found ? strange(found) : [];
		if (added.length > 0) await remove(added);
		return found;
	};
	return { add, ask, remove, failure: () => failure };
}

function options(maxEntries: number) {
	return { mode: 'entries' as const, maxEntries };
}

function begun(key: string) {
	return `crosspost begun ${key}`;
}

function open(key: string) {
	return `crosspost open ${key}`;
}

/** `begun` comes first, so that the store forgets it before `open`. */
function marksOf(key: string) {
	return [begun(key), open(key)];
}

/** The start of the hour; both times in epoch ms. */
export function hourOf(time: number) {
	return startOf('hour', time);
}

function notedBy(found: Found | undefined, key: string): Noted {
	if (!found) return 'lost';
	if (!found.has(begun(key))) return 'new';
	return found.has(open(key)) ? 'begun' : 'done';
}

/** Ms after which a slow database no longer delays other posts. */
const LONGEST_TURN_MS = 30 * SECOND;

let last: Promise<unknown> = Promise.resolve();

/**
 * The store reads all its entries and writes them back, so parallel calls would overwrite each
 * other.
 */
async function oneAtATime<T>(step: () => Promise<T>): Promise<T | undefined> {
	const turn = last.then(async () => await Promise.race([step(), longEnough()]));
	last = turn.catch(() => undefined);
	return await turn;
}

async function longEnough(): Promise<undefined> {
	return await new Promise((done) => {
		AbortSignal.timeout(LONGEST_TURN_MS).addEventListener('abort', () => done(undefined));
	});
}
