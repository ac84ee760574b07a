import { bounds } from '../bounds';
import type { Accept, Request, ServerClock } from '../contract/api';
import type { Attempt } from '../contract/attempt';
import type { Call, Reply } from '../contract/http';
import type { Platform } from '../contract/platform';
import type { Session } from '../contract/session';
import { secretsGiven } from '../errors/carried';
import { Refused, rethrow } from '../errors/failure';
import { classifyReply, type Verdict } from './classify';
import { waitAdvised } from './rateLimit';
import { signed, strayed } from './signed';
import type { Stop } from './stop';
import { intervalOf } from './times';
import { waitBudget, type WaitBudget } from './waitBudget';

const BACKOFF = 500;

/** Who sends, and for how long. */
export interface SendSettings {
	platform: Platform;
	session: Session;
	stop: Stop;
	/** For waiting until rate limits are lifted: all requests of a job share it. */
	rateLimits: WaitBudget;
}

export interface Sender {
	(request: Request, accept?: Accept, publishing?: Attempt): Promise<Reply>;
	/** What the last answer with a Date header told of the platform's clock. */
	serverClock(): ServerClock | undefined;
}

/**
 * Sends, and sends again where that is safe and promising. A publishing request is sent again only
 * after an answer which proves that it did nothing.
 */
export function senderOf({ platform, session, rateLimits, stop }: SendSettings): Sender {
	let clock: ServerClock | undefined;
	const exchange = async (request: Request, accept: Accept = [], publishing?: Attempt) => {
		let renewed = false;
		const trouble = waitBudget(Math.max(rateLimits.most, 60_000));
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
			const verdict = classifyReply(platform, session, reply, request, publishing !== undefined);
			if (!verdict || isAccepted(accept, reply)) return reply;
			const { failure, meaning } = verdict;
			const lost = failure.code === 'outcome_unknown' || meaning.unsure === true;
			if (publishing && lost) {
				publishing.lose();
				throw new Refused(failure);
			}
			const repeats = async () => {
				stop.check();
				if (!renewed && (await renews(session, request, verdict, used))) return (renewed = true);
				const pause = pauseBefore(verdict, reply, isRepeatable(request, publishing), tries);
				const time = failure.code === 'rate_limited' ? rateLimits : trouble;
				if (pause === undefined || !mayWait(time, pause)) return false;
				await stop.wait(pause);
				return true;
			};
			if (await isToRepeat(stop, repeats, publishing)) continue;
			throw new Refused(failure);
		}
	};
	return Object.assign(exchange, { serverClock: () => clock });
}

/** What the end of the run keeps from being sent must not look later as if it had been. */
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
 * Nothing is out of a publishing request that may be repeated. Its mark stays meanwhile, so that no
 * other run takes the post, and is taken back if it is not repeated.
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

/** After the end of the run a publishing request may finish; what else is on its way is cut off. */
async function send({ http }: Session, stop: Stop, call: Call, publishing?: Attempt) {
	if (publishing) return await stop.letFinish(async (signal) => await http({ ...call, signal }));
	const reply = await http({ ...call, signal: stop.signal, atMost: bounds.listing.most });
	stop.check();
	return reply;
}

function isRepeatable({ repeatable, method = 'GET' }: Request, publishing?: Attempt) {
	return !publishing && (repeatable ?? (method !== 'POST' && method !== 'PATCH'));
}

/** The Date header is in whole seconds, and was written at some time between sending and now. */
function clockOf({ headers }: Reply, sentAt: number): ServerClock | undefined {
	const date = Date.parse(String(headers.date));
	const now = Date.now();
	if (Number.isNaN(date)) return undefined;
	return { ahead: date + 500 - (sentAt + now) / 2, within: 500 + (now - sentAt) / 2 };
}

/** The token that a request is signed with now. */
function tokenFor({ token, derivedTokens }: Session, request: Request): string {
	return request.token === undefined ? token().access_token : derivedTokens.current(request.token);
}

/** Whether a refused token could be replaced. */
async function renews(session: Session, request: Request, verdict: Verdict, used: string) {
	if (request.token === 'none' || !isOfToken(request, verdict)) return false;
	// A request beside this one may have renewed it already.
	if (tokenFor(session, request) !== used) return true;
	return await (request.token === undefined ? session.renew() : session.derivedTokens.renew(used));
}

/**
 * Whether the token was refused, and another may help. One that is kept beside the session's own can
 * be made again whatever is said against it.
 */
function isOfToken({ token }: Request, { failure, meaning }: Verdict) {
	const isDerived = token !== undefined && failure.code === 'platform_auth_failed';
	return meaning.tokenExpired === true || isDerived;
}

function isAccepted(accept: Accept, reply: Reply) {
	return typeof accept === 'function' ? accept(reply) : accept.includes(reply.status);
}

/** Takes the time for a pause; false if there is not enough of it. */
function mayWait(time: WaitBudget, pause: number) {
	const now = Date.now();
	const end = now + pause;
	const more = Math.max(0, end - Math.max(now, time.until));
	if (time.used + more > time.most) return false;
	time.used += more;
	time.until = Math.max(time.until, end);
	return true;
}

/** Ms to wait before sending again; undefined if that would not be safe or not help. */
function pauseBefore(
	{ failure, meaning }: Verdict,
	reply: Reply,
	repeatable: boolean,
	tries: number,
) {
	const { repeatAfterMs } = meaning;
	if (repeatAfterMs !== undefined)
		return tries <= bounds.tries.most ? intervalOf(repeatAfterMs) : undefined;
	const backoff = BACKOFF * 2 ** (tries - 1);
	if (failure.code === 'rate_limited') {
		// Advice may be "at once", over and over: clocks differ.
		return Math.max(waitAdvised(reply.headers, Date.now()) ?? backoff * 4, backoff);
	}
	if (tries >= bounds.tries.most || reply.hopeless) return undefined;
	if (reply.unsent) return backoff;
	const troubled =
		reply.status === 0 || reply.status >= 500 || failure.code === 'platform_unavailable';
	return repeatable && troubled ? backoff : undefined;
}
