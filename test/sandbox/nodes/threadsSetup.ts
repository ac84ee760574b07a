import type { IDataObject } from 'n8n-workflow';

import { mp4, png } from '@/test/support/mediaFixtures';
import { type TestNode } from '@/test/support/n8n';
import { fromBinary as binary } from '@/test/support/node';
import { longToken, threadsNode } from '@/test/Threads/setup';
import type { Sandbox } from '..';
import type { ThreadsState } from '../threads/model';
import { eachSandbox, expectAllDescribed, firstOf, n8nServer, type Files } from './kit';

export { failureOf } from '@/test/support/node';

const image = { data: png(100, 80), fileName: 'a.png', mimeType: 'image/png' };

const n8n = n8nServer({ '/a.png': image.data });
export const local = n8n.url;
export let sandbox: Sandbox<ThreadsState>;

export function useThreads() {
	n8n.use();
	eachSandbox(
		'threads',
		(one) => (sandbox = one),
		() => ({ crawl: n8n.crawl() }),
	);
}

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
	files?: Files;
	/** A post that must exist before. */
	target?: boolean;
}

const second = { data: png(90, 80), fileName: 'b.png', mimeType: 'image/png' };
const film = { data: mp4(), fileName: 'c.mp4', mimeType: 'video/mp4' };

/** All ways to publish. */
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

export async function publish({ parameters, files, target }: Kind) {
	const id = target ? sandbox.state.addPost({ account: 'demo', text: 'Target' }).id : '';
	const text = JSON.stringify(parameters).replace('TARGET', id);
	return await firstOf(node(JSON.parse(text) as IDataObject), files);
}

/** Posts that the node published. */
export const held = () => sandbox.state.posts.filter(({ text }) => text !== 'Target');

/** Checks all requests so far against Meta's own collection. */
export const asDescribed = () => expectAllDescribed('threads');
