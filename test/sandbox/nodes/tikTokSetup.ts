import type { IDataObject } from 'n8n-workflow';

import type { TikTokOptions, TikTokState } from '../tikTok/model';
import type { Sandbox } from '..';
import type { TokenData } from '@/nodes/shared/contract/authMethod';
import { tikTokNode } from '@/test/TikTok/setup';
import { jpeg, mp4 } from '@/test/support/mediaFixtures';
import type { TestNode } from '@/test/support/n8n';
import { fromBinary as binary } from '@/test/support/node';
import { eachSandbox, firstOf, n8nServer, type Files } from './kit';

export { failureOf } from '@/test/support/node';

const n8n = n8nServer();
export let sandbox: Sandbox<TikTokState>;
/** Replaces the platform by one with other accounts or another app. */
export let restart: (options: TikTokOptions) => Promise<void>;

export function useTikTok(options: TikTokOptions = {}) {
	n8n.use();
	const set = (one: Sandbox<TikTokState>) => {
		sandbox = one;
		// The sandbox fetches media in real time, but waiting takes no time here.
		sandbox.faults.latency(50, 'list');
	};
	({ restart } = eachSandbox('tikTok', set, () => ({ crawl: n8n.crawl(), ...options })));
}

/** The token as n8n stores it when an account connects. */
export function connected(asked: Parameters<typeof sandbox.issueToken>[0] = {}): TokenData {
	const { accessToken, refreshToken, scopes, expiresAt } = sandbox.issueToken(asked);
	return {
		access_token: accessToken,
		refresh_token: refreshToken,
		scope: scopes.join(','),
		n8n_expires_at: String(expiresAt),
	};
}

/** A node whose credential is connected to the sandbox as its first account. */
export function node(parameters: IDataObject, token: TokenData = connected()): TestNode {
	const client = { clientId: 'tikTok-client', clientSecret: 'tikTok-secret' };
	return tikTokNode(parameters, { ...client, token, apiBaseUrl: sandbox.url });
}

export interface Kind {
	parameters: IDataObject;
	files: Files;
	/** The sandbox's name for the first request of the post. */
	init: string;
	/** The sandbox's name for the request that publishes the post. */
	publish: string;
	/** Status of the result. */
	said: string;
}

export const film = {
	data: mp4({ width: 540, height: 960 }),
	fileName: 'a.mp4',
	mimeType: 'video/mp4',
};
const one = { data: jpeg(540, 960), fileName: 'b.jpg', mimeType: 'image/jpeg' };
const two = { data: jpeg(960, 540), fileName: 'c.jpg', mimeType: 'image/jpeg' };

const privacy = 'PUBLIC_TO_EVERYONE';

/** All ways to publish. */
export const KINDS: Record<string, Kind> = {
	video: {
		parameters: { text: 'Hello', media: binary('film'), options: { privacy } },
		files: { film },
		init: 'init',
		publish: 'upload',
		said: 'published',
	},
	pulled: {
		parameters: { text: 'Hello', media: binary('film'), options: { privacy, pullVideo: true } },
		files: { film },
		init: 'init',
		publish: 'init',
		said: 'published',
	},
	photos: {
		parameters: { text: 'Hello', media: binary('one, two'), options: { privacy } },
		files: { one, two },
		init: 'init.content',
		publish: 'init.content',
		said: 'published',
	},
	'video draft': {
		parameters: { text: '', media: binary('film'), options: { postType: 'draft' } },
		files: { film },
		init: 'init.inbox',
		publish: 'upload',
		said: 'draft',
	},
	'photo draft': {
		parameters: { text: 'Hello', media: binary('one'), options: { postType: 'draft' } },
		files: { one },
		init: 'init.content',
		publish: 'init.content',
		said: 'draft',
	},
};

export async function publish({ parameters, files }: Pick<Kind, 'parameters' | 'files'>) {
	const { json, again, secrets } = await firstOf(node(parameters), files);
	await fetched();
	return {
		json,
		again: async () => await again().finally(fetched),
		secrets: () => [...secrets(), 'upload_token', ...sandbox.secrets()],
	};
}

/** Waits until TikTok has fetched the media. */
export async function fetched() {
	const busy = () =>
		sandbox.state.tasks.some((task) => !task.upload && !task.taken && !task.failed);
	while (busy()) await new Promise((done) => setTimeout(done, 5));
}

/** What the node published: posts, or drafts in the inbox. */
export const held = () => [...sandbox.state.posts, ...sandbox.state.drafts];

export const asked = (...operations: string[]) =>
	sandbox.requests.filter(({ operation }) => operations.includes(operation)).length;
