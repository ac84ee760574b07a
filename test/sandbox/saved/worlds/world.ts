import { createHash } from 'node:crypto';

import type { ICredentialDataDecryptedObject, IDataObject } from 'n8n-workflow';

import type { RecordedRequest, Sandbox } from '../..';

/** A platform as a saved node finds it: an account that is connected, with posts and the like. */
export interface World {
	/** Base URL of its server, and of servers beside it. */
	urls: string[];
	/** What was asked of them, in order. */
	requests(): RecordedRequest[];
	/** By credential type. */
	credentials: Record<string, ICredentialDataDecryptedObject>;
	/** What a step before would give the node. */
	json: IDataObject;
	secrets(): string[];
	/** As if the account had taken its permission away. */
	revoke(): void;
	/** Work that the platform does by itself. */
	idle?(): Promise<void>;
	stop(): Promise<unknown>;
}

/** What of a sandbox a world shows. */
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

/** A world of one server. */
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

/** A token as the pack leaves it in the credential. */
export function longToken(access_token: string, account: IDataObject, scope?: string): IDataObject {
	return {
		...{ access_token, expires_in: 5_184_000, ...(scope && { scope }) },
		n8n_expires_at: String(Date.now() + 50 * DAY),
		crosspost: {
			...{ of: createHash('sha256').update(access_token).digest('hex'), own: true, account },
		},
	};
}
