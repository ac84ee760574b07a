import type { IDataObject } from 'n8n-workflow';

import { facebookNode, longToken } from '@/test/Facebook/setup';
import { useBinaryStore } from '@/test/support/binaries';
import { mp4, png } from '@/test/support/mediaFixtures';
import { type TestNode } from '@/test/support/n8n';
import { byId, fromBinary as binary } from '@/test/support/node';
import type { Sandbox, SandboxOptions } from '..';
import type { FacebookState } from '../facebook/model';
import { eachSandbox, expectAllDescribed, firstOf, type Files } from './kit';

export { failureOf } from '@/test/support/node';

export let sandbox: Sandbox<FacebookState>;

export function useFacebook(options: SandboxOptions<'facebook'> = {}) {
	beforeAll(useBinaryStore);
	eachSandbox(
		'facebook',
		(one) => (sandbox = one),
		() => ({ chunk: 2000, ...options }),
	);
}

export const hosts = () => ({
	apiBaseUrl: sandbox.url,
	videoBaseUrl: sandbox.url,
	webBaseUrl: sandbox.url,
	clientId: 'facebook-client',
	clientSecret: 'facebook-secret',
});

export const pageId = (at = 0) => sandbox.state.pages[at].id;

/** A node whose credential is connected to the sandbox as its first account. */
export function node(parameters: IDataObject, credential: IDataObject = {}): TestNode {
	const token = longToken(sandbox.issueToken().accessToken);
	return facebookNode(
		{ target: byId(pageId()), ...parameters },
		{ token, credential: { ...hosts(), ...(credential as object) } },
	);
}

export interface Kind {
	parameters: IDataObject;
	/** Binary fields of the item. */
	files?: Files;
	/** Operation of the publishing request, and how many calls of this operation come before it. */
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
const feed = { operation: 'publish', before: 0 };
/** Start, three parts of 2000 bytes and finish are the same operation in the sandbox. */
const inParts = { operation: 'video', before: 4 };
const afterStart = { operation: 'video', before: 1 };
const inTwoDays = () => new Date(Date.now() + 2 * 86_400_000).toISOString();

/** All ways to publish. */
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

export const publish = async (
	{ parameters, files }: Pick<Kind, 'parameters' | 'files'>,
	credential?: IDataObject,
) => await firstOf(node(parameters, credential), files);

/** Posts that Facebook has accepted. */
export const held = () => sandbox.state.posts;

/** Checks all requests so far against Meta's own description. */
export const asDescribed = () => expectAllDescribed('facebook');
