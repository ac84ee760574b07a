import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import nock from 'nock';

import type { Platform } from '@/nodes/shared/contract/platform';
import { conversation } from '@/test/support/conversation';
import { png } from '@/test/support/mediaFixtures';
import { testNode } from '@/test/support/n8n';
import { HOST, nodeOf, sampleCredential, samplePlatform } from '@/test/support/platform';

const FILES = 'https://files.example.org';

const image = { count: 4, bytes: 1000, types: ['image/png'], from: 'bytes' as const };
const limits = { text: { max: 5, unit: 'codePoints' as const }, media: { image } };
const withPoll = samplePlatform({
	limits,
	check: () => [{ rule: 'sample.poll.options', message: 'The poll has 1 option' }],
});

const one = async (
	platform: Platform,
	parameters: IDataObject,
	item: INodeExecutionData = { json: {} },
): Promise<IDataObject> => {
	const [[{ json }]] = await testNode({
		type: nodeOf(platform),
		parameters: { resource: 'post', operation: 'validate', text: 'Hello', ...parameters },
		credentials: [{ type: sampleCredential, data: { oauthTokenData: { access_token: 'a' } } }],
		continueOnFail: true,
	}).run([item]);
	return json;
};
const urls = (...paths: string[]) => ({
	medium: [{ source: 'url', url: paths.map((path) => FILES + path).join('\n') }],
});
const field = { medium: [{ source: 'binary', binaryProperty: 'photo' }] };
const rules = (problems: unknown) => (problems as Array<{ rule: string }>).map(({ rule }) => rule);

describe('files that cannot be read', () => {
	it('are told together with all else that is wrong', async () => {
		nock(FILES).get('/a.png').reply(404);
		nock(FILES).get('/b.png').reply(503);
		const medium = [...field.medium, ...urls('/a.png', '/b.png').medium];
		const told = await one(withPoll, { text: 'Too long', media: { medium } });
		expect(told.valid).toBe(false);
		expect(told.problems).toEqual([
			{ rule: 'sample.media.missing', message: expect.stringContaining("'photo'") },
			{
				rule: 'sample.media.url',
				message: `The media URL ${FILES}/a.png answers with HTTP 404`,
			},
			{
				rule: 'sample.media.url',
				message: `The media URL ${FILES}/b.png answers with HTTP 503`,
			},
			{
				rule: 'sample.text.length',
				message: 'The text has 8 codePoints, Sample takes 5',
				...{ limit: 5, actual: 8 },
			},
			{ rule: 'sample.poll.options', message: 'The poll has 1 option' },
		]);
	});

	it('keep no other file from being looked at, in any part', async () => {
		nock(FILES).get('/a.png').reply(404);
		const large = Buffer.concat([png(8, 8), Buffer.alloc(1000)]);
		nock(FILES)
			.get('/b.png')
			.reply(200, large, { 'content-length': String(large.length) });
		nock(FILES).get('/c.png').reply(410);
		const thread = { post: [{ text: 'Two', media: urls('/c.png') }] };
		const { problems } = await one(samplePlatform({ limits }), {
			media: urls('/a.png', '/b.png'),
			thread,
		});
		expect(problems).toMatchObject([
			{ rule: 'sample.media.url', message: expect.stringMatching(/^part 1: .*a\.png/) },
			{ rule: 'sample.media.size', limit: 1000, actual: expect.any(Number) },
			{ rule: 'sample.media.url', message: expect.stringMatching(/^part 2: .*c\.png/) },
		]);
	});

	it('do not make the post one without media', async () => {
		nock(FILES).get('/a.png').reply(404);
		const exactlyOne = { rule: 'sample.reel.media', message: 'Exactly one video' };
		const platform = samplePlatform({
			limits: { ...limits, mediaRequired: true, textOptional: true },
			check: ({ media }) => (media.length === 1 ? [] : [{ ...exactlyOne, lacks: 'media' }]),
		});
		const { problems } = await one(platform, { text: '', media: urls('/a.png') });
		expect(rules(problems)).toEqual(['sample.media.url']);
	});

	it('are told where the store of n8n has lost them', async () => {
		const photo = { data: '', mimeType: 'image/png', id: 'filesystem-v2:gone' };
		const { problems } = await one(
			samplePlatform({ limits }),
			{ text: 'Too long', media: field },
			{ json: {}, binary: { photo } },
		);
		expect(rules(problems)).toEqual(['sample.media.missing', 'sample.text.length']);
	});
});

describe('a post that is not sent because of its files', () => {
	const published = async (media: IDataObject, text = 'Hello') => {
		const { error } = await one(samplePlatform({ limits }), { operation: 'publish', text, media });
		return error as IDataObject;
	};

	it.each([
		[404, false],
		[403, false],
		[429, true],
		[503, true],
	])('says whether trying again may help: HTTP %i', async (status, retryable) => {
		nock(FILES).get('/a.png').reply(status);
		expect(await published(urls('/a.png'))).toMatchObject({
			...{ code: 'media_rejected', rule: 'sample.media.url', retryable },
			message: `Sample: The media URL ${FILES}/a.png answers with HTTP ${status}`,
			problems: [{ rule: 'sample.media.url' }],
		});
	});

	it('needs a change first if one of its files is gone for good', async () => {
		nock(FILES).get('/a.png').reply(503);
		nock(FILES).get('/b.png').reply(404);
		const { code, retryable } = await published(urls('/a.png', '/b.png'));
		expect([code, retryable]).toEqual(['media_rejected', false]);
	});

	it('is invalid if there is more to change', async () => {
		nock(FILES).get('/a.png').reply(503);
		const error = await published(urls('/a.png'), 'Too long');
		expect(error).toMatchObject({ code: 'validation_failed', retryable: false });
		expect(rules(error.problems)).toEqual(['sample.media.url', 'sample.text.length']);
	});

	it('names the binary field that the item lacks, and n8n’s advice', async () => {
		expect(await published(field)).toMatchObject({
			...{ code: 'validation_failed', rule: 'sample.media.missing', platform: 'sample' },
			message: expect.stringContaining("'photo'"),
			remediation: 'Make sure that the previous node outputs a binary file',
		});
	});
});

it('a file that is back the next time is published', async () => {
	nock(FILES).get('/a.png').reply(503);
	nock(FILES).get('/a.png').reply(200, png(8, 8));
	const talk = conversation(HOST, [['POST', '/posts', 200, { id: '1' }]]);
	const node = testNode({
		type: nodeOf(samplePlatform({ limits })),
		parameters: { resource: 'post', operation: 'publish', text: 'Hello', media: urls('/a.png') },
		credentials: [{ type: sampleCredential, data: { oauthTokenData: { access_token: 'a' } } }],
		continueOnFail: true,
	});
	expect((await node.run())[0][0].json.error).toMatchObject({ retryable: true });
	expect((await node.run())[0][0].json).toMatchObject({ id: '1' });
	talk.done();
});
