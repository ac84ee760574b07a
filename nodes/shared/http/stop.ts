import { sleep, type IExecuteFunctions, type IWorkflowExecuteAdditionalData } from 'n8n-workflow';

import { bounds } from '../bounds';
import type { NodeContext } from '../contract/http';
import { refuse } from '../errors/failure';
import { waitable } from './times';

/**
 * Early end of a run: by Stop, by the workflow's timeout, or by the shutdown of a worker. No
 * request is sent afterwards.
 */
export interface Stop {
	/** Aborts when the run ends; absent if n8n provides none. */
	readonly signal?: AbortSignal;
	/** Throws if the run has ended. */
	check(): void;
	/** Waits in ms; throws as soon as the run ends. */
	wait(ms: number): Promise<void>;
	/**
	 * Runs a request that may finish after the end of the run. Its signal aborts `bounds.lastRequest`
	 * later.
	 */
	letFinish<T>(request: (signal?: AbortSignal) => Promise<T>): Promise<T>;
}

/** One entry per run of a node, so that listeners do not pile up. */
const known = new WeakMap<NodeContext, End>();

/** `platform`: its ID for the failure. */
export function stopOf(fn: NodeContext, platform: string): Stop {
	const end = known.get(fn) ?? endOf(fn);
	known.set(fn, end);
	return stopAt(end, platform);
}

interface End {
	signal?: AbortSignal;
	/** References that keep the signals alive: on Node.js 20 a combined signal does not. */
	sources: ReadonlyArray<AbortSignal | undefined>;
	/** Epoch ms. */
	deadline?: number;
}

/**
 * n8n gives its signal to the nodes of a workflow, but not to those of a sub-workflow. These know
 * only their parent's deadline, from a part of n8n that is not public.
 */
function endOf(fn: NodeContext): End {
	const { additionalData, getExecutionCancelSignal } = fn as Partial<IExecuteFunctions> & {
		additionalData?: Partial<IWorkflowExecuteAdditionalData>;
	};
	const cancelled = getExecutionCancelSignal?.call(fn);
	const deadline = additionalData?.executionTimeoutTimestamp;
	if (deadline === undefined) return { signal: cancelled, sources: [cancelled] };
	const timedOut = AbortSignal.timeout(waitable(deadline - Date.now()));
	const signal = cancelled ? AbortSignal.any([cancelled, timedOut]) : timedOut;
	return { deadline, signal, sources: [cancelled, timedOut] };
}

function stopAt({ signal, deadline = Infinity }: End, platform: string): Stop {
	const check = () => {
		if (signal?.aborted || Date.now() >= deadline) refuseStopped(platform);
	};
	return {
		signal,
		check,
		wait: async (ms) => {
			check();
			await untilAborted(
				signal,
				async () => await sleep(waitable(Math.min(ms, deadline - Date.now()))),
			);
			check();
		},
		letFinish: async (request) => await letFinish(signal, request),
	};
}

/** Waits for the step or for the abort, whichever comes first. */
async function untilAborted(signal: AbortSignal | undefined, step: () => Promise<void>) {
	if (!signal) return await step();
	let aborted = () => {};
	const end = new Promise<void>((resolve) => (aborted = resolve));
	signal.addEventListener('abort', aborted, { once: true });
	try {
		await Promise.race([step(), end]);
	} finally {
		signal.removeEventListener('abort', aborted);
	}
}

async function letFinish<T>(
	signal: AbortSignal | undefined,
	request: (signal?: AbortSignal) => Promise<T>,
): Promise<T> {
	if (!signal) return await request();
	const late = new AbortController();
	const ended = () => {
		AbortSignal.timeout(bounds.lastRequest.most).addEventListener('abort', () => late.abort());
	};
	signal.addEventListener('abort', ended, { once: true });
	try {
		return await request(late.signal);
	} finally {
		signal.removeEventListener('abort', ended);
	}
}

function refuseStopped(platform: string): never {
	return refuse({
		code: 'stopped',
		platform,
		message: 'The execution was stopped or ran out of its time, and nothing further was sent.',
	});
}
