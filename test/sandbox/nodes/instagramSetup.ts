import type { IDataObject } from 'n8n-workflow';

import { instagramNode, longToken, type Way } from '@/test/Instagram/setup';
import { jpeg, mp4 } from '@/test/support/mediaFixtures';
import { type TestNode } from '@/test/support/n8n';
import { byId, fromBinary as binary } from '@/test/support/node';
import type { Sandbox, SandboxOptions } from '..';
import { userId, type InstagramState } from '../instagram/model';
import { eachSandbox, expectAllDescribed, firstOf, n8nServer, type Files } from './kit';

export { failureOf } from '@/test/support/node';

const image = { data: jpeg(100, 100), fileName: 'a.jpg', mimeType: 'image/jpeg' };

const n8n = n8nServer({ '/a.jpg': image.data });
export const local = n8n.url;
export let sandbox: Sandbox<InstagramState>;

export function useInstagram(options: SandboxOptions<'instagram'> = {}) {
	n8n.use();
	eachSandbox(
		'instagram',
		(one) => (sandbox = one),
		() => ({ crawl: n8n.crawl(), ...options }),
	);
}

/**
 * A node whose credential is connected to the sandbox; with Facebook Login it posts as the account
 * demo.
 */
export function node(parameters: IDataObject, way: Way = 'instagramLogin'): TestNode {
	const facebook = way === 'facebookLogin';
	const { accessToken } = sandbox.issueToken(facebook ? { kind: 'facebook' } : {});
	const { crosspost, ...token } = longToken(accessToken);
	const account = { id: userId('demo'), name: 'demo' };
	const target = byId(account.id);
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
	files: Files;
	way?: Way;
}

const second = { data: jpeg(110, 100), fileName: 'b.jpg', mimeType: 'image/jpeg' };
const film = { data: mp4({ seconds: 10 }), fileName: 'c.mp4', mimeType: 'video/mp4' };
const facebook = { way: 'facebookLogin' as const };

/** All ways to publish. */
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

export const publish = async ({ parameters, files, way }: Kind) =>
	await firstOf(node(parameters, way), files);

/** Posts that the node published. */
export const held = () => sandbox.state.posts;

/** Checks all requests so far against Meta's own descriptions. */
export const asDescribed = () => expectAllDescribed('instagram');
