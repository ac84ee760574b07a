import type { IDataObject } from 'n8n-workflow';

import { CrosspostBlueskyApi } from '../../credentials/CrosspostBlueskyApi.credentials';
import { CrosspostXOAuth2Api } from '../../credentials/CrosspostXOAuth2Api.credentials';
import { Crosspost } from '../../nodes/Crosspost/Crosspost.node';
import { conversation } from '../support/conversation';
import { testNode } from '../support/n8n';

const BLUESKY = 'https://bsky.social';
const X = 'https://api.x.com';
const DID = 'did:plc:alice';
const uri = (rkey: string) => `at://${DID}/app.bsky.feed.post/${rkey}`;

const jwt = `h.${Buffer.from(JSON.stringify({ exp: Math.floor(Date.now() / 1000) + 7200 })).toString('base64url')}.s`;
const login = [
	[
		'POST',
		'/xrpc/com.atproto.server.createSession',
		200,
		{ accessJwt: jwt, refreshJwt: 'r', did: DID, handle: 'alice.test' },
	],
	['GET', '/xrpc/com.atproto.server.getSession', 200, { did: DID, handle: 'alice.test' }],
] as const;
const put = (rkey: string) =>
	['POST', '/xrpc/com.atproto.repo.putRecord', 200, { uri: uri(rkey), cid: rkey }] as const;
const me = [
	'GET',
	'/2/users/me',
	200,
	{ data: { id: '7', name: 'Alice', username: 'alice' } },
] as const;
const tweet = (id: string) => ['POST', '/2/tweets', 201, { data: { id, text: 'Hello' } }] as const;

const setup = (parameters: IDataObject) =>
	testNode({
		type: new Crosspost(),
		parameters: {
			operation: 'publish',
			platforms: ['bluesky', 'x'],
			publishWhen: 'passing',
			text: 'Hello',
			...parameters,
		},
		credentials: [
			{
				type: new CrosspostBlueskyApi(),
				data: { identifier: 'alice.test', appPassword: 'abcd-efgh', serviceUrl: BLUESKY },
			},
			{
				type: new CrosspostXOAuth2Api(),
				data: {
					clientId: 'id',
					clientSecret: 'secret',
					oauthTokenData: { access_token: 'token', n8n_expires_at: String(Date.now() + 7_200_000) },
				},
			},
		],
	});

describe('Crosspost', () => {
	it('publishes to all chosen platforms, one item each, paired with its input', async () => {
		const bluesky = conversation(BLUESKY, [...login, put('3a'), put('3b')]);
		const x = conversation(X, [me, tweet('1'), tweet('2')]);
		const [published, failed] = await setup({}).run([{ json: {} }, { json: {} }]);
		expect(
			published.map(({ json: { platform, id }, pairedItem }) => [platform, id, pairedItem]),
		).toEqual([
			['bluesky', uri('3a'), { item: 0 }],
			['x', '1', { item: 0 }],
			['bluesky', uri('3b'), { item: 1 }],
			['x', '2', { item: 1 }],
		]);
		expect(failed).toEqual([]);
		bluesky.done();
		x.done();
	});

	it('uses what is to be different on a platform', async () => {
		const bluesky = conversation(BLUESKY, [...login, put('3a')]);
		const x = conversation(X, [me, tweet('1')]);
		await setup({
			bluesky: { overrideText: 'For Bluesky', langs: 'en' },
			x: { overrideText: 'For X', replySettings: 'following' },
		}).run();
		expect(bluesky.requests[2].body).toMatchObject({
			record: { text: 'For Bluesky', langs: ['en'] },
		});
		expect(x.requests[1].body).toMatchObject({ text: 'For X' });
	});

	it('settles each platform on its own', async () => {
		conversation(BLUESKY, [...login, put('3a')]);
		conversation(X, [
			me,
			[
				'POST',
				'/2/tweets',
				402,
				{
					title: 'CreditsDepleted',
					type: 'https://api.x.com/2/problems/credits',
					detail: 'No credits',
				},
			],
		]);
		const [published, failed] = await setup({}).run();
		expect(published.map(({ json }) => json.platform)).toEqual(['bluesky']);
		expect(failed).toEqual([
			{
				json: {
					platform: 'x',
					error: expect.objectContaining({ code: 'quota_exceeded', httpStatus: 402 }),
				},
				pairedItem: { item: 0 },
			},
		]);
	});

	it('gives an agent the failures in the output that it sees', async () => {
		conversation(BLUESKY, [...login, put('3a')]);
		conversation(X, [me, ['POST', '/2/tweets', 402, { title: 'CreditsDepleted' }]]);
		const [first, second] = await setup({}).run([{ json: {} }], { tool: true });
		expect(first.map(({ json }) => [json.platform, json.status ?? 'failed'])).toEqual([
			['bluesky', 'published'],
			['x', 'failed'],
		]);
		expect(second).toEqual([]);
	});

	const tooLongForX = 'a'.repeat(290);

	it('publishes to those that pass', async () => {
		conversation(BLUESKY, [...login, put('3a')]);
		const [published, failed] = await setup({ text: tooLongForX }).run();
		expect(published.map(({ json }) => json.platform)).toEqual(['bluesky']);
		expect(failed[0].json).toMatchObject({
			platform: 'x',
			error: {
				code: 'validation_failed',
				problems: [{ rule: 'x.text.length', limit: 280, actual: 290 }],
			},
		});
	});

	it('publishes to none unless all pass, if that is wanted', async () => {
		conversation(BLUESKY, [login[0]]);
		const [published, failed] = await setup({ text: tooLongForX, publishWhen: 'all' }).run();
		expect(published).toEqual([]);
		expect(failed.map(({ json }) => [json.platform, (json.error as IDataObject).rule])).toEqual([
			['bluesky', 'crosspost.post.held_back'],
			['x', 'x.text.length'],
		]);
	});

	it('publishes to none if a cap on posts is used up', async () => {
		conversation(BLUESKY, [login[0]]);
		conversation(X, [me]);
		const node = setup({ publishWhen: 'all', x: { cap: 1 } });
		node.staticData.global = { crosspostCap: { 'x:7': [Date.now()] } };
		const [published, failed] = await node.run();
		expect(published).toEqual([]);
		expect(failed).toMatchObject([
			{ json: { platform: 'bluesky', error: { rule: 'crosspost.post.held_back' } } },
			{ json: { platform: 'x', error: { code: 'quota_exceeded', retryAt: expect.any(String) } } },
		]);
	});

	it('only looks when it is to validate', async () => {
		conversation(BLUESKY, [login[0]]);
		const [valid, invalid] = await setup({ text: tooLongForX, operation: 'validate' }).run();
		expect(valid.map(({ json }) => json)).toEqual([
			{ platform: 'bluesky', valid: true, warnings: [] },
		]);
		expect(invalid.map(({ json }) => json.platform)).toEqual(['x']);
	});

	it('publishes again only what failed when n8n runs it again', async () => {
		conversation(BLUESKY, [...login, put('3a')]);
		conversation(X, [me, ['POST', '/2/tweets', 402, { title: 'CreditsDepleted' }], tweet('1')]);
		const node = setup({});
		await node.run();
		const [published, failed] = await node.run();
		expect(published.map(({ json }) => [json.platform, json.id])).toEqual([
			['bluesky', uri('3a')],
			['x', '1'],
		]);
		expect(failed).toEqual([]);
	});

	it('tells for each platform of the media that cannot be fetched, and of what else is wrong', async () => {
		const media = { medium: [{ source: 'url', url: 'https://files.example.com/a.png' }] };
		conversation(BLUESKY, [login[0]]);
		const files = conversation('https://files.example.com', [['GET', '/a.png', 404]]);
		const [published, failed] = await setup({ media, text: tooLongForX }).run();
		expect(published).toEqual([]);
		const told = failed.map(({ json: { platform, error } }) => {
			const { code, platform: named, problems } = error as IDataObject;
			return [platform, named, code, (problems as IDataObject[]).map(({ rule }) => rule)];
		});
		expect(told).toEqual([
			['bluesky', 'bluesky', 'media_rejected', ['bluesky.media.url']],
			['x', 'x', 'validation_failed', ['x.media.url', 'x.text.length']],
		]);
		files.done();
	});

	it('says that no platform is chosen', async () => {
		await expect(setup({ platforms: [] }).run()).rejects.toMatchObject({
			message: 'No platform is chosen',
			description: expect.stringContaining('Choose at least one'),
		});
	});

	it('tells of every chosen account, though one is dead', async () => {
		conversation(BLUESKY, [
			['POST', '/xrpc/com.atproto.server.createSession', 401, { error: 'AuthenticationRequired' }],
		]);
		const x = conversation(X, [me]);
		const [accounts, failed] = await setup({ resource: 'account', operation: 'getAll' }).run();
		expect(accounts).toMatchObject([
			{ json: { platform: 'x', account: { id: '7', name: 'alice' } }, pairedItem: { item: 0 } },
		]);
		expect(failed).toMatchObject([
			{ json: { platform: 'bluesky', error: { code: 'platform_auth_failed' } } },
		]);
		x.done();
	});
});
