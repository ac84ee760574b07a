import nock from 'nock';
import type { ICredentialDataDecryptedObject, IDataObject } from 'n8n-workflow';

import { jpeg, mp4, png } from '@/test/support/mediaFixtures';
import { binaryItem } from '@/test/support/binaries';
import { type TestNode } from '@/test/support/n8n';
import { fromBinary as binary, fromUrls, secretsOf as secretsIn } from '@/test/support/node';
import { pinterestNode, resultOf, tokenData } from '@/test/Pinterest/setup';
import type { Sandbox } from '..';
import type { PinterestOptions, PinterestState } from '../pinterest/model';
import { eachSandbox, expectAllDescribed, n8nServer } from './kit';

export { codeOf } from '@/test/support/node';

const WEB = 'https://n8n.example.com';
const IMAGES: Record<string, Buffer> = { '/a.png': png(40, 60), '/b.jpg': jpeg(40, 60) };

/** The local server of the pictures on the web. */
const web = n8nServer(IMAGES);
export let sandbox: Sandbox<PinterestState>;
/** Replaces the test's Pinterest by one with these options. */
export let restart: (options: PinterestOptions) => Promise<void>;

export function usePinterest() {
	web.use();
	beforeAll(() => {
		// n8n downloads from the public address; Pinterest knows the local one behind it.
		for (const [path, body] of Object.entries(IMAGES))
			nock(WEB).persist().get(path).reply(200, body);
	});
	afterAll(() => nock.cleanAll());
	const set = (one: Sandbox<PinterestState>) => (sandbox = one);
	({ restart } = eachSandbox('pinterest', set, () => ({ crawl: web.crawl() })));
}

export const boardNamed = (name: string) =>
	sandbox.state.boards.find((board) => board.name === name && board.account === 'demo')!;

/** A node whose credential is connected to the sandbox as its first account. */
export function node(
	parameters: IDataObject,
	change: ICredentialDataDecryptedObject = {},
): TestNode {
	const kind = change.environment === 'sandbox' ? 'sandbox' : 'production';
	const { accessToken, refreshToken = '' } = sandbox.issueToken({ kind });
	const target = { __rl: true, mode: 'list', value: boardNamed('Travel').id };
	return pinterestNode(
		{ target, ...parameters },
		{
			apiBaseUrl: sandbox.url,
			sandboxBaseUrl: `${sandbox.url}/api-sandbox`,
			webBaseUrl: sandbox.url,
			oauthTokenData: tokenData(accessToken, refreshToken),
			...change,
		},
	);
}

export interface Kind {
	parameters: () => IDataObject;
	/** The resulting Pin. */
	holds: () => object;
}

const picture = { type: 'image/png', width: 40 };
const photo = { type: 'image/jpeg', width: 40 };
const film = { type: 'video/mp4', length: 300_000, status: 'succeeded' };

/** All ways to publish. */
export const KINDS: Record<string, Kind> = {
	file: {
		parameters: () => ({
			text: 'Blue',
			link: 'https://example.com/',
			media: binary('a', 'Water'),
			options: { title: 'Lake', boardSection: boardNamed('Travel').sections[1].id },
		}),
		holds: () => ({
			text: 'Blue',
			title: 'Lake',
			link: 'https://example.com/',
			altText: 'Water',
			sectionId: boardNamed('Travel').sections[1].id,
			media: [picture],
		}),
	},
	url: {
		parameters: () => ({ text: 'Fetched', media: fromUrls(`${WEB}/a.png`) }),
		holds: () => ({ text: 'Fetched', media: [{ ...picture, fetchedFrom: `${WEB}/a.png` }] }),
	},
	files: {
		parameters: () => ({
			media: binary('a,b', 'One\nTwo'),
			options: { carouselCover: 2, pictures: { picture: [{ title: 'First' }] } },
		}),
		holds: () => ({
			altText: 'One\nTwo',
			mediaType: 'multiple_images',
			media: [{ ...picture, title: 'First' }, photo],
			options: { index: 1 },
		}),
	},
	urls: {
		parameters: () => ({ text: 'Two', media: fromUrls(`${WEB}/a.png`, `${WEB}/b.jpg`) }),
		holds: () => ({ text: 'Two', mediaType: 'multiple_images', media: [picture, photo] }),
	},
	film: {
		parameters: () => ({ text: 'Film', media: binary('film'), options: { coverTime: 2 } }),
		holds: () => ({
			text: 'Film',
			mediaType: 'video',
			media: [film],
			options: { cover_image_key_frame_time: 2 },
		}),
	},
	'film and cover': {
		parameters: () => ({ text: 'Film', media: binary('film,a') }),
		holds: () => ({ mediaType: 'video', media: [film], options: { cover: picture } }),
	},
};

export const item = async () =>
	await binaryItem({
		a: { data: IMAGES['/a.png'], fileName: 'a.png', mimeType: 'image/png' },
		b: { data: IMAGES['/b.jpg'], fileName: 'b.jpg', mimeType: 'image/jpeg' },
		film: {
			data: mp4({ bytes: 300_000, seconds: 10 }),
			fileName: 'film.mp4',
			mimeType: 'video/mp4',
		},
	});

/** The parameters of a kind, with further options. */
export function parametersOf(kind: string, options: IDataObject = {}): IDataObject {
	const { options: own, ...parameters } = KINDS[kind].parameters();
	return { ...parameters, options: { ...(own as IDataObject), ...options } };
}

export const publish = async (tried: TestNode) => await resultOf(tried, [await item()]);

/** The secrets of a node's credential and of Pinterest, which must not appear anywhere. */
export const secretsOf = (node: TestNode) => [...secretsIn(node), ...sandbox.secrets()];

/** Checks all requests so far against Pinterest's own OpenAPI file. */
export const asDescribed = () => expectAllDescribed('pinterest');
