import { ask, formOf, mp4, png, sha256 } from './plainHttp';
import { actAs, call, data, post, sandbox } from './xSetup';

const MIB = 1024 * 1024;

describe('media', () => {
	const start = async (type: string, category: string, total: number) =>
		data(
			await call('/2/media/upload/initialize', {
				json: { media_type: type, media_category: category, total_bytes: total },
			}),
		).id;
	const append = async (id: string, index: number, bytes: Uint8Array) =>
		await call(`/2/media/upload/${id}/append`, {
			form: formOf({
				segment_index: String(index),
				media: [bytes, 'application/octet-stream', 'blob'],
			}),
		});
	const finalize = async (id: string) =>
		await call(`/2/media/upload/${id}/finalize`, { method: 'POST' });
	const state = async (id: string) =>
		data<{ processing_info: { state: string } }>(
			await call('/2/media/upload', { query: { command: 'STATUS', media_id: id } }),
		).processing_info.state;

	it('takes a video in segments, in any near order, by multipart and JSON', async () => {
		const film = mp4(2.5 * MIB);
		const id = await start('video/mp4', 'tweet_video', film.length);
		const part = (index: number) => film.subarray(index * MIB, (index + 1) * MIB);
		expect((await append(id, 0, part(0))).status).toBe(200);
		const json = { segment_index: 2, media: part(2).toString('base64') };
		expect((await call(`/2/media/upload/${id}/append`, { json })).status).toBe(200);
		expect((await finalize(id)).status).toBe(400);
		await append(id, 1, part(1));
		await append(id, 1, part(1));
		const done = await finalize(id);
		expect(data(done)).toMatchObject({
			size: film.length,
			processing_info: { state: 'pending', check_after_secs: 1 },
		});
		expect((await post({ text: 'early', media: { media_ids: [id] } })).status).toBe(400);
		expect([await state(id), await state(id)]).toEqual(['in_progress', 'succeeded']);
		expect((await post({ text: 'film', media: { media_ids: [id] } })).status).toBe(201);
		expect(sandbox.state.posts[0]!.media).toMatchObject([
			{ length: film.length, sha256: sha256(film), type: 'video/mp4' },
		]);
	});

	it('turns large segments away with an empty 413', async () => {
		const id = await start('video/mp4', 'tweet_video', 10 * MIB);
		expect(await append(id, 0, mp4(5 * MIB))).toMatchObject({ status: 413, body: '' });
		expect((await append(id, 0, mp4(2 * MIB - 24))).status).toBe(200);
	});

	it('takes an image in one go, with alt text, for its owner only', async () => {
		const bytes = png(8, 9);
		const up = await call('/2/media/upload', {
			form: formOf({ media: [bytes, 'image/png', 'a.png'], media_category: 'tweet_image' }),
		});
		const { id } = data(up);
		expect(data(up)).toMatchObject({
			size: bytes.length,
			image: { w: 8, h: 9, image_type: 'image/png' },
		});
		const json = { id, metadata: { alt_text: { text: 'a square' } } };
		expect((await call('/2/media/metadata', { json })).status).toBe(200);
		expect((await call('/2/media/metadata', { json: { media_id: id } })).status).toBe(400);
		const other = sandbox.issueToken({ account: 'second' }).accessToken;
		const body = { media: { media_ids: [id] } };
		expect((await ask(`${sandbox.url}/2/tweets`, { token: other, json: body })).status).toBe(403);
		const made = await post(body);
		expect(data(made).text).toMatch(/^https:\/\/t\.co\//);
		expect(sandbox.state.posts[0]!.media).toMatchObject([
			{ alt: 'a square', sha256: sha256(bytes) },
		]);
		sandbox.clock.advance(25 * 3600_000);
		actAs(sandbox.issueToken().accessToken);
		expect((await post({ text: 'old', media: { media_ids: [id] } })).status).toBe(400);
	});

	it('fails what it cannot read and keeps kinds apart', async () => {
		const id = await start('video/mp4', 'tweet_video', 100);
		await append(id, 0, Buffer.alloc(100, 1));
		await finalize(id);
		await state(id);
		expect(await state(id)).toBe('failed');
		expect(
			(
				await call('/2/media/upload/initialize', {
					json: { media_type: 'image/png', media_category: 'tweet_image', total_bytes: 6 * MIB },
				})
			).status,
		).toBe(400);
		const image = async () => {
			const form = formOf({ media: [png(), 'image/png', 'a.png'], media_category: 'tweet_image' });
			return data(await call('/2/media/upload', { form })).id;
		};
		const film = mp4();
		const video = await start('video/mp4', 'tweet_video', film.length);
		await append(video, 0, film);
		await finalize(video);
		await state(video);
		await state(video);
		expect((await post({ media: { media_ids: [await image(), video] } })).status).toBe(400);
		expect((await post({ media: { media_ids: [await image(), await image()] } })).status).toBe(201);
	});

	it('slow processing and late refusal on demand', async () => {
		const film = mp4();
		sandbox.faults.next(
			'upload.finalize',
			{ kind: 'slow-processing', polls: 2 },
			{ kind: 'media-refused', late: true },
		);
		const run = async () => {
			const id = await start('video/mp4', 'tweet_video', film.length);
			await append(id, 0, film);
			await finalize(id);
			return [await state(id), await state(id), await state(id)];
		};
		expect(await run()).toEqual(['in_progress', 'in_progress', 'succeeded']);
		expect(await run()).toEqual(['in_progress', 'failed', 'failed']);
	});
});
