import type { IDataObject } from 'n8n-workflow';

import type { CredentialFacts, TokenData } from '../contract/authMethod';
import type { NodeContext } from '../contract/http';
import type { Platform } from '../contract/platform';
import type { HeldToken, Made, Session } from '../contract/session';
import { failure, naming, refuse, Refused, rethrow } from '../errors/failure';
import { redact, redactReply } from '../errors/redact';
import { httpOf } from '../http/http';
import { stopOf, type Stop } from '../http/stop';
import { storeToken } from './credentialStore';
import { keeperOf } from './derivedTokens';
import { upkeepOf } from './renewal';
import { holdToken } from './storedToken';
import { secretsOf } from './token';
import { isToken } from './tokenAnswer';

/**
 * What is kept to work with later, such as the name of a container: without what the platform may
 * have echoed of the credential. What a session has learned besides is not looked for, since a part
 * of a post that looks like a secret would be missing when the post is sought.
 */
export function withoutEchoes<T>(value: T, { facts, credential, token }: Session): T {
	return redact(value, secretsOf(facts, credential, token()));
}

/** Renewals under way in this process, by what they renew. */
const underWay = new Map<string, Promise<Made | undefined>>();

export async function openSession(
	fn: NodeContext,
	platform: Platform,
	itemIndex = 0,
): Promise<Session> {
	const facts = credentialOf(fn, platform);
	const name = credentialName(fn, facts);
	const credential: IDataObject = await fn.getCredentials(facts.type, itemIndex);
	const warnings: string[] = [];
	const held = holdToken({ fn, facts, itemIndex, credential, warnings });
	const http = httpOf(fn);
	const keeper = keeperOf(held);
	const known = new Set(secretsOf(facts, credential, credential.oauthTokenData as TokenData));
	const learn = (more: readonly string[]) => more.forEach((one) => known.add(one));
	// What was renewed may be told later than it was used.
	const secrets = () => {
		learn([...secretsOf(facts, credential, held.token()), ...keeper.secrets()]);
		return [...known];
	};
	await expectNoRefusal(platform, name, held, secrets());
	const { putBack } = held;
	const upkeep = upkeepOf({ fn, platform, facts, credential, http, warnings, secrets, putBack });
	let renewed = false;
	const renew = async (step: () => Promise<TokenData | undefined>) => {
		secrets();
		const make = async () => {
			// Never cut off by Stop: the answer may hold the only refresh token that works from then on.
			const token = await named(name, step);
			return token && (await held.store(token, upkeep.own));
		};
		const made = await once(
			held.name,
			async () => await newest(held, make, stopOf(fn, platform.id)),
		);
		if (made) held.take(made);
		renewed ||= made !== undefined;
		return made !== undefined;
	};

	if (upkeep.due(held.token(), held.kept().own === true)) {
		await renew(async () => await upkeep.first(held.token(), held.kept().own === true));
	}
	if (!isToken(held.token())) refuseUnconnected(platform, name);
	return {
		credential,
		facts,
		http,
		warnings,
		held,
		credentialName: name,
		token: () => held.token() as TokenData,
		renew: async () => await renew(async () => await upkeep.renew(held.token() as TokenData)),
		renewed: () => renewed,
		keeper,
		secrets,
		learn,
	};
}

/** Takes the token out of the credential; false where n8n has no way to. */
export async function forgetToken(fn: NodeContext, platform: Platform, itemIndex: number) {
	const { type } = credentialOf(fn, platform);
	const credential: IDataObject = await fn.getCredentials(type, itemIndex);
	return await storeToken(fn, type, credential, undefined);
}

/** The way to connect that the node has chosen: by its own field, or by the platform's among many. */
export function credentialOf(fn: NodeContext, { id, credentials }: Platform): CredentialFacts {
	const { parameters } = fn.getNode();
	const choice = parameters[`${id}Authentication`] ?? parameters.authentication;
	return credentials.find((facts) => facts.choice === choice) ?? credentials[0];
}

/** The user's name for it. */
export function credentialName(fn: NodeContext, { type }: CredentialFacts): string {
	return fn.getNode().credentials?.[type]?.name ?? 'the credential';
}

/** Many executions find the same token used up: one renews it, the others take what it got. */
async function once(name: string, make: () => Promise<Made | undefined>) {
	const running = underWay.get(name) ?? make().finally(() => underWay.delete(name));
	underWay.set(name, running);
	return await running;
}

/** Another process may have renewed the token before, or be about to store what it renewed. */
async function newest(
	held: HeldToken,
	make: () => Promise<Made | undefined>,
	stop: Stop,
): Promise<Made | undefined> {
	const earlier = await held.newer();
	if (earlier) return earlier;
	try {
		return await make();
	} catch (error) {
		if (!isDead(error) || !held.token()?.refresh_token) return rethrow(error);
		const stored = (await held.newer()) ?? (await stop.wait(1000), await held.newer());
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
	held: HeldToken,
	secrets: string[],
) {
	const said = held.refusal();
	if (said === undefined) return;
	await held.noteRefusal();
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
