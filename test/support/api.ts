import type { IDataObject } from 'n8n-workflow';

import { apiOf, unrecorded } from '@/nodes/shared/connection/client';
import type { Api } from '@/nodes/shared/contract/api';
import type { Attempt } from '@/nodes/shared/contract/attempt';
import type { Call, Http, NodeContext, Reply } from '@/nodes/shared/contract/http';
import type { Platform } from '@/nodes/shared/contract/platform';
import type { Session } from '@/nodes/shared/contract/session';
import { stopOf } from '@/nodes/shared/http/stop';
import { waitBudget } from '@/nodes/shared/http/waitBudget';

export const TOKEN = 'session-token-1';
/** Token for a target, such as a Page. */
export const KEPT = 'kept-token-1';

export interface Change {
	credential?: IDataObject;
	/** ms to wait for processing and for rate limits. */
	patience?: number;
	warnings?: string[];
	attempt?: Attempt;
}

/** An `Api` for adapters whose requests are answered by `http`. */
export function apiWith(platform: Platform, change: Change, http: Http): Api {
	const [facts] = platform.credentials;
	const held = { metadata: () => ({ account: { id: '1', name: 'alice' } }), note: async () => {} };
	const session = {
		credential: {
			[facts.host]: 'https://api.example',
			graphVersion: 'v26.0',
			version: '202609',
			...change.credential,
		},
		authMethod: facts,
		http,
		storedToken: held,
		credentialName: 'My account',
		token: () => ({ access_token: TOKEN, did: 'did:plc:a' }),
		renew: async () => false,
		renewed: () => false,
		derivedTokens: {
			derive: async () => KEPT,
			current: (secret: string) => secret,
			renew: async () => false,
			secrets: () => [],
		},
		secrets: () => [TOKEN, KEPT],
		ownSecrets: () => [TOKEN, KEPT],
		addSecrets: () => {},
		warnings: [],
	} as unknown as Session;
	return apiOf({
		platform,
		session,
		limits: platform.limits,
		attempt: change.attempt ?? unrecorded,
		stop: stopOf({} as NodeContext, platform.id),
		warnings: change.warnings ?? [],
		rateLimits: waitBudget(change.patience ?? 0),
		processingWaitMs: change.patience ?? 0,
		web: {
			card: async () => undefined,
			fetchMedia: async () => await Promise.reject(new Error('no media')),
		},
	});
}

/** Records all requests. */
export function recorded(answer: (call: Call) => Partial<Reply> = () => ({})) {
	const calls: Call[] = [];
	const http: Http = async (call) => {
		calls.push(call);
		return await Promise.resolve({ status: 200, headers: {}, body: {}, ...answer(call) });
	};
	return { calls, http };
}
