import type { IDataObject } from 'n8n-workflow';

import { refuse, Refused, rethrow } from './failure';
import { holdToken } from './heldToken';
import { httpOf, type Http, type NodeContext } from './http';
import type { Account, Platform, TokenData } from './platform';
import { upkeepOf } from './upkeep';

/** A credential in use: its properties and a token that is good now. */
export interface Session {
	readonly credential: IDataObject;
	readonly http: Http;
	/** The user's name for the credential. */
	readonly credentialName: string;
	token(): TokenData;
	/** Called when the platform refuses the token; false where nothing can be renewed. */
	renew(): Promise<boolean>;
	/** The account, as far as it was asked before with this very token. */
	account(): Account | undefined;
	remember(account: Account): Promise<void>;
	/** Every secret this session knows, for `redact`. */
	secrets(): string[];
	readonly warnings: string[];
}

export async function openSession(
	fn: NodeContext,
	platform: Platform,
	itemIndex = 0,
): Promise<Session> {
	const { type } = platform.credential;
	const name = fn.getNode().credentials?.[type]?.name ?? 'the credential';
	const credential: IDataObject = await fn.getCredentials(type, itemIndex);
	const warnings: string[] = [];
	const held = holdToken({ fn, platform, itemIndex, credential, warnings });
	const http = httpOf(fn);
	const upkeep = upkeepOf({ fn, platform, credential, http, warnings });
	const renew = async (step: () => Promise<TokenData | undefined>) => {
		const token = await naming(name, step);
		if (token) await (upkeep.own ? held.replace(token) : held.annotate(token));
		return token !== undefined;
	};

	await renew(async () => await upkeep.first(held.token(), held.own()));
	if (!held.token()?.access_token) refuseUnconnected(platform, name);
	return {
		credential,
		http,
		warnings,
		credentialName: name,
		token: () => held.token() as TokenData,
		renew: async () => await renew(async () => await upkeep.renew(held.token() as TokenData)),
		account: held.account,
		remember: async (account) => await held.annotate(held.token() as TokenData, account),
		secrets: () => secretsOf(platform, credential, held.token()),
	};
}

/** Says which credential is meant when the platform refuses it. */
async function naming<T>(credential: string, step: () => Promise<T>): Promise<T> {
	try {
		return await step();
	} catch (error) {
		if (!(error instanceof Refused) || error.failure.code !== 'platform_auth_failed') {
			return rethrow(error);
		}
		const remediation = `Reconnect the credential "${credential}" and run again.`;
		return refuse({ ...error.failure, remediation });
	}
}

function refuseUnconnected(platform: Platform, credentialName: string): never {
	return refuse({
		code: 'platform_auth_failed',
		platform: platform.id,
		message: `The credential "${credentialName}" is not connected to ${platform.name} yet.`,
		remediation: 'Open the credential, connect the account and save it.',
	});
}

function secretsOf(platform: Platform, credential: IDataObject, token?: TokenData): string[] {
	return [
		...platform.credential.secrets.map((name) => credential[name]),
		token?.access_token,
		token?.refresh_token,
	].filter((secret): secret is string => typeof secret === 'string' && secret !== '');
}
