import type { IDataObject } from 'n8n-workflow';

import { mastodonNode, outcome } from '../../Mastodon/setup';
import { gif, mp4, png } from '../../support/mediaFixtures';
import { binaryItem } from '../../support/binaries';
import type { Sandbox } from '..';
import type { MastodonState } from '../mastodon/model';
import { eachSandbox, expectAllDescribed } from './kit';

export { failureOf } from '../../support/node';

export let sandbox: Sandbox<MastodonState>;

/** Checks all requests so far against the description of Mastodon's API. */
export const asDescribed = () => expectAllDescribed('mastodon');

export const { restart: open } = eachSandbox(
	'mastodon',
	(one) => (sandbox = one),
	() => ({ rateLimits: false }),
);

const ALL = ['read:accounts', 'read:statuses', 'read:search', 'write:statuses', 'write:media'];

export const node = (parameters: IDataObject) =>
	mastodonNode(parameters, {
		instanceUrl: sandbox.url,
		token: sandbox.issueToken({ scopes: ALL }).accessToken,
		continueOnFail: true,
	});

export const items = async () => [
	await binaryItem({
		one: { data: png(8, 6), fileName: 'one.png', mimeType: '' },
		two: { data: png(9, 6), fileName: 'two.png', mimeType: '' },
		film: { data: mp4(), fileName: 'film.mp4', mimeType: '' },
		loop: { data: gif(2), fileName: 'loop.gif', mimeType: '' },
	}),
];

const medium = (...names: string[]) => ({
	medium: names.map((name) => ({ source: 'binary', binaryProperty: name, altText: `Alt ${name}` })),
});

export const later = () => new Date(Date.now() + 3_600_000).toISOString();

/** All kinds of posts, as parameters of the node. */
export const KINDS: Record<string, () => IDataObject> = {
	text: () => ({ text: 'Hello @bob@other.example https://example.com/a?b=1&c=<d>' }),
	images: () => ({ text: 'Two', media: medium('one', 'two') }),
	video: () => ({ text: '', media: medium('film') }),
	gif: () => ({ text: 'Loop', media: medium('loop') }),
	poll: () => ({ text: 'Which?', options: { poll: { poll: { answers: 'this\nthat' } } } }),
	warning: () => ({ text: 'Told', options: { contentWarning: 'News', visibility: 'private' } }),
	reply: () => ({
		text: 'Right',
		options: { replyTo: sandbox.state.addPost({ account: 'second', text: 'Am I right?' }).url },
	}),
	quote: () => ({
		text: 'See',
		options: { quote: sandbox.state.addPost({ account: 'second', text: 'Quote me' }).id },
	}),
	scheduled: () => ({ text: 'Later', options: { scheduledAt: later() } }),
};

export const isScheduled = (kind: string) => kind === 'scheduled';

/** The account's posts, published or scheduled. */
export const held = () => [
	...sandbox.state.posts.filter(({ account }) => account === 'demo'),
	...sandbox.state.scheduled,
];

export const publish = async (parameters: IDataObject) =>
	(await outcome(node(parameters), await items()))[0];
