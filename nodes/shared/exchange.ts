import { sleep } from 'n8n-workflow';

import type { ApiSettings, Request } from './api';
import { Refused, type Failure } from './failure';
import type { Call, Reply } from './http';
import type { Slot } from './ledger';
import type { Platform } from './platform';
import { waitAdvised } from './rateLimit';
import type { Session } from './session';
import { judge } from './verdict';
import { without } from './without';

const TRIES = 4;
const BACKOFF = 500;

/** Which refusals are an answer to whoever asks: by status, or by what they say. */
export type Accept = readonly number[] | ((reply: Reply) => boolean);

export type Exchange = (request: Request, accept?: Accept, publishing?: Slot) => Promise<Reply>;

/** Time for waiting, in ms. */
export interface Patience {
	readonly most: number;
	used: number;
	/** Epoch ms: whoever waits no longer than that waits beside another. */
	until: number;
}

export function patience(most: number): Patience {
	return { most, used: 0, until: 0 };
}

/** Sends, and sends again where that is safe and promising. */
export function exchangeOf({ platform, session, rateLimits }: ApiSettings): Exchange {
	return async (request, accept = [], publishing) => {
		const { method = 'GET' } = request;
		const repeatable = request.repeatable ?? (method !== 'POST' && method !== 'PATCH');
		let renewed = false;
		let lost = false;
		const trouble = patience(Math.max(rateLimits.most, 60_000));
		for (let tries = 1; ; tries++) {
			publishing?.start();
			const used = bearerOf(session, request);
			const reply = await session.http(signed(platform, session, request, used));
			const failed = judge(platform, session, reply, request, publishing !== undefined);
			if (!failed || isAccepted(accept, reply)) return reply;
			// Being refused now does not undo an attempt that may have gone through.
			lost ||= failed.code === 'outcome_unknown' || failed.unsure === true;
			if (!lost) publishing?.clear();

			if (!renewed && (await renews(session, request, failed, used))) {
				renewed = true;
				continue;
			}
			const pause = pauseBefore(failed, reply, repeatable, tries);
			const limited = failed.code === 'rate_limited';
			if (pause !== undefined && mayWait(limited ? rateLimits : trouble, pause)) {
				await sleep(pause);
				continue;
			}
			throw new Refused(failed);
		}
	};
}

/** The token that a request is signed with now. */
function bearerOf({ token, keeper }: Session, request: Request): string {
	return request.token === undefined ? token().access_token : keeper.current(request.token);
}

/** Whether a refused token could be replaced. */
async function renews(session: Session, request: Request, failed: Failure, used: string) {
	if (request.token === 'none' || !(failed.tokenExpired || isOfToken(request, failed)))
		return false;
	// A request beside this one may have renewed it already.
	if (bearerOf(session, request) !== used) return true;
	return await (request.token === undefined ? session.renew() : session.keeper.remake(used));
}

/** One kept beside the session's own can be made anew whatever is said against it. */
function isOfToken({ token }: Request, { code }: Failure) {
	return token !== undefined && code === 'platform_auth_failed';
}

function isAccepted(accept: Accept, reply: Reply) {
	return typeof accept === 'function' ? accept(reply) : accept.includes(reply.status);
}

/** Takes the time for a pause; false if there is not enough of it. */
function mayWait(time: Patience, pause: number) {
	const now = Date.now();
	const end = now + pause;
	const more = Math.max(0, end - Math.max(now, time.until));
	if (time.used + more > time.most) return false;
	time.used += more;
	time.until = Math.max(time.until, end);
	return true;
}

/** Ms to wait before sending again; undefined if that would not be safe or not help. */
function pauseBefore(failed: Failure, reply: Reply, repeatable: boolean, tries: number) {
	if (failed.again !== undefined) return tries <= TRIES ? failed.again : undefined;
	const backoff = BACKOFF * 2 ** (tries - 1);
	if (failed.code === 'rate_limited') {
		// Advice may be "at once", over and over: clocks differ.
		return Math.max(waitAdvised(reply.headers, Date.now()) ?? backoff * 4, backoff);
	}
	if (tries >= TRIES) return undefined;
	if (reply.unsent) return backoff;
	const troubled =
		reply.status === 0 || reply.status >= 500 || failed.code === 'platform_unavailable';
	return repeatable && troubled ? backoff : undefined;
}

function signed(platform: Platform, session: Session, request: Request, bearer: string): Call {
	const { path, host, headers, query } = request;
	const { host: usual, base: made = String } = session.facts;
	const typed = String(session.credential[host ?? usual] ?? '');
	const base = (host ? typed : made(typed)).replace(/\/+$/, '');
	const more = bearer === 'none' ? undefined : platform.sign?.(session.credential, bearer);
	return {
		...without(request, 'path', 'host', 'token', 'repeatable', 'refusal', 'answerHeader'),
		url: /^https?:\/\//.test(path) ? path : base + path,
		headers: {
			...(bearer !== 'none' && { authorization: `Bearer ${bearer}` }),
			...more?.headers,
			...headers,
		},
		...((query ?? more?.query) && { query: { ...query, ...more?.query } }),
	};
}
