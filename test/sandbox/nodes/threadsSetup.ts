import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

import { Container } from '@n8n/di';
import { BinaryDataService } from 'n8n-core';
import type { IDataObject, INodeExecutionData } from 'n8n-workflow';

import { expectDescribed } from '@/test/support/described';
import { mp4, png } from '@/test/support/mediaFixtures';
import { binaryItem, useBinaryStore } from '@/test/support/binaries';
import { type RunChange, type TestNode } from '@/test/support/n8n';
import { longToken, outcome, threadsNode } from '@/test/Threads/setup';
import { startSandbox, type RecordedRequest, type Sandbox } from '..';
import type { ThreadsState } from '../threads/model';

/** The n8n whose signed URLs the crawler follows. */
let n8n: Server;
export let sandbox: Sandbox<ThreadsState>;

/** What the tests of this file have asked Threads so far. */
const recorded: RecordedRequest[] = [];

export function useThreads() {
	beforeAll(async () => {
		await useBinaryStore();
		n8n = createServer(async ({ url = '' }, response) => {
			const { pathname, searchParams } = new URL(url, 'http://n8n');
			if (pathname === '/a.png') return void response.end(image.data);
			if (pathname !== '/rest/binary-data/signed') return void response.writeHead(404).end();
			const store = Container.get(BinaryDataService);
			const id = store.validateSignedToken(searchParams.get('token') ?? '');
			response.end(await store.getAsBuffer({ id, data: '', mimeType: '' }));
		});
		await new Promise<void>((ready) => void n8n.listen(0, '127.0.0.1', ready));
	});
	afterAll(() => void n8n.close());

	beforeEach(async () => {
		sandbox = await startSandbox('threads', { crawl: { 'https://n8n.example.com/': local() } });
	});
	afterEach(async () => {
		recorded.push(...sandbox.requests);
		await sandbox.stop();
	});
}

/** The address of the n8n that only this machine can reach; `a.png` lies there for anybody. */
export const local = () => `http://127.0.0.1:${(n8n.address() as AddressInfo).port}/`;

/** A node whose credential is connected to the sandbox as its first account. */
export function node(parameters: IDataObject): TestNode {
	const { accessToken } = sandbox.issueToken();
	const token = longToken(accessToken);
	return threadsNode(parameters, {
		token,
		apiBaseUrl: sandbox.url,
		clientSecret: 'threads-secret',
	});
}

export interface Kind {
	parameters: IDataObject;
	/** Binary fields of the item. */
	files?: Record<string, { data: Buffer; fileName: string; mimeType: string }>;
	/** A post that must be there before. */
	target?: boolean;
}

const image = { data: png(100, 80), fileName: 'a.png', mimeType: 'image/png' };
const second = { data: png(90, 80), fileName: 'b.png', mimeType: 'image/png' };
const film = { data: mp4(), fileName: 'c.mp4', mimeType: 'video/mp4' };
const binary = (binaryProperty: string, altText = '') => ({
	medium: [{ source: 'binary', binaryProperty, altText }],
});

/** Every way of publishing. */
export const KINDS: Record<string, Kind> = {
	text: { parameters: { text: 'Hello' } },
	link: { parameters: { text: 'Hello', link: 'https://example.org/' } },
	poll: { parameters: { text: 'Hello', options: { poll: 'yes\nno' } } },
	image: { parameters: { text: 'Hello', media: binary('image', 'A picture') }, files: { image } },
	video: { parameters: { media: binary('film', 'A film') }, files: { film } },
	carousel: {
		parameters: { text: 'Hello', media: binary('image, second, film', 'One\nTwo\nThree') },
		files: { image, second, film },
	},
	reply: { parameters: { text: 'Hello', options: { replyTo: 'TARGET' } }, target: true },
	quote: { parameters: { text: 'Hello', options: { quote: 'TARGET' } }, target: true },
};

export interface Tried {
	json: IDataObject;
	/** Runs the same node for the same item again, if not said otherwise in the same execution. */
	again: (change?: RunChange) => Promise<IDataObject>;
	/** The secrets of this run, none of which may be seen. */
	secrets: string[];
}

export async function publish({ parameters, files, target }: Kind): Promise<Tried> {
	const id = target ? sandbox.state.addPost({ account: 'demo', text: 'Target' }).id : '';
	const text = JSON.stringify(parameters).replace('TARGET', id);
	const tried = node(JSON.parse(text) as IDataObject);
	const items: INodeExecutionData[] = [files ? await binaryItem(files) : { json: {} }];
	const run = async (change?: RunChange) => (await outcome(tried, items, change))[0];
	const { oauthTokenData } = tried.stored.crosspostThreadsOAuth2Api;
	const { access_token } = oauthTokenData as { access_token: string };
	return { json: await run(), again: run, secrets: [access_token, 'threads-secret'] };
}

/** Posts that the node published. */
export const held = () => sandbox.state.posts.filter(({ text }) => text !== 'Target');

export const failureOf = ({ error }: IDataObject) => error as IDataObject;

/** Holds all requests so far against Meta's own collection of them. */
export const asDescribed = () => expectDescribed('threads', recorded);
