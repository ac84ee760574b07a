import type { IDataObject, INodeExecutionData } from 'n8n-workflow';

import { facebookNode, longToken, outcome, TYPE } from '@/test/Facebook/setup';
import { expectDescribed } from '@/test/support/described';
import { mp4, png } from '@/test/support/mediaFixtures';
import { binaryItem, useBinaryStore } from '@/test/support/binaries';
import { type RunChange, type TestNode } from '@/test/support/n8n';
import { startSandbox, type RecordedRequest, type Sandbox, type SandboxOptions } from '..';
import type { FacebookState } from '../facebook/model';

export let sandbox: Sandbox<FacebookState>;
const SECRET = 'facebook-secret';

/** What the tests of this file have asked Facebook so far. */
const recorded: RecordedRequest[] = [];

export function useFacebook(options: SandboxOptions<'facebook'> = {}) {
	beforeAll(useBinaryStore);
	beforeEach(async () => {
		sandbox = await startSandbox('facebook', { chunk: 2000, ...options });
	});
	afterEach(async () => {
		recorded.push(...sandbox.requests);
		await sandbox.stop();
	});
}

export const hosts = () => ({
	apiBaseUrl: sandbox.url,
	videoBaseUrl: sandbox.url,
	webBaseUrl: sandbox.url,
	clientId: 'facebook-client',
	clientSecret: SECRET,
});

export const pageId = (at = 0) => sandbox.state.pages[at].id;
const target = (value: string) => ({ __rl: true, mode: 'id', value });

/** A node whose credential is connected to the sandbox as its first account. */
export function node(parameters: IDataObject, credential: IDataObject = {}): TestNode {
	const token = longToken(sandbox.issueToken().accessToken);
	return facebookNode(
		{ target: target(pageId()), ...parameters },
		{ token, credential: { ...hosts(), ...(credential as object) } },
	);
}

export interface Kind {
	parameters: IDataObject;
	/** Binary fields of the item. */
	files?: Record<string, { data: Buffer; fileName: string; mimeType: string }>;
	/** Operation that the publishing request is of, and how many of its calls come before. */
	publishing: { operation: string; before: number };
}

const image = { data: png(100, 80), fileName: 'a.png', mimeType: 'image/png' };
const second = { data: png(90, 80), fileName: 'b.png', mimeType: 'image/png' };
const film = {
	data: mp4({ width: 1280, height: 720, seconds: 10, bytes: 5000 }),
	fileName: 'c.mp4',
	mimeType: 'video/mp4',
};
const upright = {
	data: mp4({ width: 720, height: 1280, seconds: 10, bytes: 5000 }),
	fileName: 'd.mp4',
	mimeType: 'video/mp4',
};
const binary = (binaryProperty: string, altText = '') => ({
	medium: [{ source: 'binary', binaryProperty, altText }],
});
const feed = { operation: 'publish', before: 0 };
/** Start, three parts of 2000 bytes and finish are one operation to the sandbox. */
const inParts = { operation: 'video', before: 4 };
const afterStart = { operation: 'video', before: 1 };
const inTwoDays = () => new Date(Date.now() + 2 * 86_400_000).toISOString();

/** Every way of publishing. */
export const KINDS: Record<string, Kind> = {
	text: { parameters: { text: 'Hello' }, publishing: feed },
	link: { parameters: { text: 'Hello', link: 'https://example.org/' }, publishing: feed },
	image: {
		parameters: { text: 'Hello', media: binary('image', 'A picture') },
		files: { image },
		publishing: feed,
	},
	images: {
		parameters: { media: binary('image, second', 'One\nTwo') },
		files: { image, second },
		publishing: feed,
	},
	scheduled: {
		parameters: { text: 'Hello', options: { scheduledAt: inTwoDays() } },
		publishing: feed,
	},
	video: {
		parameters: { text: 'Hello', media: binary('film'), options: { title: 'Title' } },
		files: { film },
		publishing: inParts,
	},
	reel: {
		parameters: { text: 'Hello', media: binary('upright'), options: { postType: 'reel' } },
		files: { upright },
		publishing: afterStart,
	},
	photoStory: {
		parameters: { media: binary('image'), options: { postType: 'story' } },
		files: { image },
		publishing: feed,
	},
	videoStory: {
		parameters: { media: binary('upright'), options: { postType: 'story' } },
		files: { upright },
		publishing: afterStart,
	},
};

export interface Tried {
	json: IDataObject;
	/** Runs the same node for the same item again, if not said otherwise in the same execution. */
	again: (change?: RunChange) => Promise<IDataObject>;
	/** The secrets of this run, none of which may be seen. */
	secrets: () => string[];
}

export async function publish(
	{ parameters, files }: Pick<Kind, 'parameters' | 'files'>,
	credential?: IDataObject,
): Promise<Tried> {
	const tried = node(parameters, credential);
	const items: INodeExecutionData[] = [files ? await binaryItem(files) : { json: {} }];
	const run = async (change?: RunChange) => (await outcome(tried, items, change))[0];
	const secrets = () => {
		const { oauthTokenData } = tried.stored[TYPE] as { oauthTokenData?: IDataObject };
		const { secrets: kept = {} } = (oauthTokenData?.crosspost ?? {}) as { secrets?: object };
		return [String(oauthTokenData?.access_token), SECRET, ...Object.values(kept).map(String)];
	};
	return { json: await run(), again: run, secrets };
}

/** Posts that Facebook has taken. */
export const held = () => sandbox.state.posts;

export const failureOf = ({ error }: IDataObject) => error as IDataObject;

/** Holds all requests so far against Meta's own description. */
export const asDescribed = () => expectDescribed('facebook', recorded);
