import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

import { Container } from '@n8n/di';
import { BinaryDataService } from 'n8n-core';
import type { IDataObject, INodeExecutionData } from 'n8n-workflow';

import { instagramNode, longToken, outcome, type Way } from '@/test/Instagram/setup';
import { expectDescribed } from '@/test/support/described';
import { jpeg, mp4 } from '@/test/support/mediaFixtures';
import { binaryItem, useBinaryStore } from '@/test/support/binaries';
import { type RunChange, type TestNode } from '@/test/support/n8n';
import { startSandbox, type RecordedRequest, type Sandbox, type SandboxOptions } from '..';
import { userId, type InstagramState } from '../instagram/model';

/** The n8n whose signed URLs the crawler follows. */
let n8n: Server;
export let sandbox: Sandbox<InstagramState>;

/** What the tests of this file have asked Instagram so far. */
const recorded: RecordedRequest[] = [];

export function useInstagram(options: SandboxOptions<'instagram'> = {}) {
	beforeAll(async () => {
		await useBinaryStore();
		n8n = createServer(async ({ url = '' }, response) => {
			const { pathname, searchParams } = new URL(url, 'http://n8n');
			if (pathname === '/a.jpg') return void response.end(image.data);
			if (pathname !== '/rest/binary-data/signed') return void response.writeHead(404).end();
			const store = Container.get(BinaryDataService);
			const id = store.validateSignedToken(searchParams.get('token') ?? '');
			response.end(await store.getAsBuffer({ id, data: '', mimeType: '' }));
		});
		await new Promise<void>((ready) => void n8n.listen(0, '127.0.0.1', ready));
	});
	afterAll(() => void n8n.close());

	beforeEach(async () => {
		const crawl = { 'https://n8n.example.com/': local() };
		sandbox = await startSandbox('instagram', { crawl, ...options });
	});
	afterEach(async () => {
		recorded.push(...sandbox.requests);
		await sandbox.stop();
	});
}

/** The address of the n8n that only this machine can reach; `a.jpg` lies there for anybody. */
export const local = () => `http://127.0.0.1:${(n8n.address() as AddressInfo).port}/`;

/** A node whose credential is connected to the sandbox, by Facebook as the account demo. */
export function node(parameters: IDataObject, way: Way = 'instagramLogin'): TestNode {
	const facebook = way === 'facebookLogin';
	const { accessToken } = sandbox.issueToken(facebook ? { kind: 'facebook' } : {});
	const { crosspost, ...token } = longToken(accessToken);
	const account = { id: userId('demo'), name: 'demo' };
	const target = { __rl: true, mode: 'id', value: account.id };
	return instagramNode(
		{ ...(facebook && { target }), ...parameters },
		{
			way,
			token: { ...token, crosspost: { ...(crosspost as IDataObject), account } },
			credential: facebook
				? {
						apiBaseUrl: `${sandbox.url}/facebook`,
						clientId: 'facebook-client',
						clientSecret: 'facebook-secret',
					}
				: { apiBaseUrl: sandbox.url, clientSecret: 'instagram-secret' },
		},
	);
}

export interface Kind {
	parameters: IDataObject;
	/** Binary fields of the item. */
	files: Record<string, { data: Buffer; fileName: string; mimeType: string }>;
	way?: Way;
}

const image = { data: jpeg(100, 100), fileName: 'a.jpg', mimeType: 'image/jpeg' };
const second = { data: jpeg(110, 100), fileName: 'b.jpg', mimeType: 'image/jpeg' };
const film = { data: mp4({ seconds: 10 }), fileName: 'c.mp4', mimeType: 'video/mp4' };
const binary = (binaryProperty: string, altText = '') => ({
	medium: [{ source: 'binary', binaryProperty, altText }],
});
const facebook = { way: 'facebookLogin' as const };

/** Every way of publishing. */
export const KINDS: Record<string, Kind> = {
	image: { parameters: { text: 'Hello', media: binary('image', 'A picture') }, files: { image } },
	reel: { parameters: { text: 'Hello', media: binary('film') }, files: { film } },
	carousel: {
		parameters: { text: 'Hello', media: binary('image, second, film', 'One\nTwo') },
		files: { image, second, film },
	},
	story: {
		parameters: { media: binary('image'), options: { postType: 'story' } },
		files: { image },
	},
	videoStory: {
		parameters: { media: binary('film'), options: { postType: 'story' } },
		files: { film },
	},
	uploadedReel: {
		parameters: { text: 'Hello', media: binary('film') },
		files: { film },
		...facebook,
	},
	uploadedCarousel: {
		parameters: { text: 'Hello', media: binary('image, film', 'One') },
		files: { image, film },
		...facebook,
	},
};

export interface Tried {
	json: IDataObject;
	/** Runs the same node for the same item again, if not said otherwise in the same execution. */
	again: (change?: RunChange) => Promise<IDataObject>;
	/** The secrets of this run, none of which may be seen. */
	secrets: string[];
}

export async function publish({ parameters, files, way }: Kind): Promise<Tried> {
	const tried = node(parameters, way);
	const items: INodeExecutionData[] = [await binaryItem(files)];
	const run = async (change?: RunChange) => (await outcome(tried, items, change))[0];
	const [credential] = Object.values(tried.stored);
	const { access_token } = credential.oauthTokenData as { access_token: string };
	const secrets = [access_token, 'instagram-secret', 'facebook-secret'];
	return { json: await run(), again: run, secrets };
}

/** Posts that the node published. */
export const held = () => sandbox.state.posts;

export const failureOf = ({ error }: IDataObject) => error as IDataObject;

/** Holds all requests so far against Meta's own descriptions. */
export const asDescribed = () => expectDescribed('instagram', recorded);
