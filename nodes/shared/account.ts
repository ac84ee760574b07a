import type { IDataObject } from 'n8n-workflow';
import { DateTime } from 'luxon';

import type { NodeContext } from './http';
import type { CredentialFacts, Inspected, TokenData } from './connection';
import type { Platform } from './platform';
import { apiForSession } from './prepare';
import { openSession, type Session } from './session';

/** Whose credential this is, what it may do and until when; no secrets. */
export async function accountFacts(
	fn: NodeContext,
	platform: Platform,
	item: number,
): Promise<IDataObject> {
	const session = await openSession(fn, platform, item);
	const { id, name, url, details } = await platform.whoami(apiForSession(platform, session));
	await session.held.note({ account: { id, name } });
	const inspected = await inspect(session);
	const life = lifeOf(session.facts, session.token(), inspected);
	const scopes = scopesOf(session.facts, session.token(), inspected);
	return {
		platform: platform.id,
		account: { id, name },
		...(url && { url }),
		credential: session.credentialName,
		token: { ...life, expiresAt: iso(life.expiresAt), ...dataAccessOf(inspected) },
		...(scopes && { scopes }),
		...(details && { details }),
		warnings: session.warnings,
	};
}

/** Withdraws the grant where the platform has a way to, and forgets the token in any case. */
export async function disconnect(
	fn: NodeContext,
	platform: Platform,
	item: number,
): Promise<IDataObject> {
	const session = await openSession(fn, platform, item);
	const { facts, http, credential, credentialName } = session;
	await facts.revoke?.(http, credential, session.token());
	const forgotten = await session.forget();
	const revoked = facts.revoke !== undefined;
	const kept = forgotten ? '' : ' This n8n cannot take the token out of the credential: delete it.';
	const message = revoked
		? `${platform.name} has withdrawn the permission.`
		: `${platform.name} has no way to withdraw the permission from here: remove it at ${facts.manage}.`;
	return {
		platform: platform.id,
		credential: credentialName,
		revoked,
		forgotten,
		message: message + kept,
		manage: facts.manage,
	};
}

/** What the vendor says of the token, where it says anything. */
export async function inspect({ facts, http, credential, token }: Session) {
	return await facts.inspect?.(http, credential, token());
}

/** `expiresAt` in epoch ms, undefined if nobody says. */
export function lifeOf(facts: CredentialFacts, token: TokenData, inspected?: Inspected) {
	const expires = Number(token.n8n_expires_at ?? inspected?.expiresAt);
	return {
		expiresAt: Number.isFinite(expires) ? expires : undefined,
		renewedByItself: renewable(facts, token),
	};
}

/** When the refresh token itself ends, where the vendor tells its life; epoch ms. */
export function refreshEnd(token: TokenData): number | undefined {
	const life = Number(token.refresh_token_expires_in ?? token.refresh_expires_in);
	const made = Number(token.n8n_expires_at) - Number(token.expires_in) * 1000;
	return life > 0 && Number.isFinite(made) ? made + life * 1000 : undefined;
}

/** Scopes as far as they are known, and those among `needed` that are missing. */
export function scopesOf(
	{ scopes }: CredentialFacts,
	{ scope }: TokenData,
	inspected?: Inspected,
	needed: readonly string[] = scopes?.write ?? [],
) {
	const granted = inspected?.scopes ?? (scope ? scope.split(/[\s,]+/).filter(Boolean) : undefined);
	if (!scopes || !granted) return undefined;
	// Where scopes have parts, the broad one has them all: "read" is "read:accounts" too.
	const has = (one: string) => granted.includes(one) || granted.includes(one.split(':')[0]);
	return { granted, missing: needed.filter((one) => !has(one)) };
}

/** A point in time as it stands in items. */
export function iso(epoch: number | undefined): string | null {
	return epoch === undefined ? null : DateTime.fromMillis(epoch).toUTC().toISO();
}

function renewable({ token: policy }: CredentialFacts, token: TokenData) {
	if (policy.kind === 'own') return policy.renew !== undefined;
	return policy.kind === 'refreshed' && !!token.refresh_token;
}

function dataAccessOf({ dataAccessExpiresAt }: Partial<Inspected> = {}) {
	return dataAccessExpiresAt === undefined ? {} : { dataAccessExpiresAt: iso(dataAccessExpiresAt) };
}
