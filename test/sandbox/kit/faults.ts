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
 * `none`: a call that passes; `…-before`: nothing is done; `…-after`: the request is carried out
 * and only its answer is lost; `silent-…`: no answer ever comes; `takes-effect-late`: answered with
 * a 504 at once and carried out some time after that. Kinds beyond these belong to one platform (`credits`,
 * `parent-not-visible`, `not-visible-yet`…).
 */
export type FaultKind = (typeof COMMON)[number] | (string & {});

export interface Fault {
	kind: FaultKind;
	/** Seconds until the limit is lifted (429). */
	retryAfter?: number;
	/** Another HTTP status than the platform's usual one. */
	status?: number;
	/** Another body than the platform's usual one: an object goes as JSON, a string as HTML. */
	body?: unknown;
	/** slow-processing: how many status reads still say "in progress". */
	polls?: number;
	/** takes-effect-late: ms until it does. */
	afterMs?: number;
	/** media-refused: take the upload and fail it in processing. */
	late?: boolean;
}

/** A kind or an operation that the sandbox does not know throws: such a fault would test nothing. */
export interface Faults {
	/** The next call of the operation (or of `*`) meets the fault; several queue up. */
	next(operation: string, ...faults: Fault[]): void;
	/** Every call of the operation meets the fault until `clear`. */
	always(operation: string, fault: Fault): void;
	/** Every call (of the operation) is answered this much later. */
	latency(ms: number, operation?: string): void;
	clear(): void;
	/** Faults asked for that no call has met yet. */
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
