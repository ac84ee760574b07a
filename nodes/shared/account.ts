import type { IDataObject } from 'n8n-workflow';
import { DateTime } from 'luxon';

import type { NodeContext } from './http';
import type { Platform, TokenData } from './platform';
import { apiForSession } from './prepare';
import { openSession } from './session';

/** Whose credential this is, what it may do and until when; no secrets. */
export async function accountFacts(
	fn: NodeContext,
	platform: Platform,
	item: number,
): Promise<IDataObject> {
	const session = await openSession(fn, platform, item);
	const { id, name, url, details } = await platform.whoami(apiForSession(platform, session));
	await session.remember({ id, name });
	return {
		platform: platform.id,
		account: { id, name },
		...(url && { url }),
		credential: session.credentialName,
		token: lifeOf(platform, session.token()),
		...scopesOf(platform, session.token()),
		...(details && { details }),
		warnings: session.warnings,
	};
}

function lifeOf({ token: policy }: Platform, token: TokenData): IDataObject {
	const expires = Number(token.n8n_expires_at);
	return {
		expiresAt: Number.isFinite(expires) ? DateTime.fromMillis(expires).toUTC().toISO() : null,
		renewedByItself:
			policy.kind === 'own' || (policy.kind === 'refreshed' && !!token.refresh_token),
	};
}

function scopesOf({ credential }: Platform, { scope }: TokenData): IDataObject {
	if (!credential.scopes || !scope) return {};
	const granted = scope.split(/[\s,]+/).filter(Boolean);
	// Where scopes have parts, the broad one has them all: "read" is "read:accounts" too.
	const has = (one: string) => granted.includes(one) || granted.includes(one.split(':')[0]);
	const missing = credential.scopes.write.filter((one) => !has(one));
	return { scopes: { granted, missing } };
}
