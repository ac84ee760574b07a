import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

import { Container } from '@n8n/di';
import { BinaryDataService } from 'n8n-core';
import type { IDataObject } from 'n8n-workflow';

import { binaryItem, useBinaryStore } from '@/test/support/binaries';
import { expectDescribed } from '@/test/support/described';
import { outcome, type RunChange, type TestNode } from '@/test/support/n8n';
import { secretsOf } from '@/test/support/node';
import {
	startSandbox,
	type RecordedRequest,
	type Sandbox,
	type SandboxName,
	type SandboxOptions,
} from '..';

export type Files = Parameters<typeof binaryItem>[0];

export type Started<Name extends SandboxName> = Awaited<ReturnType<typeof startSandbox<Name>>>;

/** The requests that the tests of this file have sent to each platform so far. */
const recorded = new Map<string, RecordedRequest[]>();

/** Checks all requests so far against the vendor's own description. */
export function expectAllDescribed(name: SandboxName) {
	expectDescribed(name, recorded.get(name) ?? []);
}

/** Gives each test its own platform; `set` receives it. */
export function eachSandbox<Name extends SandboxName>(
	name: Name,
	set: (sandbox: Started<Name>) => void,
	options: () => SandboxOptions<Name>,
) {
	const open = startSandbox as unknown as (
		name: Name,
		options: SandboxOptions<Name>,
	) => Promise<Started<Name>>;
	let sandbox: Pick<Sandbox<unknown>, 'requests' | 'stop'>;
	const start = async (change?: SandboxOptions<Name>) => {
		const started = await open(name, { ...options(), ...change });
		sandbox = started;
		set(started);
	};
	const stop = async () => {
		recorded.set(name, [...(recorded.get(name) ?? []), ...sandbox.requests]);
		await sandbox.stop();
	};
	beforeEach(async () => await start());
	afterEach(stop);
	return {
		/** Replaces the test's platform by one with these options. */
		restart: async (change: SandboxOptions<Name>) => {
			await stop();
			await start(change);
		},
	};
}

/**
 * n8n as the platforms reach it: it serves the URLs that it has signed, and these files without a
 * signature.
 */
export function n8nServer(files: Record<string, Buffer> = {}) {
	let server: Server;
	const url = () => `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
	return {
		/** The address, which only this machine can reach. */
		url,
		/** The addresses behind n8n's public address, for the platforms. */
		crawl: () => ({ 'https://n8n.example.com/': url() }),
		use() {
			beforeAll(async () => {
				await useBinaryStore();
				server = createServer(async ({ url: asked = '' }, response) => {
					const body = await found(files, asked);
					response.writeHead(body ? 200 : 404).end(body);
				});
				await new Promise<void>((ready) => void server.listen(0, '127.0.0.1', ready));
			});
			afterAll(() => void server.close());
		},
	};
}

async function found(files: Record<string, Buffer>, asked: string): Promise<Buffer | undefined> {
	const { pathname, searchParams } = new URL(asked, 'http://n8n');
	if (files[pathname]) return files[pathname];
	if (pathname !== '/rest/binary-data/signed') return undefined;
	const store = Container.get(BinaryDataService);
	const id = store.validateSignedToken(searchParams.get('token') ?? '');
	return await store.getAsBuffer({ id, data: '', mimeType: '' });
}

/**
 * The result of one run, a function that repeats the run, and the secrets that no result may
 * contain.
 */
export async function firstOf(node: TestNode, files?: Files) {
	const items = [files ? await binaryItem(files) : { json: {} }];
	const again = async (change?: RunChange): Promise<IDataObject> =>
		(await outcome(node, items, change))[0];
	return { json: await again(), again, secrets: () => secretsOf(node) };
}
