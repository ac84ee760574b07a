import type { IDataObject } from 'n8n-workflow';

import {
	connectOAuth2,
	outputOf,
	retryExecution,
	saveCredential,
	testCredential,
} from '../../scripts/local/n8nClient.mjs';
import { faultyProxy } from '../support/faultyProxy';
import { mp4, png } from '../support/mediaFixtures';
import type { Execution } from './flow';
import { startWorld, type World } from './world';

jest.setTimeout(300_000);

let world: World;
let proxy: Awaited<ReturnType<typeof faultyProxy>>;
let proxied: { id: string; name: string };
let did: string;

beforeAll(async () => {
	world = await startWorld();
	proxy = await faultyProxy(world.pds.url);
	const account = await world.pds.createAccount('repeats.test');
	did = account.did;
	proxied = await saveCredential(world.session, {
		name: 'Account behind a proxy',
		type: 'crosspostBlueskyApi',
		data: {
			serviceUrl: proxy.url,
			identifier: account.handle,
			appPassword: account.appPassword,
		},
	});
}, 1_800_000);

afterAll(async () => {
	await world?.stop();
	await proxy?.stop();
});

const OTHERS = ['mastodon', 'threads', 'x'];
/** How often the node runs for all of its items. */
const TRIES = 2;

/** One item per text; the file belongs to the second. */
const split = {
	type: 'n8n-nodes-base.code',
	parameters: {
		jsCode: `const { json, binary } = $input.first();
return JSON.parse(json.body.texts).map((text, index) =>
	index === 1 ? { json: { text }, binary } : { json: { text } });`,
	},
};

const picture = { name: 'one.png', type: 'image/png', bytes: png(40, 20) };
const media = {
	medium: [{ source: 'binary', binaryProperty: '={{ $binary.picture ? "picture" : null }}' }],
};

const nodeFor = (platform: string) => ({
	type: `n8n-nodes-crosspost.${platform}`,
	parameters: { text: '={{ $json.text }}', media },
	settings: {
		retryOnFail: true,
		maxTries: TRIES,
		waitBetweenTries: 100,
		...(platform === 'bluesky' && { credentials: { crosspostBlueskyApi: proxied } }),
	},
});

const textsOn = async (platform: string) => {
	if (platform !== 'bluesky') {
		return world.sandboxes[platform].state.posts.map(({ text }) => String(text));
	}
	const records = (await world.pds.records(did)) as Array<{ value: { text: string } }>;
	return records.map(({ value }) => value.text);
};

const itemsOf = (execution: Execution, output = 0): IDataObject[] =>
	outputOf(execution, 'Node 2', output).map(({ json }: { json: IDataObject }) => json);

/** Makes the server refuse the second item's picture in every try. */
const spoil = (platform: string) => {
	const refusal = {
		kind: 'answer' as const,
		status: 400,
		body: { error: 'InvalidMimeType', message: 'Wrong type of file' },
	};
	if (platform === 'bluesky') return proxy.next('uploadBlob', ...Array(TRIES).fill(refusal));
	const { faults } = world.sandboxes[platform];
	const refused = { kind: 'media-refused' };
	if (platform !== 'threads') return faults.always('upload', refused);
	// A text also has a container, so the first item's container is accepted.
	return faults.next('container', { kind: 'slow-processing', polls: 0 }, refused, refused);
};

describe('three items of which the second fails', () => {
	it.each(['bluesky', ...OTHERS])(
		'are three posts on %s after Retry On Fail and a retry of the execution',
		async (platform) => {
			const texts = ['first', 'second', 'third'].map((which) => `The ${which} on ${platform}`);
			const held = async () =>
				(await textsOn(platform)).filter((text) => texts.includes(text)).sort();
			const flow = await world.flow(`three-${platform}`, [split, nodeFor(platform)]);
			spoil(platform);
			const failed = await flow.run({ texts: JSON.stringify(texts) }, { picture });
			expect(failed.status).toBe('error');
			expect(await held()).toEqual([texts[0]]);

			if (platform !== 'bluesky') world.sandboxes[platform].faults.clear();
			const retried = await retryExecution(world.session, failed.id);
			expect(retried.status).toBe('success');
			expect(await held()).toEqual(texts);
			expect(itemsOf(retried).map((item) => item.platform)).toEqual(Array(3).fill(platform));
		},
	);
});

describe('a post whose answer was lost', () => {
	it.each(OTHERS)('is on %s once, whatever n8n repeats', async (platform) => {
		const text = `Lost on the way from ${platform}`;
		const flow = await world.flow(`lost-${platform}`, [split, nodeFor(platform)]);
		world.sandboxes[platform].faults.next('publish', { kind: 'cut-after' });
		const execution = await flow.run({ texts: JSON.stringify([text]) });
		if (execution.status === 'error') await retryExecution(world.session, execution.id);
		expect((await textsOn(platform)).filter((one) => one === text)).toHaveLength(1);
	});

	it('is on Bluesky once, whatever n8n repeats', async () => {
		const text = 'Lost on the way from Bluesky';
		const flow = await world.flow('lost-bluesky', [split, nodeFor('bluesky')]);
		proxy.next('putRecord', { kind: 'cutAfter' });
		const execution = await flow.run({ texts: JSON.stringify([text]) });
		if (execution.status === 'error') await retryExecution(world.session, execution.id);
		expect((await textsOn('bluesky')).filter((one) => one === text)).toHaveLength(1);
	});
});

describe('accounts', () => {
	it('stay unconnected when the user refuses', async () => {
		const { session, sandboxes } = world;
		const credential = await saveCredential(session, {
			name: 'Refused account',
			type: 'crosspostMastodonOAuth2Api',
			data: {
				instanceUrl: sandboxes.mastodon.url,
				clientId: 'mastodon-demo',
				clientSecret: 'mastodon-demo-secret',
			},
		});
		const refused = connectOAuth2(session, credential, { allow: false });
		await expect(refused).rejects.toThrow(/access_denied/);
		const { data } = await session.send('GET', `/credentials/${credential.id}?includeData=true`);
		expect(data.oauthTokenData).toBeFalsy();
	});

	it('of Bluesky are tested by n8n when they are saved', async () => {
		const { handle, appPassword } = await world.pds.createAccount('tested.test');
		const of = (password: string) => ({
			name: 'Tested account',
			type: 'crosspostBlueskyApi',
			data: { serviceUrl: world.pds.url, identifier: handle, appPassword: password },
		});
		const { id } = await saveCredential(world.session, of(appPassword));
		const verdict = async (password: string) =>
			(await testCredential(world.session, { ...of(password), id })).status;
		expect([await verdict(appPassword), await verdict('wrong')]).toEqual(['OK', 'Error']);
	});

	it('of Threads that have ended ask for a new connection, which mends them', async () => {
		const { session, credentials, sandboxes } = world;
		const node = { ...nodeFor('threads'), settings: {} };
		const flow = await world.flow('ended-threads', [split, node]);
		sandboxes.threads.clock.advance(61 * 86_400_000);
		const failed = await flow.run({ texts: '["Too late"]' });
		const error = failed.data.resultData as { error: { context: { failure: IDataObject } } };
		expect(error.error.context.failure).toMatchObject({
			code: 'platform_auth_failed',
			remediation: expect.stringContaining('Demo account (threads)'),
		});
		await connectOAuth2(session, credentials.crosspostThreadsOAuth2Api);
		const [item] = itemsOf(await flow.run({ texts: '["In time again"]' }));
		expect(item).toMatchObject({ platform: 'threads', status: 'published' });
	});
});

describe('Crosspost', () => {
	const toAll = (more: IDataObject = {}) => ({
		type: 'n8n-nodes-crosspost.crosspost',
		parameters: {
			operation: 'publish',
			platforms: ['bluesky', ...OTHERS],
			text: '={{ $json.text }}',
			media,
			...more,
		},
	});
	const long = `${'Long '.repeat(60)}end`;

	it('shows the refusals beside the posts', async () => {
		const flow = await world.flow('passing', [split, toAll()]);
		const execution = await flow.run({ texts: JSON.stringify([long]) });
		expect(itemsOf(execution).map(({ platform }) => platform)).toEqual(['mastodon', 'threads']);
		expect(itemsOf(execution, 1)).toMatchObject([
			{ platform: 'bluesky', error: { code: 'validation_failed', rule: 'bluesky.text.length' } },
			{ platform: 'x', error: { code: 'validation_failed', rule: 'x.text.length' } },
		]);
	});

	it('publishes nowhere where all must pass', async () => {
		const text = `Nowhere ${long}`;
		const flow = await world.flow('all', [split, toAll({ publishWhen: 'all' })]);
		const execution = await flow.run({ texts: JSON.stringify([text]) });
		expect(itemsOf(execution)).toEqual([]);
		expect(itemsOf(execution, 1)).toHaveLength(4);
		for (const platform of OTHERS) expect(await textsOn(platform)).not.toContain(text);
	});

	it('brings a video to all, on Bluesky through its video service', async () => {
		const film = { name: 'film.mp4', type: 'video/mp4', bytes: mp4({ seconds: 4 }) };
		const flow = await world.flow('video-to-all', [split, toAll()]);
		const execution = await flow.run({ texts: '["Before", "A film"]' }, { picture: film });
		expect(itemsOf(execution, 1)).toEqual([]);
		expect(itemsOf(execution).map(({ platform, status }) => `${platform} ${status}`)).toEqual(
			[1, 2].flatMap(() => ['bluesky', ...OTHERS].map((platform) => `${platform} published`)),
		);
		const { x } = world.sandboxes;
		expect(x.state.posts.at(-1)).toMatchObject({ text: 'A film', media: [{ type: 'video/mp4' }] });
	});
});

it('leaves no secret where one could read it', async () => {
	expect(await world.leaks()).toEqual([]);
});
