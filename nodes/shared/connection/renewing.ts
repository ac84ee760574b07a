import type { TokenData } from '../contract/authMethod';
import type { NewToken, Session, StoredToken } from '../contract/session';
import { naming, refuse, Refused, rethrow } from '../errors/failure';
import { stopOf, type Stop } from '../http/stop';
import { SECOND } from '../units';
import { renewalOf, type Renewal, type RenewalSettings } from './renewal';

/** Running renewals of this process by token name. */
const underWay = new Map<string, Promise<NewToken | undefined>>();

interface Renewing extends Omit<RenewalSettings, 'putBack'> {
	/** The credential's name from the user. */
	name: string;
	storedToken: StoredToken;
}

/** Renews the token of a session: before the first request if it is due, and after a refusal. */
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

/**
 * Switches to the token that `step` makes or that another execution made; false if there is none.
 */
async function makeAndTake(
	{ fn, platform, name, storedToken, secrets }: Renewing,
	renewal: Renewal,
	step: () => Promise<TokenData | undefined>,
): Promise<boolean> {
	// Registers the old token as a secret before it is replaced.
	secrets();
	const make = async () => {
		// Stop must not interrupt this: the answer may hold the only valid refresh token.
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

/** If several executions need the same renewal, one runs it and the others share its result. */
async function once(name: string, make: () => Promise<NewToken | undefined>) {
	const running = underWay.get(name) ?? make().finally(() => underWay.delete(name));
	underWay.set(name, running);
	return await running;
}

/** Another process may have renewed the token already, or may be about to store it. */
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
			(await storedToken.newer()) ?? (await stop.wait(SECOND), await storedToken.newer());
		return stored ?? rethrow(error);
	}
}

/** Whether the platform refuses the connection permanently. */
export function isDead(error: unknown): error is Refused {
	return error instanceof Refused && error.failure.code === 'platform_auth_failed';
}

/** Names the credential in the failure if the platform refuses it. */
async function named<T>(credential: string, step: () => Promise<T>): Promise<T> {
	try {
		return await step();
	} catch (error) {
		return error instanceof Refused ? refuse(naming(credential, error.failure)) : rethrow(error);
	}
}
