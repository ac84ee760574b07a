import type { TokenData } from '../contract/authMethod';
import type { NewToken, Session, StoredToken } from '../contract/session';
import { naming, refuse, Refused, rethrow } from '../errors/failure';
import { stopOf, type Stop } from '../http/stop';
import { renewalOf, type Renewal, type RenewalSettings } from './renewal';

/** Renewals under way in this process, by what they renew. */
const underWay = new Map<string, Promise<NewToken | undefined>>();

interface Renewing extends Omit<RenewalSettings, 'putBack'> {
	/** The user's name for the credential. */
	name: string;
	storedToken: StoredToken;
}

/** Renews the token of a session: before the first request if it is due, and when it is refused. */
export function renewing(
	settings: Renewing,
): Pick<Session, 'renew' | 'renewed'> & { renewIfDue(): Promise<void> } {
	const { storedToken } = settings;
	const renewal = renewalOf({ ...settings, putBack: storedToken.putBack });
	const isOwn = () => storedToken.metadata().own === true;
	let renewed = false;
	const run = async (step: () => Promise<TokenData | undefined>) => {
		const isMade = await makeAndTake(settings, renewal, step);
		renewed ||= isMade;
		return isMade;
	};
	return {
		renewIfDue: async () => {
			if (!renewal.isDue(storedToken.token(), isOwn())) return;
			await run(async () => await renewal.ensureUsable(storedToken.token(), isOwn()));
		},
		renew: async () => await run(async () => await renewal.renew(storedToken.token() as TokenData)),
		renewed: () => renewed,
	};
}

/** Uses the token that the step makes, or that another execution has made; false if there is none. */
async function makeAndTake(
	{ fn, platform, name, storedToken, secrets }: Renewing,
	renewal: Renewal,
	step: () => Promise<TokenData | undefined>,
): Promise<boolean> {
	// What is replaced stays known as a secret.
	secrets();
	const make = async () => {
		// Never cut off by Stop: the answer may hold the only refresh token that works from then on.
		const token = await named(name, step);
		return token && (await storedToken.store(token, renewal.own));
	};
	const made = await once(
		storedToken.name,
		async () => await newest(storedToken, make, stopOf(fn, platform.id)),
	);
	if (made) storedToken.take(made);
	return made !== undefined;
}

/** Many executions find the same token used up: one renews it, the others take what it got. */
async function once(name: string, make: () => Promise<NewToken | undefined>) {
	const running = underWay.get(name) ?? make().finally(() => underWay.delete(name));
	underWay.set(name, running);
	return await running;
}

/** Another process may have renewed the token before, or be about to store what it renewed. */
async function newest(
	storedToken: StoredToken,
	make: () => Promise<NewToken | undefined>,
	stop: Stop,
): Promise<NewToken | undefined> {
	const earlier = await storedToken.newer();
	if (earlier) return earlier;
	try {
		return await make();
	} catch (error) {
		if (!isDead(error) || !storedToken.token()?.refresh_token) return rethrow(error);
		const stored =
			(await storedToken.newer()) ?? (await stop.wait(1000), await storedToken.newer());
		return stored ?? rethrow(error);
	}
}

/** Whether the platform refuses the connection for good. */
export function isDead(error: unknown): error is Refused {
	return error instanceof Refused && error.failure.code === 'platform_auth_failed';
}

/** A step whose failure says which credential is meant when the platform refuses it. */
async function named<T>(credential: string, step: () => Promise<T>): Promise<T> {
	try {
		return await step();
	} catch (error) {
		return error instanceof Refused ? refuse(naming(credential, error.failure)) : rethrow(error);
	}
}
