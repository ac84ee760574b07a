import type { IDataObject } from 'n8n-workflow';

import type { AuthMethod, TokenData } from '../contract/authMethod';
import type { NodeContext } from '../contract/http';
import type { Platform } from '../contract/platform';
import type { DerivedTokens, Session, StoredToken } from '../contract/session';
import { naming, redactFailure, refuse, type KnownFailure } from '../errors/failure';
import { redact } from '../errors/redact';
import { httpOf } from '../http/http';
import { storeToken } from './credentialStore';
import { derivedTokensOf } from './derivedTokens';
import { renewing } from './renewing';
import { storedTokenOf } from './storedToken';
import { secretsOf } from './token';
import { isToken } from './tokenAnswer';

/**
 * Removes secrets of the credential that the platform may have echoed, from results and from values
 * stored for later, such as a container's ID. Other secrets of the session are ignored, because
 * they might match a part of the post, and the read-back would not find it.
 */
export function withoutEchoes<T>(value: T, session: Session): T {
	return redact(value, session.ownSecrets());
}

/**
 * Opens the node's credential and renews its token if it is due. Throws if no account is connected
 * or the last connection failed.
 */
export async function openSession(
	fn: NodeContext,
	platform: Platform,
	itemIndex = 0,
): Promise<Session> {
	const authMethod = authMethodOf(fn, platform);
	const name = credentialName(fn, authMethod);
	const credential: IDataObject = await fn.getCredentials(authMethod.type, itemIndex);
	// Checks the base URL before any request.
	authMethod.base?.(String(credential[authMethod.host] ?? ''), credential, '');
	const warnings: string[] = [];
	const storedToken = storedTokenOf({ fn, authMethod, itemIndex, credential, warnings });
	const derivedTokens = derivedTokensOf(storedToken);
	const { secrets, ownSecrets, addSecrets } = secretsKnown(
		authMethod,
		credential,
		storedToken,
		derivedTokens,
	);
	await expectNoRefusal(platform, name, storedToken, secrets());
	const http = httpOf(fn);
	const connection = { fn, platform, authMethod, credential, http, warnings, secrets };
	const { renewIfDue, renew, renewed } = renewing({ ...connection, name, storedToken });
	await renewIfDue();
	if (!isToken(storedToken.token())) refuseUnconnected(platform, name);
	const token = () => storedToken.token() as TokenData;
	const used = { credential, authMethod, http, warnings, storedToken, derivedTokens };
	const known = { secrets, ownSecrets, addSecrets };
	return { ...used, ...known, credentialName: name, token, renew, renewed };
}

/**
 * Collects every secret of a session, also replaced ones, because a late message may still show
 * them.
 */
function secretsKnown(
	authMethod: AuthMethod,
	credential: IDataObject,
	storedToken: StoredToken,
	derivedTokens: DerivedTokens,
): Pick<Session, 'secrets' | 'ownSecrets' | 'addSecrets'> {
	const own = new Set(secretsOf(authMethod, credential, credential.oauthTokenData as TokenData));
	const learned = new Set<string>();
	const ownSecrets = () => {
		const now = secretsOf(authMethod, credential, storedToken.token());
		[...now, ...derivedTokens.secrets()].forEach((one) => own.add(one));
		return [...own];
	};
	return {
		ownSecrets,
		secrets: () => [...ownSecrets(), ...learned],
		addSecrets: (more) => more.forEach((one) => learned.add(one)),
	};
}

/** Removes the token from the credential; false if n8n cannot do that. */
export async function forgetToken(fn: NodeContext, platform: Platform, itemIndex: number) {
	const { type } = authMethodOf(fn, platform);
	const credential: IDataObject = await fn.getCredentials(type, itemIndex);
	return await storeToken(fn, type, credential, undefined);
}

/**
 * The auth method selected in the node: by its Authentication field, or by Crosspost's field for
 * the platform.
 */
export function authMethodOf(fn: NodeContext, platform: Platform): AuthMethod {
	const { id, credentials } = platform;
	const { parameters } = fn.getNode();
	const ofMany = `${id}Authentication`;
	const choice = parameters[ofMany in parameters ? ofMany : 'authentication'];
	const found = credentials.find((authMethod) => authMethod.choice === choice);
	if (found) return found;
	// An invalid value must not select another account.
	if (choice !== undefined && credentials.length > 1) refuseMethod(platform, choice);
	return credentials[0];
}

function refuseMethod({ id, name, credentials }: Platform, choice: unknown): never {
	const choices = credentials.map((authMethod) => authMethod.choice).join(', ');
	return refuse({
		code: 'validation_failed',
		platform: id,
		rule: `${id}.authentication.type`,
		message: `Authentication of ${name} is ${JSON.stringify(choice)}, not among ${choices}`,
	});
}

/** The credential's name from the user. */
export function credentialName(fn: NodeContext, { type }: AuthMethod): string {
	return fn.getNode().credentials?.[type]?.name ?? 'the credential';
}

/**
 * Throws an error that n8n stored instead of a token. n8n shows such a connection as successful. A
 * token of an earlier connection is not used, because it may belong to another account.
 */
async function expectNoRefusal(
	platform: Platform,
	credential: string,
	storedToken: StoredToken,
	secrets: string[],
) {
	const said = storedToken.refusal();
	if (said === undefined) return;
	await storedToken.noteRefusal();
	const told: KnownFailure = {
		code: 'platform_auth_failed',
		platform: platform.id,
		message: `${platform.name} refused when the credential "${credential}" was last connected or renewed: ${said}`,
	};
	refuse(redactFailure(naming(credential, told), secrets));
}

function refuseUnconnected(platform: Platform, credential: string): never {
	return refuse({
		code: 'platform_auth_failed',
		platform: platform.id,
		message: `The credential "${credential}" is not connected to ${platform.name} yet.`,
		remediation: 'Open the credential, connect the account and save it.',
	});
}
