import type { Clock } from './clock';
import type { Fault, FaultSource } from './faults';
import { MINUTE } from './clock';
import type { Call, Platform, RecordedRequest, Reply, Route } from './types';

interface Controlled<State> {
	name: string;
	platform: Platform<State>;
	faults: FaultSource;
	requests: RecordedRequest[];
	clock: Clock;
}

/**
 * Controls a sandbox over HTTP, for tests in another process. All routes accept and return JSON:
 * GET state, requests, clock; POST clock {advance}, faults {operation, fault, always?}, latency
 * {ms, operation?}, tokens (issues one), tokens/revoke and tokens/expire {account?}; DELETE faults,
 * requests.
 */
export function controls<State>(sandbox: Controlled<State>): Route[] {
	const { platform, faults, requests, clock } = sandbox;
	const now = () => ({ now: new Date(clock.now()).toISOString() });
	return [
		get('state', () => ({ name: sandbox.name, ...now(), ...(platform.show() as object) })),
		get('requests', () => requests),
		get('clock', now),
		post('clock', ({ advance }) => {
			clock.advance(Number(advance ?? MINUTE));
			return now();
		}),
		post('faults', ({ operation, fault, always }) => {
			if (always) faults.always(String(operation), fault as Fault);
			else faults.next(String(operation), fault as Fault);
			return { pending: faults.pending() };
		}),
		post('latency', ({ ms, operation }) => {
			faults.latency(Number(ms), operation === undefined ? undefined : String(operation));
			return {};
		}),
		post('tokens', (asked) => platform.issueToken(asked)),
		post('tokens/revoke', ({ account }) => kill(platform, account, 'revoke')),
		post('tokens/expire', ({ account }) => kill(platform, account, 'expire')),
		route('DELETE', 'faults', () => {
			faults.clear();
			return {};
		}),
		route('DELETE', 'requests', () => {
			requests.length = 0;
			return {};
		}),
	];
}

function kill<State>({ tokens }: Platform<State>, account: unknown, how: 'revoke' | 'expire') {
	const meant = tokens.all.filter((token) => account === undefined || token.account === account);
	for (const token of meant) {
		if (how === 'revoke') token.revoked = true;
		else tokens.expire(token);
	}
	return { tokens: meant.length };
}

function get(name: string, run: () => unknown): Route {
	return route('GET', name, run);
}

function post(name: string, run: (body: Record<string, unknown>) => unknown): Route {
	return route('POST', name, run);
}

function route(
	method: string,
	name: string,
	run: (body: Record<string, unknown>) => unknown,
): Route {
	return {
		operation: `sandbox.${name}`,
		method,
		path: `/__sandbox/${name}`,
		handle: (call: Call): Reply => ({ status: 200, json: run(bodyOf(call)) }),
	};
}

function bodyOf({ body }: Call): Record<string, unknown> {
	return body.kind === 'json' ? (body.value as Record<string, unknown>) : {};
}
