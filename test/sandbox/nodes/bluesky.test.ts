import type { IDataObject, ILoadOptionsFunctions, INodeExecutionData } from 'n8n-workflow';

import { CrosspostBlueskyApi } from '@/credentials/CrosspostBlueskyApi.credentials';
import { Bluesky } from '@/nodes/Bluesky/Bluesky.node';
import { ensureHeavy } from '@/scripts/local/heavy.mjs';
import { startPds, type Pds } from '@/scripts/local/pds.mjs';
import { mp4 } from '@/test/support/mediaFixtures';
import { binaryItem, useBinaryStore } from '@/test/support/binaries';
import { testNode } from '@/test/support/n8n';
import { startSandbox, type Sandbox } from '..';
import type { VideoState } from '../bluesky/videoModel';
import { ask } from '../plainHttp';

/** Tests the node against a real server, with imitations of the services beside it. */
jest.setTimeout(120_000);

type Owner = Awaited<ReturnType<Pds['createAccount']>>;

let pds: Pds;
let alice: Owner;
let bob: Owner;
let video: Sandbox<VideoState>;
let appView: Sandbox<Record<string, never>>;

beforeAll(async () => {
	await useBinaryStore();
	pds = await startPds({ heavy: await ensureHeavy() });
	alice = await pds.createAccount('alice.test');
	bob = await pds.createAccount('bob.test');
}, 900_000);
afterAll(async () => await pds.stop());

beforeEach(async () => {
	video = await startSandbox('bluesky-video', { pdsUrl: pds.url, pdsDid: 'did:web:localhost' });
	appView = await startSandbox('bluesky-appview', { pdsUrl: pds.url });
});
afterEach(async () => await Promise.all([video.stop(), appView.stop()]));

const nodeOf = (parameters: IDataObject, { handle: identifier, appPassword } = alice) =>
	testNode({
		type: new Bluesky(),
		parameters: { resource: 'post', operation: 'publish', text: '', ...parameters },
		credentials: [
			{
				type: new CrosspostBlueskyApi(),
				data: {
					serviceUrl: pds.url,
					identifier,
					appPassword,
					videoBaseUrl: video.url,
					appViewBaseUrl: appView.url,
				},
			},
		],
		continueOnFail: true,
	});

const outcome = async (parameters: IDataObject, item?: INodeExecutionData, owner?: Owner) => {
	const [output] = await nodeOf(parameters, owner).run(item && [item]);
	return output.map(({ json }) => json);
};

/** Each film is a new file, because the service recognizes equal ones. */
let seconds = 1;
const withFilm = async (data = mp4({ bytes: 4000 + seconds++ })) =>
	await binaryItem({ film: { data, fileName: 'film.mp4', mimeType: 'video/mp4' } });
const film = {
	text: 'Film',
	media: { medium: [{ source: 'binary', binaryProperty: 'film', altText: 'A film' }] },
};
const uploads = () => video.requests.filter(({ path }) => path.endsWith('.uploadVideo'));
const embedAt = async (id: unknown) => {
	const found = (await pds.records(alice.did)).find(({ uri }: IDataObject) => uri === id);
	return (found?.value as IDataObject | undefined)?.embed;
};

describe('a video', () => {
	const embed = {
		$type: 'app.bsky.embed.video',
		alt: 'A film',
		video: expect.objectContaining({ mimeType: 'video/mp4' }),
	};

	it('is taken by the service, which brings it to the server', async () => {
		const [json] = await outcome(film, await withFilm());
		expect(json).toMatchObject({ status: 'published', warnings: [] });
		expect(await embedAt(json.id)).toMatchObject(embed);
	});

	it('that takes longer than the user waits is finished by Resume, uploaded once', async () => {
		video.faults.next('upload', { kind: 'slow-processing', polls: 2 });
		const [waiting] = await outcome({ ...film, options: { processingWait: 0 } }, await withFilm());
		expect(waiting).toMatchObject({ status: 'processing', warnings: [] });
		const { resume } = waiting;
		const ended: IDataObject[] = [];
		for (let tries = 0; tries < 6; tries++) {
			ended.push(...(await outcome({ operation: 'resume', resume })));
			if (ended.at(-1)?.status !== 'processing') break;
		}
		const last = ended.at(-1) as IDataObject;
		expect(last.status).toBe('published');
		expect(await embedAt(last.id)).toMatchObject(embed);
		expect(await outcome({ operation: 'resume', resume })).toMatchObject([
			{ id: last.id, status: 'already_published' },
		]);
		expect(uploads()).toHaveLength(1);
	});

	it('that the service does not take is refused', async () => {
		video.faults.next('upload', { kind: 'media-refused' });
		expect(await outcome(film, await withFilm())).toMatchObject([
			{ error: { code: 'media_rejected', rule: 'bluesky.UnsupportedContentType' } },
		]);
	});

	it('may go to the server itself', async () => {
		const [json] = await outcome({ ...film, options: { videoUpload: 'pds' } }, await withFilm());
		expect(await embedAt(json.id)).toMatchObject(embed);
		expect(uploads()).toEqual([]);
	});
});

/** Bob reposts somebody else's post. */
const repost = async (subject: IDataObject) => {
	const at = (name: string) => `${pds.url}/xrpc/com.atproto.${name}`;
	const login = { identifier: bob.handle, password: bob.appPassword };
	const { body } = await ask(at('server.createSession'), { json: login });
	const { accessJwt: token } = body as { accessJwt: string };
	const $type = 'app.bsky.feed.repost';
	const record = { $type, subject, createdAt: new Date().toISOString() };
	await ask(at('repo.createRecord'), { token, json: { repo: bob.did, collection: $type, record } });
};

describe('posts of somebody else', () => {
	it('are listed without what their author only reposted', async () => {
		const [{ id: uri }] = await outcome({ text: 'Of alice' });
		const [{ cid }] = (await pds.records(alice.did)).filter((one: IDataObject) => one.uri === uri);
		await repost({ uri, cid });
		const feed = await ask(`${appView.url}/xrpc/app.bsky.feed.getAuthorFeed`, {
			query: { actor: bob.did },
		});
		expect(feed.body).toMatchObject({
			feed: [{ post: { uri }, reason: { by: { did: bob.did } } }],
		});
		const list = { operation: 'getAll', author: bob.did, returnAll: true, simplify: true };
		expect(await outcome(list)).toEqual([]);
	});

	it('are listed and read, quoted and answered, and not deleted', async () => {
		for (const text of ['One', 'Two']) await outcome({ text }, undefined, bob);
		const list = { operation: 'getAll', author: 'bob.test', returnAll: true, simplify: true };
		const [two, one] = await outcome(list);
		expect([two.text, one.text]).toEqual(['Two', 'One']);

		const post = { __rl: true, mode: 'url', value: one.url };
		expect(await outcome({ operation: 'get', post, simplify: true })).toEqual([one]);

		const options = { quote: one.url, replyTo: two.url };
		const [answer] = await outcome({ text: 'Both', options });
		expect(await embedAt(answer.id)).toMatchObject({ record: { uri: one.id, cid: one.cid } });

		expect(await outcome({ operation: 'delete', post })).toMatchObject([
			{ error: { rule: 'bluesky.post.author' } },
		]);
		expect(await pds.records(bob.did)).toHaveLength(2);
	});
});

it('finds no lists where there are none', async () => {
	const { searchLists } = new Bluesky().methods.listSearch;
	const form = nodeOf({}).loadOptions() as unknown as ILoadOptionsFunctions;
	expect(await searchLists.call(form)).toEqual({ results: [] });
});
