import type { IDataObject } from 'n8n-workflow';
import { DateTime } from 'luxon';

import type { AuthMethod, Inspected, TokenData } from '../contract/authMethod';
import type { NodeContext } from '../contract/http';
import type { Platform } from '../contract/platform';
import type { Session } from '../contract/session';
import { hiding, rethrow } from '../errors/failure';
import { redact, redactNames, redactReply } from '../errors/redact';
import { SECOND } from '../units';
import { apiForSession } from './client';
import { isDead } from './renewing';
import { credentialName, authMethodOf, forgetToken, openSession } from './session';

/** The account, token, scopes and expiry of a credential; no secrets. */
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

/**
 * The profile of the account, without secrets that the answer may echo, because it is shown and
 * stored.
 */
export async function profileOf(fn: NodeContext, platform: Platform, session: Session) {
	const { details, ...profile } = await platform.whoami(apiForSession(fn, platform, session));
	const secrets = session.secrets();
	return {
		...redact(profile, secrets),
		...(details && { details: redactNames(details, secrets) }),
	};
}

/**
 * Revokes the grant if the platform supports it, then removes the token from the credential. If
 * revoking fails, the token stays for another try; a dead token is removed anyway.
 */
export async function disconnect(
	fn: NodeContext,
	platform: Platform,
	item: number,
): Promise<IDataObject> {
	const authMethod = authMethodOf(fn, platform);
	const outcome = await withdraw(fn, platform, item);
	const emptied = await forgetToken(fn, platform, item);
	// A pasted token or typed password makes a new token at the next run.
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

/** The vendor's introspection without secrets; undefined if there is none. */
export async function inspect({ authMethod, http, credential, token, secrets }: Session) {
	return redactReply(await authMethod.inspect?.(http, credential, token()), secrets());
}

/** `expiresAt` in epoch ms; undefined if unknown. */
export function validityOf({ authMethod, credential, token }: Session, inspected?: Inspected) {
	const expires = Number(token().n8n_expires_at ?? inspected?.expiresAt);
	return {
		expiresAt: Number.isFinite(expires) ? expires : undefined,
		renewedByItself: renewable(authMethod, credential, token()),
	};
}

/** End of the refresh token in epoch ms; undefined if the vendor does not tell. */
export function refreshEnd(token: TokenData): number | undefined {
	const life = Number(token.refresh_token_expires_in ?? token.refresh_expires_in);
	const made = Number(token.n8n_expires_at) - Number(token.expires_in) * SECOND;
	return life > 0 && Number.isFinite(made) ? made + life * SECOND : undefined;
}

/**
 * Granted scopes, and those of `needed` that are missing; undefined if the granted scopes are
 * unknown.
 */
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
	// A broad scope includes its parts: "read" includes "read:accounts".
	const has = (one: string) => granted.includes(one) || granted.includes(one.replace(/:.*$/, ''));
	return { granted, missing: needed.filter((one) => !has(one)) };
}

/** Epoch ms as ISO 8601; null if undefined. */
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
