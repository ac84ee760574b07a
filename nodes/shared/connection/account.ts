import type { IDataObject } from 'n8n-workflow';
import { DateTime } from 'luxon';

import type { AuthMethod, Inspected, TokenData } from '../contract/authMethod';
import type { NodeContext } from '../contract/http';
import type { Platform } from '../contract/platform';
import type { Session } from '../contract/session';
import { hiding, rethrow } from '../errors/failure';
import { redact, redactNames, redactReply } from '../errors/redact';
import { apiForSession } from './client';
import { isDead } from './renewing';
import { credentialName, authMethodOf, forgetToken, openSession } from './session';

/** Whose credential this is, what it may do and until when; no secrets. */
export async function accountFacts(
	fn: NodeContext,
	platform: Platform,
	item: number,
): Promise<IDataObject> {
	const session = await openSession(fn, platform, item);
	const { id, name, url, details } = await profileOf(fn, platform, session);
	await session.storedToken.note({ account: { id, name } });
	const inspected = await inspect(session);
	const life = validityOf(session, inspected);
	const scopes = scopesOf(session, inspected);
	const authMethod = {
		platform: platform.id,
		account: { id, name },
		...(url && { url }),
		credential: session.credentialName,
		token: { ...life, expiresAt: iso(life.expiresAt), ...dataAccessOf(inspected) },
		...(scopes && { scopes }),
		...(details && { details }),
		warnings: session.warnings,
	};
	return redact(authMethod, session.secrets());
}

/** Whose account it is. Whoever answers may repeat what was sent, and this is shown and kept. */
export async function profileOf(fn: NodeContext, platform: Platform, session: Session) {
	const { details, ...profile } = await platform.whoami(apiForSession(fn, platform, session));
	const secrets = session.secrets();
	return {
		...redact(profile, secrets),
		...(details && { details: redactNames(details, secrets) }),
	};
}

/**
 * Withdraws the grant where the platform has a way to, then forgets the token. If withdrawing
 * fails, the token stays, for another try; one that is dead anyway is forgotten.
 */
export async function disconnect(
	fn: NodeContext,
	platform: Platform,
	item: number,
): Promise<IDataObject> {
	const authMethod = authMethodOf(fn, platform);
	const outcome = await withdraw(fn, platform, item);
	const emptied = await forgetToken(fn, platform, item);
	// What a person typed in makes a new token at the next run.
	const typed = authMethod.token.kind === 'custom' && authMethod.token.fingerprint !== undefined;
	const left = emptied && !typed ? '' : ` ${LEFT[emptied ? 'typed' : 'token']}`;
	return {
		platform: platform.id,
		credential: credentialName(fn, authMethod),
		revoked: outcome === 'revoked' && !authMethod.revokes,
		forgotten: emptied && !typed,
		message: said(platform, authMethod, outcome) + left,
		manage: authMethod.manage,
	};
}

type Withdrawal = 'revoked' | 'dead' | 'impossible';

const LEFT = {
	typed:
		'The credential still has what was typed into it, and connects again with that: delete it.',
	token: 'This n8n cannot take the token out of the credential: delete it.',
};

function said({ name }: Platform, { manage, revokes }: AuthMethod, outcome: Withdrawal) {
	if (outcome === 'revoked' && revokes)
		return `${name} has ended the ${revokes}, but not the permission: remove it at ${manage}.`;
	if (outcome === 'revoked') return `${name} has withdrawn the permission.`;
	if (outcome === 'dead') return `${name} did not accept the connection any more.`;
	return `${name} has no way to withdraw the permission from here: remove it at ${manage}.`;
}

async function withdraw(fn: NodeContext, platform: Platform, item: number): Promise<Withdrawal> {
	const { revoke } = authMethodOf(fn, platform);
	if (!revoke) return 'impossible';
	try {
		const session = await openSession(fn, platform, item);
		await hiding(platform, session.secrets, async () => {
			await revoke(session.http, session.credential, session.token());
		});
		return 'revoked';
	} catch (error) {
		return isDead(error) ? 'dead' : rethrow(error);
	}
}

/** What the vendor says of the token, where it says anything. */
export async function inspect({ authMethod, http, credential, token, secrets }: Session) {
	return redactReply(await authMethod.inspect?.(http, credential, token()), secrets());
}

/** `expiresAt` in epoch ms, undefined if nobody says. */
export function validityOf({ authMethod, credential, token }: Session, inspected?: Inspected) {
	const expires = Number(token().n8n_expires_at ?? inspected?.expiresAt);
	return {
		expiresAt: Number.isFinite(expires) ? expires : undefined,
		renewedByItself: renewable(authMethod, credential, token()),
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
	{ authMethod: { scopes }, token, storedToken }: Session,
	inspected?: Inspected,
	needed: readonly string[] = scopes?.write ?? [],
) {
	const told = inspected?.scopes ?? storedToken.metadata().scopes;
	const granted =
		told ??
		token()
			.scope?.split(/[\s,]+/)
			.filter(Boolean);
	if (!scopes || !granted?.length) return undefined;
	// Where scopes have parts, the broad one has them all: "read" is "read:accounts" too.
	const has = (one: string) => granted.includes(one) || granted.includes(one.replace(/:.*$/, ''));
	return { granted, missing: needed.filter((one) => !has(one)) };
}

/** A point in time as it stands in items. */
export function iso(epoch: number | undefined): string | null {
	return epoch === undefined ? null : DateTime.fromMillis(epoch).toUTC().toISO();
}

function renewable({ token: policy }: AuthMethod, credential: IDataObject, token: TokenData) {
	if (policy.kind === 'custom') {
		return policy.renew !== undefined && (policy.canRenew?.(credential, token) ?? true);
	}
	return policy.kind === 'refreshed' && !!token.refresh_token;
}

function dataAccessOf({ dataAccessExpiresAt }: Partial<Inspected> = {}) {
	return dataAccessExpiresAt === undefined ? {} : { dataAccessExpiresAt: iso(dataAccessExpiresAt) };
}
