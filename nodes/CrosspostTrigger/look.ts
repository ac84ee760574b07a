import type { IDataObject, IPollFunctions } from 'n8n-workflow';

import { inspect, validityOf, profileOf, refreshEnd, scopesOf } from '../shared/connection/account';
import { isDead } from '../shared/connection/renewing';
import { credentialName, authMethodOf, openSession } from '../shared/connection/session';
import { hashOf, metadataIn } from '../shared/connection/storedToken';
import type { AuthMethod, Inspected } from '../shared/contract/authMethod';
import type { Platform } from '../shared/contract/platform';
import type { Account } from '../shared/contract/post';
import type { Session } from '../shared/contract/session';
import { refuse, Refused, rethrow } from '../shared/errors/failure';
import { DAY } from '../shared/units';

/** State of a connection. */
export interface Seen {
	/** ID of the connection; changes on reconnecting. */
	key: string;
	platform: string;
	/** The credential's name from the user. */
	credential: string;
	account?: Account;
	ends: End[];
	/** This look has renewed the token. */
	refreshed?: boolean;
	/** Scopes that are needed but not granted. */
	missing: string[];
	warnings: string[];
	/** Set if the platform refuses the connection. `checkedAt`: epoch ms when it last accepted it. */
	revoked?: { reason: string; code: string; checkedAt?: number };
}

/** An expiry of a connection. */
export interface End {
	what: 'access token' | 'refresh token' | 'data access';
	/** Epoch ms. */
	at: number;
	canRefresh: boolean;
	/**
	 * Only a person can prevent it: it cannot be renewed, or renewals have failed for a long time.
	 */
	pressing: boolean;
}

/** `needed`: scopes to check. `thorough`: asks the platform even if it was asked today. */
export interface Look {
	needed(authMethod: AuthMethod): readonly string[];
	thorough: boolean;
}

/**
 * Renews what is due and returns the state of a connection. Asks the platform once a day; undefined
 * if it does not answer.
 */
export async function look(
	fn: IPollFunctions,
	platform: Platform,
	wanted: Look,
): Promise<Seen | undefined> {
	const authMethod = authMethodOf(fn, platform);
	const about = { platform: platform.id, credential: credentialName(fn, authMethod) };
	try {
		return { ...about, ...(await alive(fn, platform, authMethod, wanted)) };
	} catch (error) {
		if (!(error instanceof Refused)) return rethrow(error);
		const { rule, code, message } = error.failure;
		// A missing value in the credential also ends the connection.
		const isOver = isDead(error) || code === 'validation_failed';
		if (!isOver) return wanted.thorough ? rethrow(error) : undefined;
		const credential: IDataObject = await fn.getCredentials(authMethod.type);
		const { grant, account, checkedAt } = metadataIn(authMethod, credential);
		const revoked = { reason: message, code: rule ?? code, checkedAt };
		const nothing = { ends: [], missing: [], warnings: [] };
		return { ...about, key: grant, ...(account && { account }), ...nothing, revoked };
	}
}

async function alive(
	fn: IPollFunctions,
	platform: Platform,
	authMethod: AuthMethod,
	{ needed, thorough }: Look,
) {
	const session = await openSession(fn, platform);
	const inspected = await answered(
		thorough,
		async () => await checked(fn, platform, session, thorough),
	);
	const { grant, account } = session.storedToken.metadata();
	const scopes = scopesOf(session, inspected, needed(authMethod));
	return {
		key: grant ?? hashOf(session.token().access_token),
		...(account && { account }),
		ends: endsOf(session, inspected),
		refreshed: session.renewed(),
		missing: scopes?.missing ?? [],
		warnings: session.warnings,
	};
}

/** If the platform is down, the stored facts still count. */
async function answered<T>(thorough: boolean, ask: () => Promise<T>): Promise<T | undefined> {
	try {
		return await ask();
	} catch (error) {
		return thorough || !(error instanceof Refused) || isDead(error) ? rethrow(error) : undefined;
	}
}

/** Asks the platform whether it still accepts the connection, at most once a day. */
async function checked(
	fn: IPollFunctions,
	platform: Platform,
	session: Session,
	thorough: boolean,
) {
	const { account, checkedAt = 0 } = session.storedToken.metadata();
	if (account && !thorough && Date.now() - checkedAt < DAY) return undefined;
	const inspected = await inspect(session);
	if (inspected?.active === false) return refuseDead(platform, session, inspected);
	const { id, name } = inspected && account ? account : await profileOf(fn, platform, session);
	await session.storedToken.note({
		account: { id, name },
		checkedAt: Date.now(),
		...(inspected?.scopes && { scopes: inspected.scopes }),
	});
	return inspected;
}

function refuseDead({ id, name }: Platform, session: Session, { reason }: Inspected): never {
	return refuse({
		code: 'platform_auth_failed',
		platform: id,
		message: `${name}: ${reason ?? 'the token is not valid any more'}`,
		remediation: `Reconnect the credential "${session.credentialName}" and run again.`,
	});
}

function endsOf(session: Session, inspected?: Inspected): End[] {
	const { expiresAt, renewedByItself } = validityOf(session, inspected);
	const ends: Array<End | undefined> = [
		end('access token', expiresAt, renewedByItself, !renewedByItself || isLate(session, expiresAt)),
		// A renewal that gives a new refresh token moves this end; otherwise only a person can
		// reconnect.
		end('refresh token', refreshEnd(session.token()), false, true),
		end('data access', inspected?.dataAccessExpiresAt, false, true),
	];
	return ends.filter((one) => one !== undefined);
}

/** Whether renewals have failed for a long time. Short outages are not reported. */
function isLate({ authMethod: { token: policy } }: Session, expiresAt = Infinity): boolean {
	const before = policy.kind === 'permanent' ? 0 : policy.renewAheadMs;
	return expiresAt - Date.now() < Math.min(before / 2, before - DAY / 2);
}

function end(
	what: End['what'],
	at: number | undefined,
	canRefresh: boolean,
	pressing: boolean,
): End | undefined {
	return at === undefined ? undefined : { what, at, canRefresh, pressing };
}
