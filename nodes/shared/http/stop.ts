import { sleep, type IExecuteFunctions, type IWorkflowExecuteAdditionalData } from 'n8n-workflow';

import { bounds } from '../bounds';
import type { NodeContext } from '../contract/http';
import { refuse } from '../errors/failure';
import { waitable } from './times';

/**
 * The end of a run before its time: by Stop, by the workflow's time-out, or because a worker shuts
 * down. After it nothing further is sent.
 */
export interface Stop {
	/** Aborted at that moment; absent where n8n has no way to say so. */
	readonly signal?: AbortSignal;
	/** Fails once the run was ended. */
	check(): void;
	/** Waits so many ms; fails at once when the run is ended. */
	wait(ms: number): Promise<void>;
	/** Runs a request that is let finish, with a signal that is aborted some time after the end. */
	letFinish<T>(request: (signal?: AbortSignal) => Promise<T>): Promise<T>;
}

/** One for all that a node does in a run, so that its listeners do not add up. */
const known = new WeakMap<NodeContext, End>();

/** `platform`: whose request the end keeps from being sent. */
export function stopOf(fn: NodeContext, platform: string): Stop {
	const end = known.get(fn) ?? endOf(fn);
	known.set(fn, end);
	return stopAt(end, platform);
}

interface End {
	signal?: AbortSignal;
	/** Kept alive: on Node.js 20 a signal made of others does not do so. */
	sources: ReadonlyArray<AbortSignal | undefined>;
	/** Epoch ms. */
	deadline?: number;
}

/**
 * n8n gives its signal to the nodes of a workflow, but not to those of the sub-workflows that it
 * runs. These know their parent's deadline only, from a part of n8n that is not public.
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

/** Ends with the step, or before it when the signal is aborted. */
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
