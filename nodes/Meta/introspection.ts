import type { IDataObject } from 'n8n-workflow';

import type { Inspected, TokenData } from '../shared/contract/authMethod';
import type { Call, Http } from '../shared/contract/http';
import { DAY, SECOND } from '../shared/units';

/** Default lifetime of a token in seconds. */
const LIFE = (60 * DAY) / SECOND;

/** Introspection by Meta; times in epoch ms. */
export type Debugged = Inspected & { issuedAt?: number };

/**
 * Asks Meta's introspection about a token; undefined if it does not answer:
 * https://developers.facebook.com/docs/threads/troubleshooting/debug-access-token
 */
export async function debugged(http: Http, call: Call | undefined): Promise<Debugged | undefined> {
	if (!call) return undefined;
	const { body } = await http(call);
	const { data } = (body ?? {}) as { data?: IDataObject };
	if (typeof data?.is_valid !== 'boolean') return undefined;
	const { message } = (data.error ?? {}) as { message?: string };
	const inspected: Debugged = {
		active: data.is_valid,
		...(Number(data.expires_at) > 0 && { expiresAt: Number(data.expires_at) * SECOND }),
		...(Number(data.data_access_expires_at) > 0 && {
			dataAccessExpiresAt: Number(data.data_access_expires_at) * SECOND,
		}),
		...(Number(data.issued_at) > 0 && { issuedAt: Number(data.issued_at) * SECOND }),
		...(Array.isArray(data.scopes) && { scopes: data.scopes.map(String) }),
		...(message && { reason: message }),
	};
	return inspected;
}

/**
 * Facts to store about a token's life: the time of first use if introspection is unavailable, no
 * end if the token never ends.
 */
export function lifeOf(known: Debugged | undefined) {
	if (!known) return { seen_at: Date.now() };
	const { expiresAt, issuedAt = Date.now(), scopes } = known;
	return {
		...(expiresAt && {
			n8n_expires_at: String(expiresAt),
			expires_in: (expiresAt - issuedAt) / SECOND,
		}),
		...(scopes && { scope: scopes.join(',') }),
	};
}

/** The end of a token: from the answer, else from introspection, else the default lifetime. */
export function endOf({ expires_in }: TokenData, known: Debugged | undefined) {
	const left = known?.expiresAt && (known.expiresAt - Date.now()) / SECOND;
	const seconds = Number(expires_in) || left || LIFE;
	return { expires_in: seconds, n8n_expires_at: String(Date.now() + seconds * SECOND) };
}
