import { bounds } from '../bounds';
import type { Accept, Request, ServerClock } from '../contract/api';
import type { Attempt } from '../contract/attempt';
import type { Call, Reply } from '../contract/http';
import type { Platform } from '../contract/platform';
import type { Session } from '../contract/session';
import { secretsGiven } from '../errors/carried';
import { Refused, rethrow } from '../errors/failure';
import { MINUTE } from '../units';
import { classifyReply, type Classified } from './classify';
import { waitAdvised } from './rateLimit';
import { signed, strayed } from './signed';
import type { Stop } from './stop';
import { intervalOf } from './times';
import { waitBudget, type WaitBudget } from './waitBudget';

const BACKOFF = 500;

export interface SendSettings {
	platform: Platform;
	session: Session;
	stop: Stop;
	/** Shared wait budget of all requests of a job for rate limits. */
	rateLimits: WaitBudget;
}

/**
 * Sends requests of one session; throws the failure of a refusal that `accept` does not match. With
 * `publishing`, the request is the publishing request of that attempt.
 */
export interface Sender {
	(request: Request, accept?: Accept, publishing?: Attempt): Promise<Reply>;
	/** The platform's clock, from the latest answer with a Date header. */
	serverClock(): ServerClock | undefined;
}

/**
 * Sends requests and repeats them if that is safe and can help. A publishing request is repeated
 * only after an answer that proves it had no effect.
 */
export function senderOf({ platform, session, rateLimits, stop }: SendSettings): Sender {
	let clock: ServerClock | undefined;
	const sender = async (request: Request, accept: Accept = [], publishing?: Attempt) => {
		let renewed = false;
		const outageBudget = waitBudget(Math.max(rateLimits.most, MINUTE));
		for (let tries = 1; ; tries++) {
			stop.check();
			const used = tokenFor(session, request);
			const sentAt = Date.now();
			const call = signed(session, request, used);
			const stray = strayed(platform, session, call, used);
			if (stray) {
				await publishing?.refused();
				throw new Refused(stray);
			}
			const reply = await send(session, stop, call, publishing);
			clock = clockOf(reply, sentAt) ?? clock;
			session.addSecrets(secretsGiven(reply.body));
			const classified = classifyReply(platform, session, reply, request, publishing !== undefined);
			if (!classified || isAccepted(accept, reply)) return reply;
			const { failure, meaning } = classified;
			const lost = failure.code === 'outcome_unknown' || meaning.unsure === true;
			if (publishing && lost) {
				publishing.lose();
				throw new Refused(failure);
			}
			const repeats = async () => {
				stop.check();
				if (!renewed && (await renews(session, request, classified, used))) return (renewed = true);
				const pause = pauseBefore(classified, reply, isRepeatable(request, publishing), tries);
				const time = failure.code === 'rate_limited' ? rateLimits : outageBudget;
				if (pause === undefined || !mayWait(time, pause)) return false;
				await stop.wait(pause);
				return true;
			};
			if (await isToRepeat(stop, repeats, publishing)) continue;
			throw new Refused(failure);
		}
	};
	return Object.assign(sender, { serverClock: () => clock });
}

/**
 * Marks the attempt as begun. If the run ends just then, removes the mark again, because a later
 * run would take the post for sent.
 */
export async function beginAttempt(
	stop: Stop,
	attempt: Attempt,
	...mark: Parameters<Attempt['begin']>
) {
	stop.check();
	const isFirst = attempt.state === 'new';
	await attempt.begin(...mark);
	try {
		stop.check();
	} catch (error) {
		if (isFirst) await attempt.disprove();
		rethrow(error);
	}
}

/**
 * Decides on repeating a publishing request that had no effect. Its mark stays meanwhile, so that
 * no other run takes the post, and is removed if the request is not repeated.
 */
async function isToRepeat(stop: Stop, repeats: () => Promise<boolean>, publishing?: Attempt) {
	let again = false;
	try {
		if (await repeats()) {
			stop.check();
			again = true;
		}
	} finally {
		await (again ? publishing?.begin() : publishing?.refused());
	}
	return again;
}

/** When the run ends, a publishing request may finish; all others are aborted. */
async function send({ http }: Session, stop: Stop, call: Call, publishing?: Attempt) {
	if (publishing) return await stop.letFinish(async (signal) => await http({ ...call, signal }));
	const reply = await http({ ...call, signal: stop.signal, atMost: bounds.listing.most });
	stop.check();
	return reply;
}

function isRepeatable({ repeatable, method = 'GET' }: Request, publishing?: Attempt) {
	return !publishing && (repeatable ?? (method !== 'POST' && method !== 'PATCH'));
}

/** The Date header has whole seconds and was written between sending and now. */
function clockOf({ headers }: Reply, sentAt: number): ServerClock | undefined {
	const date = Date.parse(String(headers.date));
	const now = Date.now();
	if (Number.isNaN(date)) return undefined;
	return { ahead: date + 500 - (sentAt + now) / 2, within: 500 + (now - sentAt) / 2 };
}

/** The token that signs a request now. */
function tokenFor({ token, derivedTokens }: Session, request: Request): string {
	return request.token === undefined ? token().access_token : derivedTokens.current(request.token);
}

/** Replaces a refused token; false if that is impossible. */
async function renews(session: Session, request: Request, classified: Classified, used: string) {
	if (request.token === 'none' || !isOfToken(request, classified)) return false;
	// A parallel request may have renewed it already.
	if (tokenFor(session, request) !== used) return true;
	return await (request.token === undefined ? session.renew() : session.derivedTokens.renew(used));
}

/** Whether another token may help. A derived token can be made again after any failed login. */
function isOfToken({ token }: Request, { failure, meaning }: Classified) {
	const isDerived = token !== undefined && failure.code === 'platform_auth_failed';
	return meaning.tokenExpired === true || isDerived;
}

function isAccepted(accept: Accept, reply: Reply) {
	return typeof accept === 'function' ? accept(reply) : accept.includes(reply.status);
}

/** Reserves time for a pause; false if the budget is too small. */
function mayWait(time: WaitBudget, pause: number) {
	const now = Date.now();
	const end = now + pause;
	const more = Math.max(0, end - Math.max(now, time.until));
	if (time.used + more > time.most) return false;
	time.used += more;
	time.until = Math.max(time.until, end);
	return true;
}

/** Ms to wait before sending again; undefined if a repetition is unsafe or useless. */
function pauseBefore(
	{ failure, meaning }: Classified,
	reply: Reply,
	repeatable: boolean,
	tries: number,
) {
	const { repeatAfterMs } = meaning;
	if (repeatAfterMs !== undefined)
		return tries <= bounds.tries.most ? intervalOf(repeatAfterMs) : undefined;
	const backoff = BACKOFF * 2 ** (tries - 1);
	if (failure.code === 'rate_limited') {
		// A server whose clock differs may advise 0 ms again and again.
		return Math.max(waitAdvised(reply.headers, Date.now()) ?? backoff * 4, backoff);
	}
	if (tries >= bounds.tries.most || reply.hopeless) return undefined;
	if (reply.unsent) return backoff;
	const troubled =
		reply.status === 0 || reply.status >= 500 || failure.code === 'platform_unavailable';
	return repeatable && troubled ? backoff : undefined;
}
