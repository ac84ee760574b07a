import type { IDataObject } from 'n8n-workflow';
import { DateTime } from 'luxon';

import { iso } from '../shared/connection/account';
import { DAY } from '../shared/units';
import type { End, Seen } from './look';

/** What was already reported about one connection. */
export interface Known {
	/** ID of the connection; another connection starts without reports. */
	key?: string;
	/** Epoch ms of the report of a revocation. */
	revoked?: number;
	/** Reported missing scopes, separated by spaces. */
	missing?: string;
	/** By kind of end: its time in epoch ms, and the reported thresholds in days. */
	ends?: Record<string, { at: number; days: number[] }>;
}

/** The user's selection. */
export interface Wish {
	events: readonly string[];
	/** Days before an end at which to warn. */
	days: readonly number[];
}

/** New events of a connection, and what is reported from now on. */
export function newsOf(
	seen: Seen,
	before: Known,
	wish: Wish,
): { events: IDataObject[]; known: Known } {
	const known: Known = before.key === seen.key ? before : { key: seen.key };
	const wanted = (event: string) => wish.events.includes(event);
	if (seen.revoked) {
		if (wasTold(known, seen.revoked) || !wanted('token.revoked')) return { events: [], known };
		return { events: [revokedEvent(seen)], known: { ...known, revoked: Date.now() } };
	}
	const missing = seen.missing.join(' ');
	const told = seen.ends.map((end) => ({ end, days: crossed(end, wish.days) }));
	const due = told.filter(({ end, days }) => end.pressing && isNew(known, end, days));
	return {
		events: [
			...(seen.refreshed && wanted('token.refreshed') ? [refreshedEvent(seen)] : []),
			...(missing && missing !== known.missing && wanted('scope.missing')
				? [missingEvent(seen)]
				: []),
			...(wanted('token.expiring') ? due.map(({ end }) => expiringEvent(seen, end)) : []),
		],
		known: {
			key: seen.key,
			...(missing && { missing }),
			ends: {
				...known.ends,
				...Object.fromEntries(due.map(({ end: { what, at }, days }) => [what, { at, days }])),
			},
		},
	};
}

/** Events that show the current state, whether or not they are due. */
export function sampleOf(seen: Seen): IDataObject[] {
	if (seen.revoked) return [revokedEvent(seen)];
	const ends = seen.ends.length > 0 ? seen.ends : [undefined];
	return [
		...ends.map((end) => expiringEvent(seen, end)),
		...(seen.missing.length > 0 ? [missingEvent(seen)] : []),
	];
}

function crossed({ at }: End, days: readonly number[]): number[] {
	const left = DateTime.fromMillis(at).diffNow('days').days;
	return days.filter((threshold) => left <= threshold);
}

/** n8n stores the state only with an event, so only `checkedAt` reveals a recovery in between. */
function wasTold({ revoked }: Known, { checkedAt = 0 }: { checkedAt?: number }): boolean {
	return revoked !== undefined && checkedAt <= revoked;
}

/** Vendors give an end in seconds from now, so its time shifts slightly with each renewal. */
function isNew({ ends = {} }: Known, { what, at }: End, days: number[]): boolean {
	const told = ends[what];
	const before = told && Math.abs(told.at - at) < DAY ? told.days : [];
	return days.some((threshold) => !before.includes(threshold));
}

function about({ platform, account, credential, warnings }: Seen): IDataObject {
	return {
		platform,
		account: account ? { ...account } : null,
		credential,
		...(warnings.length > 0 && { warnings }),
	};
}

function expiringEvent(seen: Seen, end?: End): IDataObject {
	const left = end && DateTime.fromMillis(end.at).diffNow('days').days;
	return {
		event: 'token.expiring',
		...about(seen),
		what: end?.what ?? 'access token',
		expiresAt: iso(end?.at),
		daysUntilExpiry: left === undefined ? null : Math.max(0, Math.floor(left)),
		canRefresh: end?.canRefresh ?? false,
		reconnect: reconnect(seen),
	};
}

function refreshedEvent(seen: Seen): IDataObject {
	const token = seen.ends.find(({ what }) => what === 'access token');
	return { event: 'token.refreshed', ...about(seen), expiresAt: iso(token?.at) };
}

function missingEvent(seen: Seen): IDataObject {
	return {
		event: 'scope.missing',
		...about(seen),
		missing: seen.missing,
		reconnect: reconnect(seen),
	};
}

function revokedEvent(seen: Seen): IDataObject {
	return {
		event: 'token.revoked',
		...about(seen),
		revokedAt: iso(Date.now()),
		reason: seen.revoked?.reason,
		code: seen.revoked?.code,
		reconnect: reconnect(seen),
	};
}

function reconnect({ credential }: Seen) {
	return `Open the credential "${credential}" in n8n and connect the account again.`;
}
