import type { IDataObject } from 'n8n-workflow';
import { sleep } from 'n8n-workflow';

import {
	codeOfStatus,
	failure,
	redactReply,
	refuse,
	Refused,
	toFailure,
	type Failure,
	type FailureCode,
} from './failure';
import type { Call, Http, Reply } from './http';
import type { Slot } from './ledger';
import type { LinkCard } from './linkCard';
import type { Media } from './media/media';
import type { Account, Limits, Platform, TokenData } from './platform';
import { waitAdvised } from './rateLimit';
import type { Session } from './session';
import { without } from './without';

export type { Http, Reply } from './http';

/** A request as an adapter writes it; the core signs it and deals with what comes back. */
export interface Request extends Omit<Call, 'url'> {
	/** Absolute, or under the base URL that the credential holds. */
	path: string;
	/** Credential property with the base URL, if not the platform's usual one. */
	host?: string;
	/** Nothing is published by it, so it may be sent again; GET, PUT and DELETE always may. */
	repeatable?: boolean;
	/** Signed with this token instead of the session's, or with none. */
	token?: string | 'none';
	/** What it means if the platform does not like the content of this request. */
	refusal?: FailureCode;
}

/** All that an adapter may do to the world. */
export interface Api {
	readonly credential: IDataObject;
	/** What is stored with the token, as the policy's `open` made it. */
	readonly token: TokenData;
	/** As the preflight read them; outside of publishing those of the platform. */
	readonly limits: Limits;
	/** Identity of this publication, the same however often n8n repeats the node. */
	readonly slot: Pick<Slot, 'key' | 'at' | 'mark'>;
	/** The body of a successful answer. */
	send<T = IDataObject>(request: Request): Promise<T>;
	/** The whole answer, for those who need status or headers; also of a refusal in `accept`. */
	reply(request: Request, accept?: readonly number[]): Promise<Reply>;
	/**
	 * The one request that shows the post to people. It is repeated only when the answer proves
	 * that nothing was published, or if `idempotent`; `mark` is noted first, for `settle`.
	 */
	publish<T = IDataObject>(
		request: Request & { idempotent?: boolean },
		mark?: IDataObject,
	): Promise<T>;
	/**
	 * Asks until there is an answer or the time is over; intervals grow by half up to ten times.
	 * With a function for `every` they are what it says after each asking.
	 */
	until<T>(
		check: () => Promise<T | undefined>,
		times: { every: number | (() => number); atMost: number },
	): Promise<T | undefined>;
	/** Whose token this is; asked once and kept beside the token. */
	account(): Promise<Account>;
	warn(message: string): void;
	/** A step whose failure must not fail the post: it becomes a warning that names `what`. */
	attempt<T>(what: string, step: () => Promise<T>): Promise<T | undefined>;
	/** Ms the user allows for waiting on the platform's processing. */
	readonly patience: number;
	/** What a page says of itself. */
	card(url: string): Promise<LinkCard | undefined>;
	/** A file on the web, refused if it is larger. */
	fetchMedia(url: string, atMost: number): Promise<Media>;
}

export interface ApiSettings {
	platform: Platform;
	session: Session;
	limits: Limits;
	slot: Slot;
	/** Ms the user allows for waiting until a rate limit is lifted. */
	rateLimitWait: number;
	patience: number;
	warnings: string[];
	web: Pick<Api, 'card' | 'fetchMedia'>;
}

const TRIES = 4;
const BACKOFF = 500;

export function apiOf(settings: ApiSettings): Api {
	const { platform, session, slot, warnings } = settings;
	const exchange = exchangeOf(settings);
	const reply: Api['reply'] = async (request, accept = []) => await exchange(request, accept);
	const api: Api = {
		...settings.web,
		credential: session.credential,
		get token() {
			return session.token();
		},
		slot,
		limits: settings.limits,
		patience: settings.patience,
		reply,
		send: async <T>(request: Request) => (await exchange(request)).body as T,
		publish: async <T>(request: Request & { idempotent?: boolean }, mark?: IDataObject) => {
			slot.start(mark);
			const { body } = await exchange({ ...request, repeatable: request.idempotent ?? false }, [], slot);
			return body as T;
		},
		until: async (check, { every, atMost }) => {
			const end = Date.now() + atMost;
			for (let asked = 0; ; asked++) {
				const found = await check();
				const wait = typeof every === 'function' ? every() : every * Math.min(1.5 ** asked, 10);
				if (found !== undefined || Date.now() + wait > end) return found;
				await sleep(wait);
			}
		},
		account: async () => {
			const known = session.account();
			if (known) return known;
			const { id, name } = await platform.whoami(api);
			await session.remember({ id, name });
			return { id, name };
		},
		warn: (message) => void warnings.push(message),
		attempt: async (what, step) => {
			try {
				return await step();
			} catch (error) {
				warnings.push(`${what} failed: ${toFailure(error, platform.id).message}`);
				return undefined;
			}
		},
	};
	return api;
}

type Exchange = (
	request: Request,
	accept?: readonly number[],
	publishing?: Slot,
) => Promise<Reply>;

/** Sends, and sends again where that is safe and promising. */
function exchangeOf({ platform, session, rateLimitWait }: ApiSettings): Exchange {
	return async (request, accept = [], publishing) => {
		const { method = 'GET' } = request;
		const repeatable = request.repeatable ?? (method !== 'POST' && method !== 'PATCH');
		let renewed = false;
		let lost = false;
		let waited = 0;
		for (let tries = 1; ; tries++) {
			publishing?.start();
			const { access_token: used } = session.token();
			const reply = await session.http(signed(platform, session, request));
			const failed = judge(platform, session, reply, request, publishing !== undefined);
			if (!failed || accept.includes(reply.status)) return reply;
			// Being refused now does not undo an attempt that may have gone through.
			lost ||= failed.code === 'outcome_unknown';
			if (!lost) publishing?.clear();

			if (failed.tokenExpired && !renewed && request.token === undefined) {
				// A request beside this one may have renewed it already.
				renewed = session.token().access_token !== used || (await session.renew());
				if (renewed) continue;
			}
			const pause = pauseBefore(failed, reply, repeatable, tries);
			if (pause !== undefined && waited + pause <= limitOf(failed, rateLimitWait)) {
				waited += pause;
				await sleep(pause);
				continue;
			}
			throw new Refused(failed);
		}
	};
}

/** How long all waiting for one request may last: rate limits by the user's choice. */
function limitOf({ code }: Failure, rateLimitWait: number) {
	return code === 'rate_limited' ? rateLimitWait : Math.max(rateLimitWait, 60_000);
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
	const troubled = reply.status === 0 || reply.status >= 500 || failed.code === 'platform_unavailable';
	return repeatable && troubled ? backoff : undefined;
}

function signed(platform: Platform, session: Session, request: Request): Call {
	const { path, host, token, headers } = request;
	const { host: usual, base: made = String } = platform.credential;
	const typed = String(session.credential[host ?? usual] ?? '');
	const base = (host ? typed : made(typed)).replace(/\/+$/, '');
	const bearer = token ?? session.token().access_token;
	return {
		...without(request, 'path', 'host', 'token', 'repeatable', 'refusal'),
		url: /^https?:\/\//.test(path) ? path : base + path,
		headers: { ...(bearer !== 'none' && { authorization: `Bearer ${bearer}` }), ...headers },
	};
}

/** What an answer means; undefined if it is good. */
function judge(
	platform: Platform,
	session: Session,
	reply: Reply,
	{ refusal }: Request,
	publishing: boolean,
): Failure | undefined {
	const good = reply.status >= 200 && reply.status < 300;
	const told = platform.explain?.(reply);
	if (good && !told?.code) {
		const readable = typeof reply.body === 'object' && reply.body !== null;
		return publishing && !readable ? lostAnswer(platform, reply, session) : undefined;
	}
	const unclear = reply.status === 0 ? !reply.unsent : reply.status >= 500;
	// A vendor's word for trouble on its side proves no more than a 5xx, nor does a vague no with one.
	const vague = unclear && (!told?.code || told.code === 'platform_rejected');
	const trouble = told?.code === 'platform_unavailable';
	if (publishing && told?.again === undefined && (vague || trouble)) {
		return lostAnswer(platform, reply, session, told?.message);
	}
	return answered(platform, session, reply, told, refusal);
}

function answered(
	platform: Platform,
	session: Session,
	reply: Reply,
	told: Partial<Failure> | undefined,
	refusal: FailureCode = 'platform_rejected',
): Failure {
	const usual = reply.status === 0 ? 'platform_unavailable' : codeOfStatus(reply.status);
	const meant = told?.code ?? usual;
	const code = meant === 'platform_rejected' ? refusal : meant;
	const said = reply.status === 0 ? `no answer (${String(reply.body)})` : `HTTP ${reply.status}`;
	const wait = waitAdvised(reply.headers, Date.now());
	const known = failure({
		...(code === 'rate_limited' &&
			wait !== undefined && { retryAt: new Date(Date.now() + wait).toISOString() }),
		...(code === 'platform_auth_failed' && {
			remediation: `Reconnect the credential "${session.credentialName}" and run again.`,
		}),
		...told,
		code,
		platform: platform.id,
		docUrl: told?.docUrl ?? platform.docs,
		message: `${platform.name}: ${told?.message ?? said}`,
		...(reply.status > 0 && { httpStatus: reply.status, platformResponse: shown(reply.body) }),
	});
	const expired = told?.tokenExpired ?? (reply.status === 401 && told?.code === undefined);
	const clean = redactReply(known, session.secrets());
	return { ...clean, ...(expired && { tokenExpired: true }), ...(told?.again && { again: told.again }) };
}

function lostAnswer(
	platform: Platform,
	reply: Reply,
	session: Session,
	told = `HTTP ${reply.status}`,
): Failure {
	const said = reply.status === 0 ? String(reply.body) : told;
	const known = failure({
		code: 'outcome_unknown',
		platform: platform.id,
		docUrl: platform.docs,
		message: `${platform.name} gave no clear answer to the publishing request (${said}).`,
		...(reply.status > 0 && { httpStatus: reply.status, platformResponse: shown(reply.body) }),
	});
	return redactReply(known, session.secrets());
}

/** A body as it may be shown: HTML pages and the like are cut short. */
function shown(body: unknown): IDataObject | string {
	return typeof body === 'object' && body !== null ? (body as IDataObject) : String(body).slice(0, 500);
}

/** For requests outside a session, such as logging in: a good answer, or the failure it stands for. */
export async function ask(platform: Platform, http: Http, call: Call, secrets: string[]) {
	const reply = await http(call);
	const told = platform.explain?.(reply);
	if (reply.status >= 200 && reply.status < 300 && !told?.code) return reply.body as IDataObject;
	const code = told?.code ?? (reply.status === 0 ? 'platform_unavailable' : codeOfStatus(reply.status));
	return refuse(
		redactReply(
			{
				...told,
				code,
				platform: platform.id,
				docUrl: platform.docs,
				message: `${platform.name}: ${told?.message ?? `HTTP ${reply.status || String(reply.body)}`}`,
				...(reply.status > 0 && { httpStatus: reply.status }),
			},
			secrets,
		),
	);
}
