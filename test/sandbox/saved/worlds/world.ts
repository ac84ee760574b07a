import type { ICredentialDataDecryptedObject, IDataObject } from 'n8n-workflow';

import type { RecordedRequest } from '../..';

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

export const DAY = 86_400_000;

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
