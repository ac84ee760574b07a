import { createHash } from 'node:crypto';

import type { IDataObject, ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';

import { Facebook } from '@/nodes/Facebook/Facebook.node';
import { outcome } from '@/test/Facebook/setup';
import { mp4 } from '@/test/support/mediaFixtures';
import { binaryItem, type TestNode } from '@/test/support/n8n';
import type * as time from '@/test/support/time';
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

jest.mock('n8n-workflow', () => ({
	...jest.requireActual<object>('n8n-workflow'),
	sleep: jest.requireActual<typeof time>('../../support/time').sleep,
}));

jest.setTimeout(60_000);

useFacebook();

const sha256 = (data: Buffer) => createHash('sha256').update(data).digest('hex');
const run = async (parameters: IDataObject) => await outcome(node(parameters));
const listed = async (tried: TestNode, name: string, filter?: string) => {
	const search = new Facebook().methods.listSearch[name];
	const context = tried.loadOptions() as unknown as ILoadOptionsFunctions;
	return (await search.call(context, filter)) as INodeListSearchResult;
};
/** Where each kind of video is seen. */
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

	it('goes on by Resume where processing takes longer than one waits', async () => {
		const options = { postType: 'reel', processingWait: 0, firstComment: 'First' };
		const { parameters, files } = KINDS.reel;
		const { json } = await publish({ parameters: { ...parameters, options }, files });
		expect(json).toMatchObject({ status: 'processing', id: sandbox.state.videos[0].id });
		const resumed = await run({ operation: 'resume', resume: json.resume as IDataObject });
		expect(resumed).toMatchObject([
			{ status: 'published', id: held()[0].id, account: { name: 'Demo Page' } },
		]);
		expect(held()).toHaveLength(1);
		expect(sandbox.state.comments).toMatchObject([{ on: held()[0].id, message: 'First' }]);
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

describe('the Pages', () => {
	const all = ['Demo Page', 'Second Page', 'Demo Shop', 'Demo Client'];

	it('are listed to the end, those of a business too, without a token', async () => {
		const pages = await run({ resource: 'page', operation: 'getAll', returnAll: true });
		expect(pages.map(({ name }) => name)).toEqual(all);
		expect(JSON.stringify(pages)).not.toMatch(/EAA|access_token/);
		const { results } = await listed(node({}), 'searchTargets');
		expect(results.map(({ name }) => name)).toEqual([
			'Demo Page @demo.page',
			'Second Page @second.page',
			'Demo Shop @demo.shop',
			'Demo Client @demo.client',
		]);
		expect((await listed(node({}), 'searchTargets', 'client')).results).toMatchObject([
			{ value: pageId(3) },
		]);
	});

	it('are listed as far as the permissions go', async () => {
		const scopes = ['pages_show_list', 'pages_read_engagement', 'pages_manage_posts'];
		const { accessToken } = sandbox.issueToken({ scopes });
		const narrow = node({ resource: 'page', operation: 'getAll', returnAll: true });
		const token = narrow.stored.crosspostFacebookOAuth2Api.oauthTokenData as IDataObject;
		token.access_token = accessToken;
		const pages = await outcome(narrow);
		expect(pages.map(({ name }) => name)).toEqual(['Demo Page', 'Second Page']);
	});

	it.each([
		['by ID', () => by(pageId(3))],
		['by URL', () => by('https://www.facebook.com/demo.client/')],
		['by user name', () => by('@demo.client')],
		['by a URL with the ID', () => by(`https://www.facebook.com/profile.php?id=${pageId(3)}`)],
	])('of a business is posted to %s', async (_how, target) => {
		const { json } = await publish({ parameters: { text: 'Hello', target: target() } });
		expect(json).toMatchObject({ status: 'published', account: { name: 'Demo Client' } });
	});

	it('get tokens of their own, which are asked for once', async () => {
		const tried = node({ text: 'Hello' });
		for (const target of [by(pageId(0)), by(pageId(1)), by(pageId(0))]) {
			await outcome(tried, undefined, { parameters: { target }, fresh: true });
		}
		expect(held().map(({ account }) => account)).toEqual(['Demo Page', 'Second Page', 'Demo Page']);
		const asked = sandbox.requests.filter(({ query }) => query.fields === 'access_token');
		expect(asked).toHaveLength(2);
	});

	it('of somebody else are not found', async () => {
		const { json } = await publish({ parameters: { text: 'Hello', target: by('999999999999') } });
		expect(failureOf(json)).toMatchObject({ code: 'not_found', rule: 'facebook.100.33' });
	});
});

describe('somebody without Pages', () => {
	it('is told what to do, in the list and in the node', async () => {
		const tried = node({ resource: 'page', operation: 'getAll', returnAll: true });
		sandbox.state.pages.splice(0);
		const [json] = await outcome(tried);
		expect(failureOf(json)).toMatchObject({
			code: 'permission_missing',
			rule: 'facebook.pages.none',
			remediation: expect.stringMatching(/create a Page.*business_management/),
		});
		await expect(listed(tried, 'searchTargets')).rejects.toThrow('no Facebook Page');
	});
});

describe('what is there', () => {
	it('is got, listed, changed and deleted by ID and URL', async () => {
		const { json } = await publish(KINDS.text);
		await publish({ parameters: { text: 'Two' } });
		const { url, id } = json as { url: string; id: string };
		expect(await run({ operation: 'get', post: by(id) })).toEqual([
			{
				id,
				url,
				text: 'Hello',
				createdAt: expect.any(String),
				published: true,
				type: 'mobile_status_update',
			},
		]);
		expect(await run({ operation: 'update', post: by(url), text: 'One' })).toEqual([
			{ id, updated: true },
		]);
		const posts = await run({ operation: 'getAll', show: 'published_posts', limit: 50 });
		expect(posts.map(({ text }) => text)).toEqual(['Two', 'One']);
		const { results } = await listed(node({ operation: 'get' }), 'searchPosts');
		expect(results.map(({ name }) => name)).toEqual(['Two', 'One']);
		expect(await run({ operation: 'delete', post: by(url) })).toEqual([{ id, deleted: true }]);
		expect(sandbox.state.deleted).toMatchObject([{ id }]);
		const [gone] = await run({ operation: 'get', post: by(id) });
		expect(failureOf(gone)).toMatchObject({ code: 'not_found' });
	});

	it('is found by a Reel’s own address, and scheduled posts can be published now', async () => {
		const { json } = await publish(KINDS.reel);
		const [reel] = await run({ operation: 'get', post: by(json.url) });
		expect(reel).toMatchObject({ id: held()[0].video, text: 'Hello', published: true });
		const { json: later } = await publish(KINDS.scheduled);
		const waiting = await run({ operation: 'getAll', show: 'scheduled_posts', limit: 50 });
		expect(waiting).toMatchObject([{ id: later.id, published: false }]);
		await run({ operation: 'update', post: by(later.id), text: '', publishNow: true });
		expect(held()[1]).toMatchObject({ published: true, text: 'Hello' });
		const [nothing] = await run({ operation: 'update', post: by(later.id), text: '' });
		expect(failureOf(nothing)).toMatchObject({ rule: 'facebook.update.nothing' });
	});

	it('has comments that are read, written, hidden and deleted', async () => {
		const { json } = await publish(KINDS.text);
		const post = by(json.id);
		const visitor = { on: String(json.id), from: 'visitor', message: 'Hi' };
		const { id } = sandbox.state.addComment(visitor);
		const comment = { resource: 'comment', post };
		const [made] = await run({ ...comment, operation: 'create', message: 'Welcome' });
		const comments = await run({ ...comment, operation: 'getAll', limit: 50 });
		expect(comments.map(({ message }) => message)).toEqual(['Welcome', 'Hi']);
		await run({ ...comment, operation: 'setVisibility', commentId: id, hide: true });
		await run({ ...comment, operation: 'delete', commentId: made.id });
		expect(sandbox.state.comments).toMatchObject([{ id, hidden: true }]);
	});

	it('has insights, whose links to more hold no token', async () => {
		const { json } = await publish(KINDS.text);
		const metrics = 'post_media_view,post_clicks';
		const [post] = await run({ operation: 'getInsights', post: by(json.id), metrics });
		expect(post).toMatchObject({ id: json.id, metrics: [{ metric: 'post_media_view' }, {}] });
		const page = { resource: 'page', operation: 'getInsights', metrics: 'page_follows' };
		const [whole] = await run({
			...page,
			period: 'week',
			since: '2026-11-01',
			until: '2026-11-20',
		});
		expect(whole).toMatchObject({
			id: pageId(),
			metrics: [{ metric: 'page_follows', period: 'week', values: [{ value: 3 }] }],
		});
		expect(JSON.stringify([post, whole])).not.toMatch(/EAA|access_token/);
	});
});

describe('a part that is too large for memory', () => {
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
