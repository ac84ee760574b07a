import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

import type { IDataObject, INodeExecutionData } from 'n8n-workflow';

import { CrosspostBlueskyApi } from '@/credentials/CrosspostBlueskyApi.credentials';
import { Bluesky } from '@/nodes/Bluesky/Bluesky.node';
import { ensureHeavy } from '@/scripts/local/heavy.mjs';
import { startPds, type Pds } from '@/scripts/local/pds.mjs';
import { jpeg, png } from '@/test/support/mediaFixtures';
import { binaryItem } from '@/test/support/binaries';
import { testNode } from '@/test/support/n8n';

/** Tests embeds against the real server. */
jest.setTimeout(120_000);

let pds: Pds;
let alice: Awaited<ReturnType<Pds['createAccount']>>;
let web: Server;

const GOOD = png(40, 20);
const FILES: Record<string, [type: string, body: Buffer]> = {
	'/good.png': ['image/png', GOOD],
	'/login': ['text/html', Buffer.from('<!doctype html><title>Log in</title>')],
	'/empty.png': ['image/png', Buffer.alloc(0)],
	'/large.jpg': ['image/jpeg', Buffer.concat([jpeg(40, 20), Buffer.alloc(2_000_000)])],
};

const at = (path: string) => `http://localhost:${(web.address() as AddressInfo).port}${path}`;
const pageWith = (image: string) => at(`/page?${new URLSearchParams({ image })}`);

beforeAll(async () => {
	pds = await startPds({ heavy: await ensureHeavy() });
	alice = await pds.createAccount('alice.test');
	web = createServer(({ url = '' }, response) => {
		const { pathname, searchParams } = new URL(url, 'http://web');
		const head = `<title>A page</title><meta property="og:image" content="${searchParams.get('image')}">`;
		const [type, body] = FILES[pathname] ?? ['text/html', Buffer.from(head)];
		response.writeHead(200, { 'content-type': type, 'content-length': body.length }).end(body);
	});
	await new Promise<void>((ready) => void web.listen(0, ready));
}, 900_000);

afterAll(async () => {
	web.close();
	await pds.stop();
});

const nodeOf = (parameters: IDataObject) => {
	const { handle: identifier, appPassword } = alice;
	return testNode({
		type: new Bluesky(),
		parameters: { resource: 'post', operation: 'publish', text: '', ...parameters },
		credentials: [
			{
				type: new CrosspostBlueskyApi(),
				data: { serviceUrl: pds.url, identifier, appPassword },
			},
		],
	});
};

const publish = async (parameters: IDataObject, item: INodeExecutionData = { json: {} }) => {
	const [[{ json }]] = await nodeOf(parameters).run([item]);
	const found = (await pds.records(alice.did)).find(({ uri }: IDataObject) => uri === json.id);
	return { json, record: found?.value as IDataObject };
};

describe('a link card', () => {
	it('has the picture of the page', async () => {
		const link = pageWith('/good.png');
		const { json, record } = await publish({ text: 'Read', link });
		expect(json.warnings).toEqual([]);
		expect(record.embed).toEqual({
			$type: 'app.bsky.embed.external',
			external: {
				uri: link,
				title: 'A page',
				description: '',
				thumb: expect.objectContaining({ mimeType: 'image/png', size: GOOD.length }),
			},
		});
	});

	it.each([
		['/login', 'is text/html, not an image'],
		['/empty.png', 'is empty'],
		['/large.jpg', `bytes, at most 1000000 are taken here`],
	])('goes without %s, which would cost the whole post', async (image, why) => {
		const link = pageWith(image);
		const { json, record } = await publish({ text: 'Read', link });
		expect(json.warnings).toEqual([expect.stringContaining(why)]);
		const external = { uri: link, title: 'A page', description: '' };
		expect(record.embed).toEqual({ $type: 'app.bsky.embed.external', external });
	});

	it('is enough for a post, and so is a quote', async () => {
		const card = await publish({ link: pageWith('/good.png') });
		expect(card.record).toMatchObject({ text: '', embed: { $type: 'app.bsky.embed.external' } });
		const quote = await publish({ options: { quote: card.json.id } });
		expect(quote.record).toMatchObject({
			text: '',
			embed: { $type: 'app.bsky.embed.record', record: { uri: card.json.id } },
		});
	});
});

it('a gallery takes pictures whose size cannot be read', async () => {
	const picture = (metadata: number) => ({
		data: jpeg(40, 20, { metadata }),
		fileName: 'a.jpg',
		mimeType: 'image/jpeg',
	});
	const item = await binaryItem({ plain: picture(0), deep: picture(600_000) });
	const medium = [{ source: 'binary', binaryProperty: 'plain, plain, plain, plain, deep' }];
	const { record } = await publish({ text: 'Five', media: { medium } }, item);
	const { items } = record.embed as { items: IDataObject[] };
	const known = { width: 40, height: 20 };
	expect(items.map(({ aspectRatio }) => aspectRatio)).toEqual([
		...Array<object>(4).fill(known),
		{ width: 1, height: 1 },
	]);
});

it('deletes the rules on replies and quotes with their post', async () => {
	const replyList = `at://${alice.did}/app.bsky.graph.list/3kabcdefghijk`;
	const options = { replies: ['nobody'], replyList, quotes: false };
	const { json } = await publish({ text: 'Gated', options });
	const gates = async () =>
		await Promise.all(
			['threadgate', 'postgate'].map(
				async (name) => await pds.records(alice.did, `app.bsky.feed.${name}`),
			),
		);
	expect(await gates()).toMatchObject([
		[{ value: { allow: [{ $type: 'app.bsky.feed.threadgate#listRule', list: replyList }] } }],
		[{ value: { post: json.id } }],
	]);
	const post = { __rl: true, mode: 'url', value: json.url };
	await nodeOf({ operation: 'delete', post }).run();
	expect(await gates()).toEqual([[], []]);
});
