import type { IDataObject } from 'n8n-workflow';
import { DateTime } from 'luxon';

import { iso } from '../shared/connection/account';
import type { End, Seen } from './look';

const DAY = 86_400_000;

/** What was told of one connection before. */
export interface Known {
	/** The connection it is about; with another one nothing was told yet. */
	key?: string;
	/** When a revocation was told, in epoch ms. */
	revoked?: number;
	/** Scopes, separated by spaces. */
	missing?: string;
	/** By what ends: when, and the thresholds in days that were told. */
	ends?: Record<string, { at: number; days: number[] }>;
}

/** What the user wants to hear of. */
export interface Wish {
	events: readonly string[];
	/** Days before an end at which to warn. */
	days: readonly number[];
}

/** What is new about a connection, and what is known of it from now on. */
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

/** How a connection stands now, in the words of the events, whether or not one is due. */
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

/** n8n keeps what is known only with an event, so a recovery in between shows by its time alone. */
function wasTold({ revoked }: Known, { checkedAt = 0 }: { checkedAt?: number }): boolean {
	return revoked !== undefined && checkedAt <= revoked;
}

/** Vendors tell an end as so many seconds from now, so each renewal moves it a little. */
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
