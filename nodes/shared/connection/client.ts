import { UnexpectedError, type IDataObject } from 'n8n-workflow';

import type { Api, Request } from '../contract/api';
import type { Attempt } from '../contract/attempt';
import type { NodeContext } from '../contract/http';
import type { Limits } from '../contract/limits';
import type { Platform } from '../contract/platform';
import type { Session } from '../contract/session';
import { refuse, toFailure } from '../errors/failure';
import { redact } from '../errors/redact';
import { listingOf } from '../http/listing';
import { beginAttempt, senderOf, type SendSettings } from '../http/send';
import { stopOf } from '../http/stop';
import { until } from '../http/until';
import { waitBudget } from '../http/waitBudget';
import { MINUTE } from '../units';
import { without } from '../without';
import { withoutEchoes } from './session';

export interface ApiSettings extends SendSettings {
	limits: Limits;
	attempt: Attempt;
	processingWaitMs: number;
	warnings: string[];
	web: Pick<Api, 'card' | 'fetchMedia'>;
}

/** Makes the API for one session and one attempt. */
export function apiOf(settings: ApiSettings): Api {
	const { platform, session, attempt, stop, warnings } = settings;
	const sender = senderOf(settings);
	const reply: Api['reply'] = async (request, accept = []) => await sender(request, accept);
	const api: Api = {
		...settings.web,
		credential: session.credential,
		get token() {
			return session.token();
		},
		attempt,
		limits: settings.limits,
		processingWaitMs: settings.processingWaitMs,
		reply,
		send: async <T>(request: Request) => (await sender(request)).body as T,
		publish: async <T>(request: Request & { idempotent?: boolean }, mark?: IDataObject) => {
			const { answerHeader, idempotent = false } = request;
			await beginAttempt(stop, attempt, mark && withoutEchoes(mark, session), idempotent);
			const { body, headers } = await sender(without(request, 'idempotent'), [], attempt);
			return (answerHeader ? { [answerHeader]: headers[answerHeader] } : body) as T;
		},
		note: (mark) => attempt.note(withoutEchoes(mark, session)),
		until: async (check, times) => await until(stop, check, times),
		wait: stop.wait,
		get serverClock() {
			return sender.serverClock();
		},
		account: async () => {
			const known = session.storedToken.metadata().account;
			if (known) return known;
			const { id, name } = redact(await platform.whoami(api), session.secrets());
			await session.storedToken.note({ account: { id, name } });
			return { id, name };
		},
		derive: session.derivedTokens.derive,
		listIn: <T>(value: unknown) =>
			Array.isArray(value) ? (value as T[]) : refuseNoList(platform, session.credentialName),
		pages: (ask, extent) => listingOf(platform, ask, extent),
		warn: (message) => void warnings.push(message),
		tolerate: async (what, step) => {
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

function refuseNoList({ id, name, docs }: Platform, credential: string): never {
	return refuse({
		code: 'platform_unavailable',
		platform: id,
		docUrl: docs,
		message: `${name} did not answer with a list, or something else answered in its place.`,
		remediation: `Try again later, and check the address in the credential "${credential}".`,
	});
}

const noWeb: Pick<Api, 'card' | 'fetchMedia'> = {
	card: async () => undefined,
	fetchMedia: async () =>
		await Promise.reject(new UnexpectedError('No media outside of publishing')),
};

/** The API for operations that publish nothing. */
export function apiForSession(fn: NodeContext, platform: Platform, session: Session): Api {
	return apiOf({
		platform,
		session,
		limits: platform.limits,
		attempt: unrecorded,
		stop: stopOf(fn, platform.id),
		warnings: session.warnings,
		rateLimits: waitBudget(MINUTE),
		processingWaitMs: 0,
		web: noWeb,
	});
}

/** The attempt of operations that publish nothing. */
export const unrecorded: Attempt = {
	...{ key: '', series: '', part: 0, owner: '', namedAt: 0, at: 0, state: 'new', checkpoint: {} },
	...{ isUndated: false, isTaken: false, isForeign: false, isDoubted: false },
	...{ isSentHere: false, isIdempotent: false },
	begin: async () => {},
	note: () => {},
	finish: async () => {},
	lose: () => {},
	refused: async () => {},
	disprove: async () => {},
	takeOver: () => {},
	memoryFailure: () => undefined,
};
