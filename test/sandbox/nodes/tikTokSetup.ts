import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Container } from '@n8n/di';
import { BinaryDataService } from 'n8n-core';
import type { IDataObject, INodeExecutionData } from 'n8n-workflow';

import type { TikTokOptions, TikTokState } from '../tikTok/model';
import { startSandbox, type Sandbox } from '..';
import type { TokenData } from '@/nodes/shared/contract/authMethod';
import { outcome, tikTokNode, TYPE } from '@/test/TikTok/setup';
import { binaryItem, useBinaryStore } from '@/test/support/binaries';
import { jpeg, mp4 } from '@/test/support/mediaFixtures';
import type { TestNode } from '@/test/support/n8n';

/** The n8n whose signed URLs TikTok follows. */
let n8n: Server;
export let sandbox: Sandbox<TikTokState>;

export function useTikTok(options: TikTokOptions = {}) {
	beforeAll(async () => {
		await useBinaryStore();
		n8n = createServer(async ({ url = '' }, response) => {
			const { pathname, searchParams } = new URL(url, 'http://n8n');
			if (pathname !== '/rest/binary-data/signed') return void response.writeHead(404).end();
			const store = Container.get(BinaryDataService);
			const id = store.validateSignedToken(searchParams.get('token') ?? '');
			response.end(await store.getAsBuffer({ id, data: '', mimeType: '' }));
		});
		await new Promise<void>((ready) => void n8n.listen(0, '127.0.0.1', ready));
	});
	afterAll(() => void n8n.close());

	beforeEach(async () => await restart(options));
	afterEach(async () => await sandbox.stop());
}

/** The same platform with other accounts or another app. */
export async function restart(options: TikTokOptions) {
	const { port } = n8n.address() as AddressInfo;
	const crawl = { 'https://n8n.example.com/': `http://127.0.0.1:${port}/` };
	sandbox = await startSandbox('tikTok', { crawl, ...options });
	// The sandbox fetches media in real time, while waiting takes none here.
	sandbox.faults.latency(50, 'list');
}

/** What n8n stores when an account connects. */
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
	files: Record<string, { data: Buffer; fileName: string; mimeType: string }>;
	/** The sandbox's name for the first request that names the post. */
	init: string;
	/** And for the one that makes it go out. */
	publish: string;
	/** What is told once it is done. */
	said: string;
}

export const film = {
	data: mp4({ width: 540, height: 960 }),
	fileName: 'a.mp4',
	mimeType: 'video/mp4',
};
const one = { data: jpeg(540, 960), fileName: 'b.jpg', mimeType: 'image/jpeg' };
const two = { data: jpeg(960, 540), fileName: 'c.jpg', mimeType: 'image/jpeg' };
const binary = (binaryProperty: string) => ({ medium: [{ source: 'binary', binaryProperty }] });

const privacy = 'PUBLIC_TO_EVERYONE';

/** Every way of publishing. */
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

export interface Tried {
	json: IDataObject;
	/** Runs the same node for the same item in the same execution again. */
	again: () => Promise<IDataObject>;
	/** The secrets of this run, none of which may be seen. */
	secrets: string[];
}

export async function publish({ parameters, files }: Pick<Kind, 'parameters' | 'files'>) {
	const tried = node(parameters);
	const items: INodeExecutionData[] = [await binaryItem(files)];
	const once = async () => {
		const [json] = await outcome(tried, items);
		await fetched();
		return json;
	};
	const { access_token, refresh_token } = tried.stored[TYPE].oauthTokenData as TokenData;
	const own = [access_token, String(refresh_token), 'tikTok-secret', 'upload_token'];
	const json = await once();
	const result: Tried = { json, again: once, secrets: [...own, ...sandbox.secrets()] };
	return result;
}

/** TikTok fetches media in its own time. */
export async function fetched() {
	const busy = () =>
		sandbox.state.tasks.some((task) => !task.upload && !task.taken && !task.failed);
	while (busy()) await new Promise((done) => setTimeout(done, 5));
}

/** What the node got out: posts, or drafts in the inbox. */
export const held = () => [...sandbox.state.posts, ...sandbox.state.drafts];

export const failureOf = ({ error }: IDataObject) => error as IDataObject;

export const asked = (...operations: string[]) =>
	sandbox.requests.filter(({ operation }) => operations.includes(operation)).length;
