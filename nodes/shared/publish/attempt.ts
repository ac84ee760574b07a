import type { Attempt } from '../contract/attempt';
import { refuse } from '../errors/failure';
import { claim } from './claims';
import type { Entry } from './entries';
import { hourOf, type Memory, type Noted } from './memory';

/** Updates an entry from the mark that another run has stored for its key. */
export async function recall(entry: Entry, { key: given }: Identity, memory: Memory, noted: Noted) {
	entry.state = noted === 'begun' || noted === 'done' ? noted : 'new';
	if (given === undefined || entry.state === 'new') return;
	const time = await memory.timeOf(entry.key);
	entry.isUndated = time === undefined;
	entry.begunAt = time;
	if (time !== undefined) entry.namedAt = hourOf(time);
}

/** The attempt of an entry. It reads the entry and changes it. */
export function attemptOn(
	entry: Entry,
	platform: string,
	identity: Identity,
	memory: Memory,
	isDoubted: () => boolean,
): Attempt {
	const { key: given, owner } = identity;
	const { key, series = key, part = 0, at } = entry;
	const time = () => (given === undefined ? undefined : entry.begunAt);
	const reset = (isMarked: boolean) =>
		void Object.assign(entry, {
			...{ state: 'new', isMarked, isLost: false, isTaken: false, isForeign: false },
			...{ firstSentAt: undefined, sentAt: undefined },
		});
	return {
		...{ key, series, part, owner, at },
		get namedAt() {
			return entry.namedAt;
		},
		get state() {
			return entry.state;
		},
		get checkpoint() {
			return entry.mark ?? {};
		},
		get result() {
			return entry.result;
		},
		get sentAt() {
			return entry.sentAt;
		},
		get begunAfter() {
			return entry.firstSentAt ?? (entry.isUndated ? undefined : (entry.begunAt ?? entry.namedAt));
		},
		get isUndated() {
			return entry.isUndated ?? false;
		},
		get isTaken() {
			return entry.isTaken ?? false;
		},
		get isForeign() {
			return entry.isForeign ?? false;
		},
		get isSentHere() {
			return entry.firstSentAt !== undefined;
		},
		get isIdempotent() {
			return entry.isIdempotent ?? false;
		},
		get isDoubted() {
			return isDoubted();
		},
		begin: async (mark, isIdempotent = entry.isIdempotent ?? false) => {
			Object.assign(entry, { isIdempotent, ...(mark && { mark }) });
			if (entry.state === 'new' && !entry.isMarked) {
				const noted = await memory.begin(key, time());
				if (noted === 'begun' || noted === 'done') return await refuseTaken(noted);
			}
			entry.state = 'begun';
			entry.sentAt = Date.now();
			entry.firstSentAt ??= entry.sentAt;
		},
		note: (mark) => void (entry.mark = { ...entry.mark, ...mark }),
		finish: async (result) => {
			Object.assign(entry, { state: 'done', result });
			claim({ owner, key }, String(result.id));
			await memory.finish(key);
		},
		lose: () => void Object.assign(entry, { isLost: true, sentAt: Date.now() }),
		refused: async () => {
			if (!entry.isLost) await disprove();
		},
		disprove,
		takeOver: () => reset(true),
		memoryFailure: memory.failure,
	};

	async function disprove() {
		if (entry.state !== 'begun') return;
		reset(false);
		await memory.forget(key, time());
	}

	async function refuseTaken(noted: Noted): Promise<never> {
		await recall(entry, identity, memory, noted);
		Object.assign(entry, { isTaken: true, isForeign: true, sentAt: Date.now() });
		return refuse({
			code: 'outcome_unknown',
			platform,
			rule: `${platform}.post.begun`,
			message: 'Another run has begun to publish this very post, and this one has not sent it.',
		});
	}
}

/** What identifies a post in every run. */
export interface Identity {
	/** ID of the account. */
	account: string;
	/** The account's ID, unique across servers. */
	owner: string;
	target?: string;
	/** The post as it is sent: text, link, files, options. */
	content: unknown;
	/** The user's idempotency key; replaces the run and the content as identity. */
	key?: string;
	/** Number of posts that the node remembers. */
	remember: number;
}
