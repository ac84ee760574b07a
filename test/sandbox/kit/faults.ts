/**
 * `…-before`: nothing is done; `…-after`: the request is carried out and only its answer is lost.
 * Kinds beyond these belong to one platform (`credits`, `parent-not-visible`, `not-visible-yet`…).
 */
export type FaultKind =
	| '429'
	| '5xx-before'
	| '5xx-after'
	| 'cut-before'
	| 'cut-after'
	| 'expired-token'
	| 'revoked-token'
	| 'refused'
	| 'media-refused'
	| 'slow-processing'
	| (string & {});

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
	/** media-refused: take the upload and fail it in processing. */
	late?: boolean;
}

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

export function faultSource(): FaultSource {
	const queued: Array<{ operation: string; fault: Fault }> = [];
	const standing = new Map<string, Fault>();
	const delays = new Map<string, number>();
	return {
		next: (operation, ...faults) =>
			void queued.push(...faults.map((fault) => ({ operation, fault }))),
		always: (operation, fault) => void standing.set(operation, fault),
		latency: (ms, operation = '*') => void delays.set(operation, ms),
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
