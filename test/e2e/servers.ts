import type { IDataObject } from 'n8n-workflow';

import { saveCredential } from '../../scripts/local/n8nClient.mjs';
import { faultyProxy } from '../support/faultyProxy';
import type { World } from './world';

/** A server that a node posts to, as seen from outside of n8n. */
export interface PostServer {
	readonly platform: string;
	/** Data of the node besides parameters, such as its credentials. */
	readonly settings: IDataObject;
	/** The published posts. */
	posts(): Promise<Array<{ id: string; text: string }>>;
	/** The publishing requests that arrived, whatever their result was. */
	requests(): Array<{ text: string; at: number }>;
	/** Delays the effect of every publishing request by this time. */
	latency(ms: number): void;
	/** Does not answer publishing requests; with `after` they take effect nevertheless. */
	silent(when: 'before' | 'after'): void;
	/** Answers as usual from now on. */
	recover(): void;
	stop(): Promise<void>;
}

/** The servers of the tested nodes; Bluesky's is behind a proxy. */
export async function postServers(world: World): Promise<PostServer[]> {
	return [await blueskyServer(world), imitated(world, 'mastodon'), imitated(world, 'x')];
}

function imitated({ sandboxes }: World, platform: string): PostServer {
	const { state, faults, requests } = sandboxes[platform];
	return {
		platform,
		settings: {},
		posts: async () => state.posts.map(({ id, text }) => ({ id: String(id), text })),
		requests: () =>
			requests
				.filter(({ operation }) => operation === 'publish')
				.map(({ at, body }) => {
					const { status, text = status } = (body ?? {}) as { status?: string; text?: string };
					return { text: String(text), at: Date.parse(at) };
				}),
		latency: (ms) => faults.latency(ms, 'publish'),
		silent: (when) => faults.always('publish', { kind: `silent-${when}` }),
		recover: faults.clear,
		stop: async () => {},
	};
}

interface Stored {
	uri: string;
	value: { text: string };
}

const PUT = 'com.atproto.repo.putRecord';

async function blueskyServer({ pds, session }: World): Promise<PostServer> {
	const proxy = await faultyProxy(pds.url);
	const { did, handle, appPassword } = await pds.createAccount('behind-proxy.test');
	const credential = await saveCredential(session, {
		name: 'Account behind a proxy',
		type: 'crosspostBlueskyApi',
		data: { serviceUrl: proxy.url, identifier: handle, appPassword },
	});
	return {
		platform: 'bluesky',
		settings: { credentials: { crosspostBlueskyApi: credential } },
		posts: async () => {
			const records = (await pds.records(did)) as Stored[];
			return records.map(({ uri, value }) => ({ id: uri, text: value.text }));
		},
		requests: () =>
			proxy.seen
				.filter(({ path }) => path.endsWith(PUT))
				.map(({ at, body }) => ({ text: (body as { record: Stored['value'] }).record.text, at })),
		latency: (ms) => proxy.latency(PUT, ms),
		silent: (when) => proxy.always(PUT, { kind: when === 'after' ? 'silentAfter' : 'silent' }),
		recover: proxy.clear,
		stop: proxy.stop,
	};
}
