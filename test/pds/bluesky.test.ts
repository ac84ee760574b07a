import type { IDataObject } from 'n8n-workflow';

import { CrosspostBlueskyApi } from '../../credentials/CrosspostBlueskyApi.credentials';
import { Bluesky } from '../../nodes/Bluesky/Bluesky.node';
import { ensureHeavy } from '../../scripts/local/heavy.mjs';
import { startPds, type Pds } from '../../scripts/local/pds.mjs';
import { expectDescribed } from '../support/described';
import { faultyProxy } from '../support/faultyProxy';
import { png } from '../support/mediaFixtures';
import { binaryItem } from '../support/binaries';
import { testNode } from '../support/n8n';

/** Tests against the server software that Bluesky itself runs. */
jest.setTimeout(120_000);

let pds: Pds;
/** This proxy causes no faults here; it records the requests. */
let proxy: Awaited<ReturnType<typeof faultyProxy>>;
let alice: Awaited<ReturnType<Pds['createAccount']>>;
let bob: typeof alice;

beforeAll(async () => {
	pds = await startPds({ heavy: await ensureHeavy() });
	proxy = await faultyProxy(pds.url);
	alice = await pds.createAccount('alice.test');
	bob = await pds.createAccount('bob.test');
}, 900_000);

afterAll(async () => {
	await proxy.stop();
	await pds.stop();
});

const nodeOf = (
	parameters: IDataObject,
	account = alice,
	more: { continueOnFail?: boolean } = {},
) =>
	testNode({
		type: new Bluesky(),
		parameters: { resource: 'post', operation: 'publish', text: '', ...parameters },
		credentials: [
			{
				type: new CrosspostBlueskyApi(),
				data: {
					serviceUrl: proxy.url,
					identifier: `@${account.handle}`,
					appPassword: account.appPassword,
				},
			},
		],
		...more,
	});

const publish = async (parameters: IDataObject, account = alice) => {
	const [[{ json }]] = await nodeOf(parameters, account).run();
	return json;
};

const recordAt = async (uri: unknown, account = alice) => {
	const found = (await pds.records(account.did)).find((record: IDataObject) => record.uri === uri);
	return found?.value as IDataObject;
};

describe('posts', () => {
	it('takes text with links, tags and mentions of real accounts', async () => {
		const json = await publish({
			text: 'Grüß dich @bob.test und @nobody.test #hallo https://example.com',
		});
		const { facets } = (await recordAt(json.id)) as { facets: Array<{ features: IDataObject[] }> };
		expect(facets.flatMap(({ features }) => features)).toEqual([
			{ $type: 'app.bsky.richtext.facet#mention', did: bob.did },
			{ $type: 'app.bsky.richtext.facet#tag', tag: 'hallo' },
			{ $type: 'app.bsky.richtext.facet#link', uri: 'https://example.com' },
		]);
		expect(json.warnings).toEqual([expect.stringContaining('@nobody.test')]);
	});

	it('takes two images, and five as a gallery, with alt texts and aspect ratios', async () => {
		const item = await binaryItem({
			wide: { data: png(40, 20), fileName: 'wide.png', mimeType: 'image/png' },
			tall: { data: png(20, 40), fileName: 'tall.png', mimeType: 'image/png' },
		});
		const media = (names: string[]) => ({
			medium: names.map((name) => ({
				source: 'binary',
				binaryProperty: name,
				altText: `a ${name} one`,
			})),
		});
		const embedOf = async (names: string[]) => {
			const [[{ json }]] = await nodeOf({ media: media(names) }).run([item]);
			return ((await recordAt(json.id)) as { embed: IDataObject }).embed;
		};
		const wide = { alt: 'a wide one', aspectRatio: { width: 40, height: 20 } };
		const tall = { alt: 'a tall one', aspectRatio: { width: 20, height: 40 } };
		const image = {
			$type: 'blob',
			ref: expect.anything(),
			mimeType: 'image/png',
			size: expect.any(Number),
		};
		expect(await embedOf(['wide', 'tall'])).toEqual({
			$type: 'app.bsky.embed.images',
			images: [
				{ image, ...wide },
				{ image, ...tall },
			],
		});
		const gallery = await embedOf(['wide', 'tall', 'wide', 'tall', 'wide']);
		expect(gallery).toEqual({
			$type: 'app.bsky.embed.gallery',
			items: [wide, tall, wide, tall, wide].map((each) => ({
				$type: 'app.bsky.embed.gallery#image',
				image,
				...each,
			})),
		});
	});

	it('answers, quotes and hangs a thread together', async () => {
		const root = await publish({ text: 'The first' }, bob);
		const reply = await publish({ text: 'A reply', options: { replyTo: root.url } }, bob);
		const quote = await publish({ text: 'A quote', options: { quote: reply.id } }, bob);
		const thread = await publish(
			{ text: 'One', thread: { post: [{ text: 'Two' }, { text: 'Three' }] } },
			bob,
		);
		const [one, two, three] = thread.thread as Array<{ id: string; ref: IDataObject }>;
		const bare = ({ uri, cid }: IDataObject) => ({ uri, cid });
		const { reply: hangs } = (await recordAt(reply.id, bob)) as { reply: { parent: IDataObject } };
		expect(hangs.parent.uri).toBe(root.id);
		expect(await recordAt(quote.id, bob)).toMatchObject({
			embed: { $type: 'app.bsky.embed.record', record: { uri: reply.id } },
		});
		expect(await recordAt(two.id, bob)).toMatchObject({
			text: 'Two',
			reply: { root: bare(one.ref), parent: bare(one.ref) },
		});
		expect(await recordAt(three.id, bob)).toMatchObject({
			text: 'Three',
			reply: { root: bare(one.ref), parent: bare(two.ref) },
		});
	});

	it('keeps rules on who may reply and quote, labels and languages', async () => {
		const json = await publish({
			text: 'Gated',
			options: {
				replies: ['mentionRule', 'followingRule'],
				quotes: false,
				labels: ['nudity'],
				langs: 'de, en',
			},
		});
		expect(await recordAt(json.id)).toMatchObject({
			langs: ['de', 'en'],
			labels: { values: [{ val: 'nudity' }] },
		});
		const [gate] = await pds.records(alice.did, 'app.bsky.feed.threadgate');
		expect(gate.value).toMatchObject({
			post: json.id,
			allow: [
				{ $type: 'app.bsky.feed.threadgate#mentionRule' },
				{ $type: 'app.bsky.feed.threadgate#followingRule' },
			],
		});
		const [quotes] = await pds.records(alice.did, 'app.bsky.feed.postgate');
		expect(quotes.value).toMatchObject({
			post: json.id,
			embeddingRules: [{ $type: 'app.bsky.feed.postgate#disableRule' }],
		});
	});
});

describe('other operations', () => {
	it('lists page by page, gets and deletes', async () => {
		const carol = await pds.createAccount('carol.test');
		for (const text of ['a', 'b', 'c']) await publish({ text }, carol);
		const list = { operation: 'getAll', author: '', simplify: true };
		const [all] = await nodeOf({ ...list, returnAll: true }, carol).run();
		expect(all.map(({ json }) => json.text)).toEqual(['c', 'b', 'a']);
		const [two] = await nodeOf({ ...list, returnAll: false, limit: 2 }, carol).run();
		expect(two).toHaveLength(2);

		const { url } = all[0].json;
		const post = { __rl: true, mode: 'url', value: url };
		const [[got]] = await nodeOf({ operation: 'get', post, simplify: true }, carol).run();
		expect(got.json).toMatchObject({ id: all[0].json.id, text: 'c', url });
		await nodeOf({ operation: 'delete', post }, carol).run();
		const texts = (await pds.records(carol.did)).map(
			({ value }: { value: IDataObject }) => value.text,
		);
		expect(texts.sort()).toEqual(['a', 'b']);
	});

	it('names the account and resolves a handle', async () => {
		const [[{ json }]] = await nodeOf({ resource: 'account', operation: 'get' }).run();
		expect(json).toMatchObject({
			platform: 'bluesky',
			account: { id: alice.did, name: 'alice.test' },
			credential: 'My crosspostBlueskyApi',
			token: { renewedByItself: true, expiresAt: expect.stringMatching(/Z$/) },
		});
		const resolve = { resource: 'account', operation: 'resolveHandle', handle: '@bob.test' };
		const [[found]] = await nodeOf(resolve).run();
		expect(found.json).toEqual({ handle: '@bob.test', did: bob.did });
	});
});

describe('sessions', () => {
	const tokenIn = (node: ReturnType<typeof nodeOf>) =>
		node.stored.crosspostBlueskyApi.oauthTokenData as unknown as Record<string, string>;

	it('are kept in the credential and used again', async () => {
		const node = nodeOf({ text: 'kept' });
		await node.run();
		const first = tokenIn(node).access_token;
		await node.run([{ json: {} }], { fresh: true });
		expect(first).toMatch(/^ey/);
		expect(tokenIn(node).access_token).toBe(first);
	});

	it('are refreshed when the server says that they are expired', async () => {
		const node = nodeOf({ text: 'refreshed' });
		await node.run();
		const { access_token: old, crosspost, ...rest } = tokenIn(node);
		const expired = pds.expired(old);
		const { createHash } = await import('node:crypto');
		const of = createHash('sha256').update(expired).digest('hex');
		const kept = { ...(crosspost as unknown as IDataObject), of };
		node.stored.crosspostBlueskyApi.oauthTokenData = {
			...rest,
			access_token: expired,
			crosspost: kept,
		};
		const [[{ json }]] = await node.run([{ json: {} }], { fresh: true });
		expect(json.status).toBe('published');
		expect(tokenIn(node).access_token).not.toBe(expired);
	});

	it('begin anew when the credential is changed to another account', async () => {
		const node = nodeOf({ text: 'from whom?' });
		await node.run();
		Object.assign(node.stored.crosspostBlueskyApi, {
			identifier: bob.handle,
			appPassword: bob.appPassword,
		});
		const [[{ json }]] = await node.run([{ json: {} }], { fresh: true });
		expect(json).toMatchObject({ status: 'published', account: { id: bob.did, name: 'bob.test' } });
		expect(await recordAt(json.id, bob)).toMatchObject({ text: 'from whom?' });
	});

	it('end at the server when the account is disconnected', async () => {
		const node = nodeOf({ text: 'before the end' });
		await node.run();
		const { refresh_token } = tokenIn(node);
		const parameters = { resource: 'account', operation: 'disconnect' };
		const [[{ json }]] = await node.run([{ json: {} }], { parameters, fresh: true });
		expect(json).toMatchObject({
			revoked: false,
			message: expect.stringMatching(
				/^Bluesky has ended the session, but not the permission: remove it at https:\S+app-passwords\. The credential still has/,
			),
		});
		expect(tokenIn(node)).toBeUndefined();
		const headers = { authorization: `Bearer ${refresh_token}` };
		const url = `${pds.url}/xrpc/com.atproto.server.refreshSession`;
		const again = await fetch(url, { method: 'POST', headers });
		expect([again.status, await again.json()]).toMatchObject([400, { error: 'ExpiredToken' }]);
	});

	it('end with a clear word when the app password is wrong', async () => {
		const node = nodeOf(
			{ text: 'no' },
			{ ...alice, appPassword: 'wrong' },
			{ continueOnFail: true },
		);
		const [[{ json }]] = await node.run();
		expect(json.error).toMatchObject({
			code: 'platform_auth_failed',
			httpStatus: 401,
			remediation: expect.stringContaining('My crosspostBlueskyApi'),
		});
		expect(JSON.stringify(json)).not.toContain('wrong');
	});
});

it('asked the server only for what the lexicons know', () =>
	expectDescribed('bluesky', proxy.seen));
