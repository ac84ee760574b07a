import type { IDataObject } from 'n8n-workflow';
import nock from 'nock';

import type { Platform } from '@/nodes/shared/contract/platform';
import type { Post } from '@/nodes/shared/contract/post';
import { conversation } from '@/test/support/conversation';
import { png } from '@/test/support/mediaFixtures';
import { testNode } from '@/test/support/n8n';
import { HOST, nodeOf, sampleCredential, samplePlatform } from '@/test/support/platform';

const nodeFor = (platform: Platform, parameters: IDataObject, scope = '') =>
	testNode({
		type: nodeOf(platform),
		parameters: { resource: 'post', operation: 'publish', ...parameters },
		credentials: [
			{
				type: sampleCredential,
				data: { password: 'secret', oauthTokenData: { access_token: 'token', scope } },
			},
		],
		continueOnFail: true,
	});

describe('the place of a post in its thread', () => {
	const places: Array<Post['thread']> = [];
	const platform = samplePlatform({
		check: ({ thread }) => {
			places.push(thread);
			return [];
		},
	});

	beforeEach(() => places.splice(0));

	it('is known to checks, also when the thread is resumed', async () => {
		const talk = conversation(HOST, [
			['POST', '/posts', 200, { id: '1' }],
			['POST', '/posts', 422],
			['POST', '/posts', 200, { id: '2' }],
			['POST', '/posts', 200, { id: '3' }],
		]);
		const thread = { post: [{ text: 'Two' }, { text: 'Three' }] };
		const node = nodeFor(platform, { text: 'One', thread });
		const [[failed]] = await node.run();
		expect(places).toEqual([0, 1, 2].map((part) => ({ part, of: 3 })));
		places.splice(0);
		const { resume } = failed.json.error as IDataObject;
		const [[done]] = await node.run(undefined, {
			parameters: { operation: 'resume', resume },
			fresh: true,
		});
		expect(places).toEqual([1, 2].map((part) => ({ part, of: 3 })));
		expect(done.json).toMatchObject({ id: '1', thread: [{ id: '1' }, { id: '2' }, { id: '3' }] });
		talk.done();
	});

	it('goes on with the very text that was given, whatever looks like a secret in it', async () => {
		const talk = conversation(HOST, [
			['POST', '/posts', 200, { id: '1' }],
			['POST', '/posts', 422],
			['POST', '/posts', 200, { id: '2' }],
		]);
		const text = 'See https://example.com/invite?token=open-to-all';
		const node = nodeFor(platform, { text: 'One', thread: { post: [{ text }] } });
		const [[failed]] = await node.run();
		const { resume } = failed.json.error as IDataObject;
		await node.run(undefined, { parameters: { operation: 'resume', resume }, fresh: true });
		expect(talk.requests[2].body).toEqual({ text, parent: '1' });
		talk.done();
	});

	it('is not told of a single post', async () => {
		const talk = conversation(HOST, [['POST', '/posts', 200, { id: '1' }]]);
		await nodeFor(platform, { text: 'One' }).run();
		expect(places).toEqual([undefined]);
		talk.done();
	});
});

it('tells a post that the platform will publish later', async () => {
	const publishedAt = '2096-01-01T10:00:00.000Z';
	conversation(HOST, [['POST', '/posts', 200, { id: '1' }]]);
	const publish: Platform['publish'] = async (api) => ({
		...(await api.publish<{ id: string }>({ method: 'POST', path: '/posts', body: {} })),
		status: 'scheduled',
		publishedAt,
	});
	const [[{ json }]] = await nodeFor(samplePlatform({ publish }), { text: 'Later' }).run();
	expect(json).toMatchObject({ id: '1', status: 'scheduled', publishedAt, warnings: [] });
});

describe('the scopes of a token', () => {
	const scopes = { write: ['read:posts', 'write:posts'], extended: [] };
	const platform = samplePlatform({ scopes });

	it.each<[string, IDataObject | undefined]>([
		['read write', { granted: ['read', 'write'], missing: [] }],
		[
			'read:posts,write:other',
			{ granted: ['read:posts', 'write:other'], missing: ['write:posts'] },
		],
		['', undefined],
	])('are shown as what "%s" covers', async (scope, expected) => {
		const [[{ json }]] = await nodeFor(
			platform,
			{ resource: 'account', operation: 'get' },
			scope,
		).run();
		expect(json.scopes).toEqual(expected);
	});
});

it('sends nothing as long as a row of Media names no file', async () => {
	const media = { medium: [{ source: 'url', url: '' }] };
	const node = nodeFor(samplePlatform(), {
		text: 'One',
		thread: { post: [{ text: 'Two', media }] },
	});
	const [[{ json }]] = await node.run();
	const message =
		'part 2: File 1 of Media has an empty URL (an expression that comes to nothing leaves the file out)';
	expect(json.error).toMatchObject({
		code: 'validation_failed',
		problems: [{ rule: 'sample.media.missing', message }],
	});
});

describe('a resumed part that the platform has already', () => {
	const platform = samplePlatform({
		limits: { text: { max: 10, unit: 'codePoints' }, media: {} },
		resume: async (api, { container }) =>
			await api.publish({ method: 'POST', path: `/posts/${String(container)}`, body: {} }),
	});
	const state = (third: string) => ({
		...{ platform: 'sample', options: { longText: 'refuse' } },
		published: [{ id: '1', status: 'published' }],
		// The platform has the media already; without them the part is empty.
		rest: [
			{ text: '', media: [] },
			{ text: third, media: [] },
		],
		pending: { container: 'c2' },
	});
	const resume = async (third: string) => {
		const node = nodeFor(platform, { operation: 'resume', resume: state(third) });
		const [[{ json }]] = await node.run();
		return json;
	};

	it('can be resumed again when it fails again', async () => {
		const talk = conversation(HOST, [['POST', '/posts/c2', 422]]);
		const { error } = await resume('Three');
		expect((error as IDataObject).resume).toEqual(state('Three'));
		talk.done();
	});

	it('does not keep the parts behind it from being checked', async () => {
		const { error } = await resume('Much too long');
		expect(error).toMatchObject({ problems: [{ rule: 'sample.text.length' }] });
	});
});

it('asks a resumed thread for the media whose URLs were secret', async () => {
	const signed = 'https://files.example.com/cat.png?X-Amz-Signature=5e';
	const media = { medium: [{ source: 'url', url: signed, altText: 'A cat' }] };
	const image = { count: 1, bytes: 1000, types: ['image/png'], from: 'url' as const, alt: 100 };
	const limits = { text: { max: 500, unit: 'codePoints' as const }, media: { image } };
	const talk = conversation(HOST, [
		['POST', '/posts', 200, { id: '1' }],
		['POST', '/posts', 422],
		['POST', '/posts', 200, { id: '2' }],
	]);
	nock('https://files.example.com').get('/cat.png').query(true).times(2).reply(200, png(8, 8));
	const thread = { post: [{ text: 'Two', media }] };
	const node = nodeFor(samplePlatform({ limits }), { text: 'One', thread });
	const [[failed]] = await node.run();
	expect(JSON.stringify(failed.json)).not.toContain('5e');
	const { resume } = failed.json.error as { resume: { rest: [{ media: IDataObject[] }] } };
	const again = async () => {
		const [[{ json }]] = await node.run(undefined, {
			parameters: { operation: 'resume', resume: resume as unknown as IDataObject },
			fresh: true,
		});
		return json;
	};
	const [medium] = resume.rest[0].media;
	const problems = [{ rule: 'sample.media.missing', message: medium.missing }];
	expect(await again()).toMatchObject({ error: { code: 'validation_failed', problems } });
	medium.url = signed;
	expect(await again()).toMatchObject({ id: '1', thread: [{ id: '1' }, { id: '2' }] });
	talk.done();
});
