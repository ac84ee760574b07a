import { ensureHeavy } from '../../scripts/local/heavy.mjs';
import { startPds, type Pds } from '../../scripts/local/pds.mjs';
import { startSandbox, type Sandbox } from '.';
import type { VideoState } from './bluesky/videoModel';
import { ask, mp4, sha256, type Answer } from './plainHttp';

jest.setTimeout(120_000);

const FILM = mp4(3000);
const UPLOAD = 'com.atproto.repo.uploadBlob';

let pds: Pds;
let alice: { did: string; handle: string };
let session: string;
let video: Sandbox<VideoState>;
let appView: Sandbox<Record<string, never>>;

beforeAll(async () => {
	pds = await startPds({ heavy: await ensureHeavy() });
	const { appPassword, did, handle } = await pds.createAccount('alice.test');
	alice = { did, handle };
	const made = await ask(`${pds.url}/xrpc/com.atproto.server.createSession`, {
		json: { identifier: alice.handle, password: appPassword },
	});
	session = (made.body as { accessJwt: string }).accessJwt;
}, 900_000);

afterAll(async () => await pds.stop());

beforeEach(async () => {
	video = await startSandbox('bluesky-video', { pdsUrl: pds.url, pdsDid: 'did:web:localhost' });
	appView = await startSandbox('bluesky-appview', { pdsUrl: pds.url });
});

afterEach(async () => await Promise.all([video.stop(), appView.stop()]));

const serviceToken = async (aud = 'did:web:localhost', lxm = UPLOAD) => {
	const query = { aud, lxm, exp: String(Math.floor(Date.now() / 1000) + 1700) };
	const { body } = await ask(`${pds.url}/xrpc/com.atproto.server.getServiceAuth`, {
		token: session,
		query,
	});
	return (body as { token: string }).token;
};

const upload = async (bytes: Buffer, token: string, type = 'video/mp4') =>
	await ask(`${video.url}/xrpc/app.bsky.video.uploadVideo`, {
		token,
		query: { did: alice.did, name: 'a.mp4' },
		method: 'POST',
		headers: { 'content-type': type },
		bytes,
	});

interface Status {
	jobId: string;
	state: string;
	blob?: { ref: { $link: string }; size: number };
	failureCode?: string;
}

const jobId = ({ body }: Answer) => (body as Status).jobId;
const status = async (id: string) => {
	const { body } = await ask(`${video.url}/xrpc/app.bsky.video.getJobStatus`, {
		query: { jobId: id },
	});
	return (body as { jobStatus: Status }).jobStatus;
};

const create = async (collection: string, record: object) =>
	(
		await ask(`${pds.url}/xrpc/com.atproto.repo.createRecord`, {
			token: session,
			json: {
				repo: alice.did,
				collection,
				record: { $type: collection, createdAt: new Date().toISOString(), ...record },
			},
		})
	).body as { uri: string; cid: string };

describe('the video service', () => {
	it("stores a finished video on the account's own PDS, where a post can use it", async () => {
		const first = await upload(FILM, await serviceToken());
		expect(first).toMatchObject({
			status: 200,
			body: { did: alice.did, state: 'JOB_STATE_ENCODING' },
		});
		expect(await status(jobId(first))).toMatchObject({ state: 'JOB_STATE_UPLOADING' });
		const done = await status(jobId(first));
		expect(done).toMatchObject({ state: 'JOB_STATE_COMPLETED', blob: { size: FILM.length } });
		expect(video.state.jobs).toMatchObject([{ sha256: sha256(FILM), length: FILM.length }]);
		const embed = { $type: 'app.bsky.embed.video', video: done.blob };
		expect(await create('app.bsky.feed.post', { text: 'film', embed })).toHaveProperty('uri');
		expect(await upload(FILM, await serviceToken())).toMatchObject({
			status: 409,
			body: { error: 'already_exists', jobId: jobId(first), blob: done.blob },
		});
	});

	it('names blobs as the PDS does', async () => {
		const alone = await startSandbox('bluesky-video', { polls: 0 });
		const at = (name: string) => `${alone.url}/xrpc/app.bsky.video.${name}`;
		const token = await serviceToken();
		const job = {
			query: { did: alice.did, name: 'a.mp4' },
			headers: { 'content-type': 'video/mp4' },
		};
		const made = await ask(at('uploadVideo'), { ...job, token, method: 'POST', bytes: FILM });
		const own = (await ask(at('getJobStatus'), { query: { jobId: jobId(made) } })).body as {
			jobStatus: Status;
		};
		const stored = await ask(`${pds.url}/xrpc/${UPLOAD}`, {
			token: session,
			method: 'POST',
			headers: { 'content-type': 'video/mp4' },
			bytes: FILM,
		});
		expect(own.jobStatus.blob).toEqual((stored.body as { blob: object }).blob);
		await alone.stop();
	});

	it('refuses tokens for somebody or something else', async () => {
		expect((await upload(FILM, await serviceToken('did:web:bsky.social'))).body).toMatchObject({
			error: 'BadJwtAudience',
		});
		expect(
			(await upload(FILM, await serviceToken(undefined, 'com.atproto.repo.createRecord'))).body,
		).toMatchObject({
			error: 'BadJwtLexiconMethod',
		});
		expect(await upload(FILM, session)).toMatchObject({ status: 401 });
		const [head, claims] = (await serviceToken()).split('.');
		const forged = await upload(
			FILM,
			`${head}.${claims}.${Buffer.alloc(64).toString('base64url')}`,
		);
		await status(jobId(forged));
		expect(await status(jobId(forged))).toMatchObject({
			state: 'JOB_STATE_FAILED',
			failureCode: 'pds_upload_failure',
		});
	});

	it('fails what is no video, slows down and refuses on demand, and tells quotas', async () => {
		const ended = async (answer: Answer) => {
			await status(jobId(answer));
			return await status(jobId(answer));
		};
		const failing = await upload(Buffer.alloc(500, 3), await serviceToken());
		expect(await ended(failing)).toMatchObject({ failureCode: 'validation_failure' });
		expect((await upload(FILM, await serviceToken(), 'text/plain')).status).toBe(400);
		video.faults.next(
			'upload',
			{ kind: 'slow-processing', polls: 2 },
			{ kind: 'unconfirmed-email' },
		);
		const slow = await upload(mp4(1), await serviceToken());
		expect(await ended(slow)).toMatchObject({ state: 'JOB_STATE_UPLOADING' });
		expect((await upload(FILM, await serviceToken())).body).toMatchObject({
			error: 'unconfirmed_email',
		});
		const token = await serviceToken('did:web:video.bsky.app', 'app.bsky.video.getUploadLimits');
		expect(
			(await ask(`${video.url}/xrpc/app.bsky.video.getUploadLimits`, { token })).body,
		).toMatchObject({
			canUpload: true,
			remainingDailyVideos: 23,
		});
	});

	it('takes parts, in any order, and misses none', async () => {
		const token = await serviceToken();
		const film = mp4(9 * 1024 * 1024);
		const at = (name: string) => `${video.url}/xrpc/app.bsky.video.${name}`;
		const json = { sizeBytes: film.length, mimeType: 'video/mp4' };
		const begun = (await ask(at('startUpload'), { token, json })).body as {
			jobId: string;
			partSizeBytes: number;
			partCount: number;
		};
		expect(begun.partCount).toBe(2);
		const part = async (partNumber: number) => {
			const from = (partNumber - 1) * begun.partSizeBytes;
			const bytes = film.subarray(from, from + begun.partSizeBytes);
			const query = { jobId: begun.jobId, partNumber: String(partNumber) };
			const headers = { 'content-type': 'application/octet-stream' };
			return (await ask(at('uploadPart'), { token, method: 'POST', query, headers, bytes })).status;
		};
		expect(await part(2)).toBe(200);
		const finish = async () =>
			await ask(at('finishUpload'), { token, json: { jobId: begun.jobId } });
		expect((await finish()).body).toMatchObject({ error: 'MissingParts' });
		expect(await part(1)).toBe(200);
		const { completedJobId } = (await finish()).body as { completedJobId: string };
		expect(video.state.jobs).toMatchObject([{ id: completedJobId, sha256: sha256(film) }]);
	});
});

describe('the AppView', () => {
	it('shows what is on the PDS: profile, feed in pages, posts, lists, search', async () => {
		const read = async (name: string, query: Record<string, string>) =>
			(await ask(`${appView.url}/xrpc/app.bsky.${name}`, { query })).body;
		const one = await create('app.bsky.feed.post', { text: 'one' });
		const two = await create('app.bsky.feed.post', { text: 'two' });
		const list = { purpose: 'app.bsky.graph.defs#curatelist', name: 'Friends' };
		await create('app.bsky.graph.list', list);
		expect(await read('actor.getProfile', { actor: 'alice.test' })).toMatchObject(alice);
		expect(await read('actor.getProfile', { actor: 'nobody.test' })).toMatchObject({
			error: 'InvalidRequest',
		});
		const first = (await read('feed.getAuthorFeed', { actor: alice.did, limit: '1' })) as {
			cursor: string;
		};
		expect(first).toMatchObject({
			feed: [{ post: { uri: two.uri, record: { text: 'two' }, author: alice } }],
		});
		const next = await read('feed.getAuthorFeed', {
			actor: alice.did,
			limit: '1',
			cursor: first.cursor,
		});
		expect(next).toMatchObject({ feed: [{ post: { uri: one.uri } }] });
		expect(await read('feed.getPosts', { uris: one.uri })).toMatchObject({
			posts: [{ cid: one.cid, likeCount: 0 }],
		});
		expect(await read('graph.getLists', { actor: alice.did })).toMatchObject({ lists: [list] });
		expect(await read('actor.searchActorsTypeahead', { q: 'ali' })).toMatchObject({
			actors: [{ did: alice.did }],
		});
		appView.faults.next('posts', { kind: 'not-indexed' });
		expect(await read('feed.getPosts', { uris: one.uri })).toEqual({ posts: [] });
	});
});
