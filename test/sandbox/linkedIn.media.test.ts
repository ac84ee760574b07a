import { call, idOf, image, initialize, post, sandbox, start, token } from './linkedInSetup';
import { ask, mp4, png, sha256 } from './plainHttp';

const enc = encodeURIComponent;
const FILM = mp4(100_000);

async function film(tags: (etags: string[]) => string[] = (etags) => etags) {
	const { value } = await initialize('videos', { fileSizeBytes: FILM.length });
	const etags: string[] = [];
	for (const { uploadUrl, firstByte, lastByte } of value.uploadInstructions) {
		const bytes = FILM.subarray(firstByte, lastByte + 1);
		etags.push((await ask(uploadUrl, { method: 'PUT', bytes })).headers.get('etag')!);
	}
	const uploadedPartIds = tags(etags);
	const finalizeUploadRequest = { video: value.video, uploadToken: '', uploadedPartIds };
	const done = await call('/rest/videos?action=finalizeUpload', {
		json: { finalizeUploadRequest },
	});
	return { urn: value.video, done };
}

const statusOf = async (urn: string, kind = 'videos') => await call(`/rest/${kind}/${enc(urn)}`);

describe('images', () => {
	it('are put in one piece, signed, and the last one counts', async () => {
		const { value } = await initialize('images');
		const put = async (bytes: Buffer, signed = true) =>
			(await ask(value.uploadUrl, { method: 'PUT', bytes, ...(signed && { token }) })).status;
		expect(await put(png(), false)).toBe(401);
		expect((await post({ content: { media: { id: value.image } } })).body).toMatchObject({
			code: 'MEDIA_ASSET_WAITING_UPLOAD',
		});
		expect([await put(png(1, 1)), await put(png(40, 30))]).toEqual([201, 201]);
		expect(sandbox.state.media).toMatchObject([{ width: 40, sha256: sha256(png(40, 30)) }]);
		expect(await statusOf(value.image, 'images')).toMatchObject({ body: { status: 'AVAILABLE' } });
		expect((await post({ content: { media: { id: value.image } } })).status).toBe(201);
	});

	it('that failed make a post that nobody sees', async () => {
		const id = await image(mp4());
		expect(await statusOf(id, 'images')).toMatchObject({ body: { status: 'PROCESSING_FAILED' } });
		expect((await post({ content: { media: { id } } })).status).toBe(201);
		expect(sandbox.state.posts).toMatchObject([{ shown: false }]);
	});

	it('cannot be asked after with a self-serve token, nor posted by another', async () => {
		const id = await image(png());
		const content = { media: { id } };
		expect((await post({ author: 'urn:li:organization:1001', content })).body).toMatchObject({
			code: 'INVALID_IMAGE_ID',
		});
		const { accessToken } = sandbox.issueToken({ kind: 'member' });
		const asked = { token: accessToken };
		expect((await call(`/rest/images/${enc(id)}`, asked)).status).toBe(403);
	});

	it('must come before their URL ends', async () => {
		const { value } = await initialize('images');
		sandbox.clock.advance(25 * 3_600_000);
		expect(await ask(value.uploadUrl, { method: 'PUT', bytes: png(), token })).toMatchObject({
			status: 400,
			body: { code: 'EXPIRED_UPLOAD_URL' },
		});
	});
});

describe('videos', () => {
	beforeEach(async () => await start({ partSize: 40_000, quotedEtags: false, processing: 5000 }));

	it('come in parts of given ranges, unsigned, and take a while', async () => {
		const { urn, done } = await film();
		expect(done).toMatchObject({ status: 200, body: '' });
		expect(sandbox.state.media).toMatchObject([
			{
				parts: [{ lastByte: 39_999 }, { lastByte: 79_999 }, { lastByte: FILM.length - 1 }],
				sha256: sha256(FILM),
			},
		]);
		const content = { media: { id: urn, title: 'Film' } };
		expect(await statusOf(urn)).toMatchObject({ body: { status: 'PROCESSING' } });
		expect((await post({ content })).body).toMatchObject({ code: 'MEDIA_ASSET_WAITING_UPLOAD' });
		sandbox.clock.advance(5000);
		expect(await statusOf(urn)).toMatchObject({ body: { status: 'AVAILABLE' } });
		expect(idOf(await post({ content }))).toMatch(/^urn:li:ugcPost:/);
	});

	it('refuse a part of another length, a signed one and parts in another order', async () => {
		const { value } = await initialize('videos', { fileSizeBytes: FILM.length });
		const [{ uploadUrl }] = value.uploadInstructions;
		const put = async (length: number, signed: boolean) =>
			(
				await ask(uploadUrl, {
					method: 'PUT',
					bytes: FILM.subarray(0, length),
					...(signed && { token }),
				})
			).status;
		expect(await put(39_999, false)).toBe(400);
		expect(await put(40_001, false)).toBe(400);
		expect(await put(40_000, true)).toBe(403);
		expect(await put(40_000, false)).toBe(200);
		expect((await film((etags) => etags.reverse())).done).toMatchObject({
			status: 400,
			body: { code: 'UPDATING_ASSET_FAILED' },
		});
		expect((await initialize('videos', { fileSizeBytes: 600_000_000 })).status).toBe(400);
		expect((await initialize('videos')).status).toBe(400);
	});

	it('that failed say why and cannot be posted', async () => {
		sandbox.faults.next('initialize', { kind: 'none' }, { kind: 'media-refused', late: true });
		const { urn } = await film();
		sandbox.clock.advance(5000);
		expect(await statusOf(urn)).toMatchObject({
			body: { status: 'PROCESSING_FAILED', processingFailureReason: expect.any(String) },
		});
		expect((await post({ content: { media: { id: urn } } })).body).toMatchObject({
			code: 'MEDIA_ASSET_PROCESSING_FAILED',
		});
	});
});

it('takes documents with a title', async () => {
	const { value } = await initialize('documents');
	const bytes = Buffer.from('%PDF-1.7 and so on');
	expect((await ask(value.uploadUrl, { method: 'PUT', bytes, token })).status).toBe(201);
	const media = { id: value.document };
	expect((await post({ content: { media } })).status).toBe(400);
	expect((await post({ content: { media: { ...media, title: 'Paper' } } })).status).toBe(201);
	expect(sandbox.state.posts).toMatchObject([{ media: [{ type: 'application/pdf' }] }]);
});
