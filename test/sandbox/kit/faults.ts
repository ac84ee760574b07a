const COMMON = [
	...(['none', '429', '5xx-before', '5xx-after', 'cut-before', 'cut-after'] as const),
	...(['silent-before', 'silent-after'] as const),
	...([
		'takes-effect-late',
		'expired-token',
		'revoked-token',
		'refused',
		'media-refused',
		'slow-processing',
	] as const),
];

/**
 * `none`: the call works. `…-before`: the request has no effect. `…-after`: the request takes
 * effect and only its answer is lost. `silent-…`: no answer ever comes. `takes-effect-late`:
 * answered with a 504 at once, takes effect later. Other kinds belong to one platform (`credits`,
 * `parent-not-visible`, `not-visible-yet`…).
 */
export type FaultKind = (typeof COMMON)[number] | (string & {});

export interface Fault {
	kind: FaultKind;
	/** Seconds until the limit is lifted (429). */
	retryAfter?: number;
	/** HTTP status instead of the platform's usual one. */
	status?: number;
	/** Body instead of the platform's usual one: an object is sent as JSON, a string as HTML. */
	body?: unknown;
	/** slow-processing: number of status requests that still answer "in progress". */
	polls?: number;
	/** takes-effect-late: ms until the request takes effect. */
	afterMs?: number;
	/** media-refused: accept the upload and fail in processing. */
	late?: boolean;
}

/** Plans faults. An unknown kind or operation throws, because such a fault would test nothing. */
export interface Faults {
	/** The next call of the operation (or of `*`) has the fault; several faults are queued. */
	next(operation: string, ...faults: Fault[]): void;
	/** Every call of the operation has the fault until `clear`. */
	always(operation: string, fault: Fault): void;
	/** Delays the answer of every call (of the operation) by this many ms. */
	latency(ms: number, operation?: string): void;
	clear(): void;
	/** Planned faults that no call has used yet. */
	pending(): Array<{ operation: string; fault: Fault }>;
}

export interface FaultSource extends Faults {
	take(operation: string): Fault | undefined;
	delay(operation: string): number;
}

/** `own`: the platform's kinds besides the common ones. */
export function faultSource(own: readonly string[], operations: readonly string[]): FaultSource {
	const kinds = new Set<string>([...COMMON, ...own]);
	const known = new Set(['*', 'unknown', ...operations]);
	const queued: Array<{ operation: string; fault: Fault }> = [];
	const standing = new Map<string, Fault>();
	const delays = new Map<string, number>();
	const accept = (operation: string, ...faults: Fault[]) => {
		if (!known.has(operation)) throw new Error(`The sandbox has no operation ${operation}`);
		const strange = faults.find(({ kind }) => !kinds.has(kind));
		if (strange) throw new Error(`The sandbox has no fault ${strange.kind}`);
	};
	return {
		next(operation, ...faults) {
			accept(operation, ...faults);
			queued.push(...faults.map((fault) => ({ operation, fault })));
		},
		always(operation, fault) {
			accept(operation, fault);
			standing.set(operation, fault);
		},
		latency(ms, operation = '*') {
			accept(operation);
			delays.set(operation, ms);
		},
		clear() {
			queued.length = 0;
			standing.clear();
			delays.clear();
		},
		pending: () => [...queued],
		take(operation) {
			const at = queued.findIndex((entry) => [operation, '*'].includes(entry.operation));
			if (at >= 0) return queued.splice(at, 1)[0]!.fault;
			return standing.get(operation) ?? standing.get('*');
		},
		delay: (operation) => delays.get(operation) ?? delays.get('*') ?? 0,
	};
}
