import { createHash } from 'node:crypto';

import type { ICredentialDataDecryptedObject, IDataObject } from 'n8n-workflow';

import type { RecordedRequest, Sandbox } from '../..';

/** A platform for a saved node: a connected account with posts and other content. */
export interface World {
	/** Base URLs of its server and of the servers beside it. */
	urls: string[];
	/** All requests to them, in order. */
	requests(): RecordedRequest[];
	/** By credential type. */
	credentials: Record<string, ICredentialDataDecryptedObject>;
	/** The item that an earlier step would give the node. */
	json: IDataObject;
	secrets(): string[];
	/** Withdraws the account's permission. */
	revoke(): void;
	/** Waits for work that the platform does in the background. */
	idle?(): Promise<void>;
	stop(): Promise<unknown>;
}

/** The parts of a sandbox that a world uses. */
export interface Shown {
	url: string;
	requests: RecordedRequest[];
	secrets(): string[];
	revokeAll(): void;
	stop(): Promise<void>;
}

export const HOUR = 3_600_000;
export const DAY = 24 * HOUR;

export const CLIENT_SECRET = 'client-secret-of-the-app';

/** A world with one server. */
export function worldOf(
	sandbox: Shown,
	credentials: World['credentials'],
	json: IDataObject,
): World {
	return {
		urls: [sandbox.url],
		requests: () => sandbox.requests,
		credentials,
		json,
		secrets: () => [...sandbox.secrets(), CLIENT_SECRET],
		revoke: () => sandbox.revokeAll(),
		stop: async () => await sandbox.stop(),
	};
}

export const app = (clientId: string) => ({ clientId, clientSecret: CLIENT_SECRET });
export const minutesAgo = (many: number) => new Date(Date.now() - many * 60_000).toISOString();

type Issued = ReturnType<Sandbox<unknown>['issueToken']>;

/** A token as n8n stores it. */
export function tokenOf(
	{ accessToken, refreshToken, scopes }: Issued,
	separator: string,
	life: number,
) {
	return {
		...{ token_type: 'bearer', access_token: accessToken, scope: scopes.join(separator) },
		...(refreshToken && { refresh_token: refreshToken }),
		...(life > 0 && { n8n_expires_at: String(Date.now() + life) }),
	};
}

/** A token as the pack stores it in the credential. */
export function longToken(access_token: string, account: IDataObject, scope?: string): IDataObject {
	return {
		...{ access_token, expires_in: 5_184_000, ...(scope && { scope }) },
		n8n_expires_at: String(Date.now() + 50 * DAY),
		crosspost: {
			...{ of: createHash('sha256').update(access_token).digest('hex'), own: true, account },
		},
	};
}
