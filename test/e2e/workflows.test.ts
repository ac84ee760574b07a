import type { IDataObject } from 'n8n-workflow';

import { outputOf, retryExecution } from '../../scripts/local/n8nClient.mjs';
import { mp4, png } from '../support/mediaFixtures';
import type { Execution } from './flow';
import { startWorld, type World } from './world';

jest.setTimeout(300_000);

let world: World;

beforeAll(async () => {
	world = await startWorld();
}, 1_800_000);

afterAll(async () => await world?.stop());

const PLATFORMS = ['bluesky', 'mastodon', 'threads', 'x'];
const OTHERS = PLATFORMS.filter((platform) => platform !== 'bluesky');
const type = (platform: string) => `n8n-nodes-crosspost.${platform}`;
const jsonOf = (execution: Execution, node = 'Node 1', output = 0): IDataObject[] =>
	outputOf(execution, node, output).map(({ json }: { json: IDataObject }) => json);
const postsOn = (platform: string) => world.sandboxes[platform].state.posts;
const picture = { name: 'wrong-name.txt', type: 'text/plain', bytes: png(400, 300) };
const media = { medium: [{ source: 'binary', binaryProperty: 'picture', altText: 'A picture' }] };

const blueskyRecords = async () => {
	const account = await world.flow('bluesky-account', [
		{ type: type('bluesky'), parameters: { resource: 'account', operation: 'get' } },
	]);
	const [{ account: found }] = jsonOf(await account.run());
	return (await world.pds.records((found as IDataObject).id)) as Array<{ value: IDataObject }>;
};

describe('accounts', () => {
	it.each(PLATFORMS)('%s is connected and names itself, without secrets', async (platform) => {
		const flow = await world.flow(`account-${platform}`, [
			{ type: type(platform), parameters: { resource: 'account', operation: 'get' } },
		]);
		const execution = await flow.run();
		const [json] = jsonOf(execution);
		expect(json).toMatchObject({
			platform,
			account: { id: expect.any(String), name: expect.any(String) },
			credential: `Demo account (${platform})`,
		});
		expect(JSON.stringify(execution)).not.toContain('demo-secret');
	});
});

describe('single nodes', () => {
	it.each(OTHERS)('%s gets the picture that came in, under its true type', async (platform) => {
		const before = postsOn(platform).length;
		const flow = await world.flow(`image-${platform}`, [
			{ type: type(platform), parameters: { text: `Image for ${platform}`, media } },
		]);
		const [json] = jsonOf(await flow.run({}, { picture }));
		expect(json).toMatchObject({
			platform,
			status: 'published',
			url: expect.stringMatching(/^http/),
		});
		const [post] = postsOn(platform).slice(before);
		expect(postsOn(platform)).toHaveLength(before + 1);
		expect(post.media).toEqual([
			expect.objectContaining({ length: picture.bytes.length, alt: 'A picture' }),
		]);
	});

	it('bluesky gets the picture with its size', async () => {
		const flow = await world.flow('image-bluesky', [
			{ type: type('bluesky'), parameters: { text: 'Image for Bluesky', media } },
		]);
		const [json] = jsonOf(await flow.run({}, { picture }));
		expect(json).toMatchObject({ platform: 'bluesky', status: 'published' });
		const values = (await blueskyRecords()).map(({ value }) => value);
		expect(values.find(({ text }) => text === 'Image for Bluesky')).toMatchObject({
			text: 'Image for Bluesky',
			embed: { images: [{ alt: 'A picture', aspectRatio: { width: 400, height: 300 } }] },
		});
	});

	it.each(['mastodon', 'threads', 'x'])('%s gets a video', async (platform) => {
		const video = {
			name: 'film.bin',
			type: 'application/octet-stream',
			bytes: mp4({ width: 640, height: 360, seconds: 5, bytes: 3_000_000 }),
		};
		const flow = await world.flow(`video-${platform}`, [
			{ type: type(platform), parameters: { text: `Video for ${platform}`, media } },
		]);
		const [json] = jsonOf(await flow.run({}, { picture: video }));
		expect(json).toMatchObject({ platform, status: 'published' });
		expect(postsOn(platform).at(-1)?.media).toEqual([
			expect.objectContaining({ length: video.bytes.length }),
		]);
	});
});

describe('Crosspost', () => {
	it('brings one picture to all four platforms', async () => {
		const counts = OTHERS.map((platform) => postsOn(platform).length);
		const flow = await world.flow('crosspost', [
			{
				type: type('crosspost'),
				parameters: { operation: 'publish', platforms: PLATFORMS, text: 'To all', media },
			},
		]);
		const execution = await flow.run({}, { picture });
		expect(jsonOf(execution, 'Node 1', 1)).toEqual([]);
		expect(jsonOf(execution).map(({ platform, status }) => [platform, status])).toEqual(
			PLATFORMS.map((platform) => [platform, 'published']),
		);
		expect(OTHERS.map((platform) => postsOn(platform).length)).toEqual(
			counts.map((count) => count + 1),
		);
		for (const platform of OTHERS) expect(postsOn(platform).at(-1)?.text).toContain('To all');
		expect((await blueskyRecords()).map(({ value }) => value.text)).toContain('To all');
	});
});

describe('tokens', () => {
	it('of X that expired are renewed on the way', async () => {
		const { clock } = world.sandboxes.x;
		const flow = await world.flow('expired-x', [
			{ type: type('x'), parameters: { text: 'After three hours' } },
		]);
		clock.advance(3 * 3_600_000);
		const [json] = jsonOf(await flow.run());
		expect(json).toMatchObject({ platform: 'x', status: 'published' });
	});

	it('of Threads were exchanged once for long-lived ones, and kept', async () => {
		const exchanges = world.sandboxes.threads.requests.filter(({ query }) =>
			JSON.stringify(query).includes('th_exchange_token'),
		);
		expect(exchanges).toHaveLength(1);
		const { clock } = world.sandboxes.threads;
		const flow = await world.flow('long-threads', [
			{ type: type('threads'), parameters: { text: 'After two hours' } },
		]);
		clock.advance(2 * 3_600_000);
		const [json] = jsonOf(await flow.run());
		expect(json).toMatchObject({ platform: 'threads', status: 'published' });
	});

	it('that were revoked end in a word on what to do', async () => {
		const { faults } = world.sandboxes.mastodon;
		faults.always('publish', { kind: 'revoked-token' });
		const flow = await world.flow('revoked-mastodon', [
			{
				type: type('mastodon'),
				parameters: { text: 'No more' },
				settings: { onError: 'continueRegularOutput' },
			},
		]);
		const [json] = jsonOf(await flow.run());
		faults.clear();
		expect(json.error).toMatchObject({
			code: 'platform_auth_failed',
			remediation: expect.stringContaining('Demo account (mastodon)'),
		});
	});
});

describe('n8n’s own repetitions', () => {
	it('never make a second post of what is out', async () => {
		const { faults } = world.sandboxes.x;
		const texts = ['Item one', 'Item two', 'Item three'];
		const ours = () =>
			postsOn('x')
				.map(({ text }) => text)
				.filter((text) => texts.includes(String(text)));
		const flow = await world.flow('repeat', [
			{
				type: 'n8n-nodes-base.splitOut',
				parameters: { fieldToSplitOut: 'body.texts', options: {} },
			},
			{
				type: type('x'),
				parameters: { text: "={{ $json['body.texts'] }}" },
				settings: { retryOnFail: true, maxTries: 2, waitBetweenTries: 100 },
			},
		]);
		faults.next('publish', { kind: 'slow-processing' }, { kind: 'refused' }, { kind: 'refused' });
		const failed = await flow.run({ texts });
		expect(failed.status).toBe('error');
		expect(ours()).toEqual(['Item one']);

		const retried = await retryExecution(world.session, failed.id);
		expect(retried.status).toBe('success');
		expect(jsonOf(retried, 'Node 2').map(({ status }) => status)).toEqual([
			'published',
			'published',
			'published',
		]);
		expect(ours()).toEqual(texts);
	});

	it('leave other executions alone: the same text again is a new post to try', async () => {
		const flow = await world.flow('again', [
			{ type: type('threads'), parameters: { text: 'Same words' } },
		]);
		const [first] = jsonOf(await flow.run());
		const [second] = jsonOf(await flow.run());
		expect(first.id).not.toBe(second.id);
	});
});

it('leaves no secret where one could read it', async () => {
	expect(await world.leaks()).toEqual([]);
});
