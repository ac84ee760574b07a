import { createHash } from 'node:crypto';

import type { IDataObject } from 'n8n-workflow';

import { outcome } from '@/test/Facebook/setup';
import { mp4 } from '@/test/support/mediaFixtures';
import { binaryItem } from '@/test/support/binaries';
import { startSandbox } from '..';
import {
	asDescribed,
	failureOf,
	held,
	hosts,
	KINDS,
	node,
	pageId,
	publish,
	sandbox,
	useFacebook,
} from './facebookSetup';

jest.setTimeout(60_000);

useFacebook();

const sha256 = (data: Buffer) => createHash('sha256').update(data).digest('hex');
const run = async (parameters: IDataObject) => await outcome(node(parameters));
/** The path of each kind of video. */
const PATHS: Record<string, RegExp> = {
	video: /\/\d+\/videos\/\d+\/$/,
	reel: /\/reel\/\d+$/,
	videoStory: /\/stories\/\d+_\d+$/,
};
const by = (id: unknown) => ({ __rl: true, mode: 'id', value: id as string });

describe('what arrives', () => {
	it('is the text with its link, as the Page', async () => {
		const link = 'https://example.org/a?b=1&c=2';
		const { json } = await publish({ parameters: { text: 'Grüße & 🙂 #1', link } });
		expect(json).toEqual({
			platform: 'facebook',
			account: { id: pageId(), name: 'Demo Page' },
			id: held()[0].id,
			url: held()[0].url,
			status: 'published',
			publishedAt: expect.any(String),
			warnings: [],
		});
		expect(held()).toMatchObject([
			{ account: 'Demo Page', text: 'Grüße & 🙂 #1', options: { link } },
		]);
		const [sent] = sandbox.requests.filter(({ operation }) => operation === 'publish');
		expect(sent.token).toMatchObject({ kind: 'page' });
		expect(sent.path).toBe(`/v26.0/${pageId()}/feed`);
	});

	it('is a link alone, and the link after the text where photos are shown', async () => {
		const link = 'https://example.org/';
		await publish({ parameters: { text: '', link } });
		await publish({ ...KINDS.image, parameters: { ...KINDS.image.parameters, link } });
		expect(held()).toMatchObject([
			{ text: '', options: { link } },
			{ text: `Hello\n\n${link}`, options: {} },
		]);
	});

	it('is every photo in its order with its alt text', async () => {
		const { json } = await publish(KINDS.images);
		const { image, second } = KINDS.images.files!;
		expect(json).toMatchObject({ status: 'published', warnings: [] });
		expect(held()[0].media).toMatchObject([
			{ type: 'image/png', alt: 'One', sha256: sha256(image.data) },
			{ type: 'image/png', alt: 'Two', sha256: sha256(second.data) },
		]);
	});

	it.each(['video', 'reel', 'videoStory'])('is the whole %s', async (name) => {
		const { json } = await publish(KINDS[name]);
		const [file] = Object.values(KINDS[name].files!);
		const kinds: Record<string, string> = { videoStory: 'story' };
		expect(json).toMatchObject({ status: 'published', warnings: [] });
		expect(json.url).toMatch(PATHS[name]);
		expect(held()).toMatchObject([
			{
				kind: kinds[name] ?? name,
				text: name === 'videoStory' ? '' : 'Hello',
				media: [{ sha256: sha256(file.data), type: 'video/mp4' }],
			},
		]);
		expect(sandbox.state.videos).toMatchObject([{ title: name === 'video' ? 'Title' : '' }]);
	});

	it('is scheduled by Facebook itself, with photos that last until then', async () => {
		const { scheduledAt } = KINDS.scheduled.parameters.options as { scheduledAt: string };
		for (const name of ['image', 'video', 'reel']) {
			const { parameters, files } = KINDS[name];
			const options = { ...(parameters.options as IDataObject), scheduledAt };
			const { json } = await publish({ parameters: { ...parameters, options }, files });
			const seconds = Math.floor(Date.parse(scheduledAt) / 1000);
			expect(json).toMatchObject({
				status: 'scheduled',
				publishedAt: new Date(seconds * 1000).toISOString(),
				warnings: [],
			});
			expect(held().at(-1)).toMatchObject({ published: false, scheduled: seconds });
		}
		expect(sandbox.state.photos).toMatchObject([{ temporary: true }]);
		sandbox.clock.advance(3 * 86_400_000);
		expect(
			(
				await run({
					resource: 'post',
					operation: 'getAll',
					show: 'published_posts',
					returnAll: true,
				})
			).length,
		).toBe(3);
	});

	it('goes on by Resume where processing takes longer than one waits, with one comment', async () => {
		const options = { postType: 'reel', processingWait: 0, firstComment: 'First' };
		const { parameters, files } = KINDS.reel;
		const { json } = await publish({ parameters: { ...parameters, options }, files });
		expect(json).toMatchObject({ status: 'processing', id: sandbox.state.videos[0].id });
		const on = String(held()[0].id);
		sandbox.state.addComment({ on, from: 'visitor', message: 'First' });
		for (const _time of [1, 2]) {
			const resumed = await run({ operation: 'resume', resume: json.resume as IDataObject });
			expect(resumed).toMatchObject([
				{ status: 'published', id: on, account: { name: 'Demo Page' }, warnings: [] },
			]);
		}
		expect(held()).toHaveLength(1);
		expect(sandbox.state.comments.map(({ from, message }) => [from.name, message])).toEqual([
			['visitor', 'First'],
			['Demo Page', 'First'],
		]);
		expect(sandbox.requests.filter(({ operation }) => operation === 'upload')).toHaveLength(1);
	});

	it('is refused by Facebook where a Reel is not upright, after a warning', async () => {
		const data = mp4({ width: 1280, height: 720, seconds: 10, bytes: 5000 });
		const files = { upright: { data, fileName: 'w.mp4', mimeType: 'video/mp4' } };
		const { parameters } = KINDS.reel;
		const { json: valid } = await publish({
			parameters: { ...parameters, operation: 'validate' },
			files,
		});
		expect(valid).toMatchObject({
			valid: true,
			warnings: [expect.stringMatching(/1280×720.*\[facebook\.reel\.ratio\]$/)],
		});
		const { json } = await publish({ parameters, files });
		expect(failureOf(json)).toMatchObject({
			code: 'media_rejected',
			rule: 'facebook.video.1363129',
			message: 'Facebook could not process the video: The aspect ratio of the video is not 9:16',
		});
		expect(held()).toEqual([]);
	});
});

describe('a large part', () => {
	it('is streamed, and anew should it be lost', async () => {
		const large = await startSandbox('facebook', { chunk: 34 * 1024 ** 2 });
		const urls = { apiBaseUrl: large.url, videoBaseUrl: large.url, webBaseUrl: large.url };
		const data = mp4({ width: 1280, height: 720, seconds: 9, bytes: 33 * 1024 ** 2 });
		const { parameters } = KINDS.video;
		const tried = node({ ...parameters, target: by(large.state.pages[0].id) });
		const stored = tried.stored.crosspostFacebookOAuth2Api;
		Object.assign(stored, { ...hosts(), ...urls });
		const { accessToken } = large.issueToken();
		(stored.oauthTokenData as IDataObject).access_token = accessToken;
		large.faults.next('video', { kind: 'none' }, { kind: '5xx-before' });
		const film = { data, fileName: 'l.mp4', mimeType: 'video/mp4' };
		const [json] = await outcome(tried, [await binaryItem({ film })]);
		expect(json).toMatchObject({ status: 'published', warnings: [] });
		expect(large.state.posts).toMatchObject([{ media: [{ sha256: sha256(data) }] }]);
		await large.stop();
	});
});

describe('an app that wants proof of its secret', () => {
	it('gets it for every token, where the credential says so', async () => {
		const proving = await startSandbox('facebook', { requireProof: true, chunk: 2000 });
		const urls = { apiBaseUrl: proving.url, videoBaseUrl: proving.url, webBaseUrl: proving.url };
		const tried = (signRequests: boolean) => {
			const one = node({ text: 'Hello', target: by(proving.state.pages[0].id) });
			const { accessToken } = proving.issueToken();
			const stored = one.stored.crosspostFacebookOAuth2Api;
			Object.assign(stored, { ...hosts(), ...urls, signRequests });
			(stored.oauthTokenData as IDataObject).access_token = accessToken;
			return one;
		};
		const [refused] = await outcome(tried(false));
		expect(failureOf(refused)).toMatchObject({
			message: expect.stringContaining('appsecret_proof'),
		});
		expect(await outcome(tried(true))).toMatchObject([{ status: 'published', warnings: [] }]);
		await proving.stop();
	});
});

it('asked Facebook only for what Meta describes', asDescribed);
