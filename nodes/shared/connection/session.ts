import type { IDataObject } from 'n8n-workflow';

import type { AuthMethod, TokenData } from '../contract/authMethod';
import type { NodeContext } from '../contract/http';
import type { Platform } from '../contract/platform';
import type { StoredToken, NewToken, Session } from '../contract/session';
import { failure, naming, refuse, Refused, rethrow } from '../errors/failure';
import { redact, redactReply } from '../errors/redact';
import { httpOf } from '../http/http';
import { stopOf, type Stop } from '../http/stop';
import { storeToken } from './credentialStore';
import { derivedTokensOf } from './derivedTokens';
import { renewalOf } from './renewal';
import { storedTokenOf } from './storedToken';
import { secretsOf } from './token';
import { isToken } from './tokenAnswer';

/**
 * What is kept to work with later, such as the name of a container: without what the platform may
 * have echoed of the credential. What a session has learned besides is not looked for, since a part
 * of a post that looks like a secret would be missing when the post is sought.
 */
export function withoutEchoes<T>(value: T, { authMethod, credential, token }: Session): T {
	return redact(value, secretsOf(authMethod, credential, token()));
}

/** Renewals under way in this process, by what they renew. */
const underWay = new Map<string, Promise<NewToken | undefined>>();

export async function openSession(
	fn: NodeContext,
	platform: Platform,
	itemIndex = 0,
): Promise<Session> {
	const authMethod = authMethodOf(fn, platform);
	const name = credentialName(fn, authMethod);
	const credential: IDataObject = await fn.getCredentials(authMethod.type, itemIndex);
	const warnings: string[] = [];
	const storedToken = storedTokenOf({ fn, authMethod, itemIndex, credential, warnings });
	const http = httpOf(fn);
	const derivedTokens = derivedTokensOf(storedToken);
	const known = new Set(secretsOf(authMethod, credential, credential.oauthTokenData as TokenData));
	const learn = (more: readonly string[]) => more.forEach((one) => known.add(one));
	// What was renewed may be told later than it was used.
	const secrets = () => {
		learn([...secretsOf(authMethod, credential, storedToken.token()), ...derivedTokens.secrets()]);
		return [...known];
	};
	await expectNoRefusal(platform, name, storedToken, secrets());
	const { putBack } = storedToken;
	const renewal = renewalOf({
		fn,
		platform,
		authMethod,
		credential,
		http,
		warnings,
		secrets,
		putBack,
	});
	let renewed = false;
	const renew = async (step: () => Promise<TokenData | undefined>) => {
		secrets();
		const make = async () => {
			// Never cut off by Stop: the answer may hold the only refresh token that works from then on.
			const token = await named(name, step);
			return token && (await storedToken.store(token, renewal.own));
		};
		const made = await once(
			storedToken.name,
			async () => await newest(storedToken, make, stopOf(fn, platform.id)),
		);
		if (made) storedToken.take(made);
		renewed ||= made !== undefined;
		return made !== undefined;
	};

	if (renewal.isDue(storedToken.token(), storedToken.metadata().own === true)) {
		await renew(
			async () =>
				await renewal.ensureUsable(storedToken.token(), storedToken.metadata().own === true),
		);
	}
	if (!isToken(storedToken.token())) refuseUnconnected(platform, name);
	return {
		credential,
		authMethod,
		http,
		warnings,
		storedToken,
		credentialName: name,
		token: () => storedToken.token() as TokenData,
		renew: async () =>
			await renew(async () => await renewal.renew(storedToken.token() as TokenData)),
		renewed: () => renewed,
		derivedTokens,
		secrets,
		addSecrets: learn,
	};
}

/** Takes the token out of the credential; false where n8n has no way to. */
export async function forgetToken(fn: NodeContext, platform: Platform, itemIndex: number) {
	const { type } = authMethodOf(fn, platform);
	const credential: IDataObject = await fn.getCredentials(type, itemIndex);
	return await storeToken(fn, type, credential, undefined);
}

/** The way to connect that the node has chosen: by its own field, or by the platform's among many. */
export function authMethodOf(fn: NodeContext, { id, credentials }: Platform): AuthMethod {
	const { parameters } = fn.getNode();
	const choice = parameters[`${id}Authentication`] ?? parameters.authentication;
	return credentials.find((authMethod) => authMethod.choice === choice) ?? credentials[0];
}

/** The user's name for it. */
export function credentialName(fn: NodeContext, { type }: AuthMethod): string {
	return fn.getNode().credentials?.[type]?.name ?? 'the credential';
}

/** Many executions find the same token used up: one renews it, the others take what it got. */
async function once(name: string, make: () => Promise<NewToken | undefined>) {
	const running = underWay.get(name) ?? make().finally(() => underWay.delete(name));
	underWay.set(name, running);
	return await running;
}

/** Another process may have renewed the token before, or be about to store what it renewed. */
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
			(await storedToken.newer()) ?? (await stop.wait(1000), await storedToken.newer());
		return stored ?? rethrow(error);
	}
}

/** Whether the platform refuses the connection for good. */
export function isDead(error: unknown): error is Refused {
	return error instanceof Refused && error.failure.code === 'platform_auth_failed';
}

/** A step whose failure says which credential is meant when the platform refuses it. */
async function named<T>(credential: string, step: () => Promise<T>): Promise<T> {
	try {
		return await step();
	} catch (error) {
		return error instanceof Refused ? refuse(naming(credential, error.failure)) : rethrow(error);
	}
}

/**
 * n8n shows a connection as made whose answer was an error, and stores that: nobody else tells. An
 * account that was connected before is not taken for the one that was to be.
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
	const told = failure({
		code: 'platform_auth_failed',
		platform: platform.id,
		message: `${platform.name} refused when the credential "${credential}" was last connected or renewed: ${said}`,
	});
	refuse(redactReply(naming(credential, told), secrets));
}

function refuseUnconnected(platform: Platform, credential: string): never {
	return refuse({
		code: 'platform_auth_failed',
		platform: platform.id,
		message: `The credential "${credential}" is not connected to ${platform.name} yet.`,
		remediation: 'Open the credential, connect the account and save it.',
	});
}
