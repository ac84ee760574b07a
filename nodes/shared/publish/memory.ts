import type { DeduplicationItemTypes, IExecuteFunctions } from 'n8n-workflow';

/**
 * What the node remembers of its posts beyond the execution, in n8n's store of processed data. The
 * store holds hashes only and is written at once, so that a crash loses nothing of it.
 *
 * It cannot be asked without being written to: what was asked for is in it afterwards, until it is
 * taken out. So the marks are `begun` and `open` (begun and not known to be done), and a question
 * that is cut off between the two steps leaves behind that a post was begun, never that it is out.
 */
export interface Memory {
	/** What an earlier run has noted of a post. */
	look(key: string): Promise<Noted>;
	/**
	 * Before the publishing request; tells what an earlier run, or one beside this, had noted. The
	 * time is noted too if given, in epoch ms.
	 */
	begin(key: string, time?: number): Promise<Noted>;
	/** After its good answer. */
	finish(key: string): Promise<void>;
	/** The platform proved that nothing was published. */
	forget(key: string, time?: number): Promise<void>;
	/** The minute, in epoch ms, in which the post was begun; undefined if that is not known any more. */
	timeOf(key: string): Promise<number | undefined>;
	/** Why the store could not be used, if so. */
	failure(): string | undefined;
}

/** `lost`: the store could not be asked. */
export type Noted = 'new' | 'begun' | 'done' | 'lost';

type Found = ReadonlySet<DeduplicationItemTypes>;
type Store = Pick<IExecuteFunctions['helpers'], 'checkProcessedAndRecord' | 'removeProcessed'>;

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
/** So many days back are looked through for that of a post. */
const DAYS = 31;
/** Entries of one post: begun and open, its day, hour and minute. */
const ENTRIES = 5;

/** `posts`: how many posts are remembered; the oldest are forgotten first. */
export function memoryOf({ helpers }: IExecuteFunctions, posts: number): Memory {
	const { add, ask, remove, failure } = storeOf(helpers, Math.max(1, posts) * ENTRIES);
	return {
		look: async (key) => {
			const marks = marksOf(key);
			// Without the first mark there is no second.
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
			// The clock may have been set back since.
			const today = startOf('day', Date.now()) + DAY_MS;
			const day = await earliest('day', steps(today - DAYS * DAY_MS, DAYS + 1, DAY_MS));
			const hour = day && (await earliest('hour', steps(day, 24, HOUR_MS)));
			return hour && (await earliest('minute', steps(hour, 60, MINUTE_MS)));
		},
		failure,
	};
}

type Unit = 'day' | 'hour' | 'minute';

const UNITS: Readonly<Record<Unit, number>> = { day: DAY_MS, hour: HOUR_MS, minute: MINUTE_MS };

function startOf(unit: Unit, time: number) {
	return Math.floor(time / UNITS[unit]) * UNITS[unit];
}

function steps(from: number, count: number, width: number) {
	return Array.from({ length: count }, (_, step) => from + step * width);
}

function timeMark(key: string, unit: Unit, time: number) {
	return `crosspost ${unit} ${startOf(unit, time)} ${key}`;
}

/** Three, so that few questions find it. */
function timeMarks(key: string, time?: number) {
	const units = time === undefined ? [] : (Object.keys(UNITS) as Unit[]);
	return units.map((unit) => timeMark(key, unit, time ?? 0));
}

/** The store as it is for one node; what it cannot do is undefined. */
function storeOf(helpers: Partial<Store>, maxEntries: number) {
	let failure = helpers.checkProcessedAndRecord ? undefined : 'this n8n has none';
	const attempt = async <T>(step: () => Promise<T>) => {
		try {
			// Once more: two processes that make the store's first entry together disturb each other.
			return await step().catch(step);
		} catch (error) {
			failure = error instanceof Error ? error.message : String(error);
			return undefined;
		}
	};
	/** Adds the keys and tells which of them were there. */
	const add = async (keys: string[], room = maxEntries): Promise<Found | undefined> =>
		await attempt(async () => {
			const found = await helpers.checkProcessedAndRecord?.(keys, 'node', options(room));
			return found && new Set(found.processed);
		});
	const remove = async (keys: string[]) =>
		await attempt(async () => await helpers.removeProcessed?.(keys, 'node', options(maxEntries)));
	/** Leaves the store as it was: nothing is added to it, and nothing pushed out of it. */
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

/** In this order: of what is forgotten the first mark goes before the second. */
function marksOf(key: string) {
	return [begun(key), open(key)];
}

/** The hour of a time, both in epoch ms. */
export function hourOf(time: number) {
	return startOf('hour', time);
}

function notedBy(found: Found | undefined, key: string): Noted {
	if (!found) return 'lost';
	if (!found.has(begun(key))) return 'new';
	return found.has(open(key)) ? 'begun' : 'done';
}

/** A database that does not answer for so long keeps no other post from going out. */
const LONGEST_TURN_MS = 30_000;

let last: Promise<unknown> = Promise.resolve();

/**
 * The store reads all of its entries and writes them back, so that calls beside each other lose what
 * the others wrote, whatever they are about.
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
