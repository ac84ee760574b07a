import { bodyOf, call, idOf, pin, refusal, sandbox, token } from './pinterestSetup';
import { ask, mp4, png, sha256 } from './plainHttp';

const MIB = 1024 * 1024;
const FILM = mp4(2 * MIB);

interface Registered {
	media_id: string;
	upload_url: string;
	upload_parameters: Record<string, string>;
}

const register = async () =>
	bodyOf<Registered>(await call('/media', { json: { media_type: 'video' } }));
const statusOf = async (id: string) => bodyOf(await call(`/media/${id}`)).status;

/**
 * Sends the form's fields in the given order; `file` is the position of the file, the end by
 * default.
 */
async function upload(
	{ upload_url, upload_parameters }: Registered,
	{
		bytes = FILM,
		leave = '',
		first = false,
		headers = {},
	}: { bytes?: Buffer; leave?: string; first?: boolean; headers?: Record<string, string> } = {},
) {
	const form = new FormData();
	const file = () => form.append('file', new Blob([bytes], { type: 'video/mp4' }), 'film.mp4');
	if (first) file();
	for (const [name, value] of Object.entries(upload_parameters))
		if (name !== leave) form.append(name, value);
	if (!first) file();
	return await ask(upload_url, { form, headers });
}

const film = async (media_id: string, cover: object = { cover_image_key_frame_time: 1 }) =>
	await pin({ media_source: { source_type: 'video_id', media_id, ...cover } });

it('takes a film by a signed form, works on it, and makes a Pin of it', async () => {
	const registered = await register();
	const { media_id: id } = registered;
	expect(await statusOf(id)).toBe('registered');
	expect(refusal(await film(id))).toEqual([400, 1]);
	expect(await upload(registered)).toMatchObject({ status: 204, body: '' });
	expect(refusal(await film(id))).toEqual([400, 1]);
	expect([await statusOf(id), await statusOf(id)]).toEqual(['processing', 'succeeded']);
	expect(bodyOf<{ message: string }>(await film(id, {})).message).toContain(
		'cover_image_url or cover_image_content_type',
	);
	expect((await film(id)).status).toBe(201);
	const cover = {
		cover_image_content_type: 'image/png',
		cover_image_data: png().toString('base64'),
	};
	await film(id, cover);
	await film(id, { cover_image_url: 'https://n8n.example.com/a.png' });
	expect(sandbox.state.posts).toMatchObject([
		{ media: [{ id, type: 'video/mp4', length: FILM.length, sha256: sha256(FILM) }] },
		{ options: { cover: { width: 40 } } },
		{ options: { cover: { width: 100 } } },
	]);
});

it.each([
	['without one of the fields', { leave: 'policy' }, 403],
	['without the field Content-Type', { leave: 'Content-Type' }, 403],
	['with the file before the fields', { first: true }, 403],
	['signed with the token', { headers: { authorization: 'Bearer pina_1' } }, 400],
])('refuses a form %s', async (_what, change, status) => {
	const registered = await register();
	const answer = await upload(registered, change);
	expect(answer.status).toBe(status);
	expect(answer.body).toContain('<Error><Code>');
	expect(await statusOf(registered.media_id)).toBe('registered');
});

it('refuses a form that is no longer good, and what is no form', async () => {
	const registered = await register();
	sandbox.clock.advance(3601_000);
	expect((await upload(registered)).status).toBe(403);
	expect((await ask(registered.upload_url, { bytes: FILM })).status).toBe(412);
	expect((await upload(await register())).status).toBe(204);
});

it('fails what is no film, and what it is told to', async () => {
	const run = async (bytes: Buffer) => {
		const registered = await register();
		await upload(registered, { bytes });
		const { media_id: id } = registered;
		return [await statusOf(id), await statusOf(id), await statusOf(id)];
	};
	expect(await run(png())).toEqual(['processing', 'failed', 'failed']);
	sandbox.faults.next(
		'media.upload',
		{ kind: 'media-refused', late: true },
		{ kind: 'slow-processing', polls: 2 },
	);
	expect(await run(FILM)).toEqual(['processing', 'failed', 'failed']);
	expect(await run(FILM)).toEqual(['processing', 'processing', 'succeeded']);
	const refused = await register();
	sandbox.faults.next('media.upload', { kind: 'media-refused' }, { kind: '5xx-before' });
	expect([(await upload(refused)).status, (await upload(refused)).status]).toEqual([403, 503]);
});

it('shows uploads to their owner only, and no signed form to those who look', async () => {
	const registered = await register();
	const other = sandbox.issueToken({ account: 'second' }).accessToken;
	expect(refusal(await call(`/media/${registered.media_id}`, { token: other }))).toEqual([
		404, 404,
	]);
	expect(idOf(await pin())).toBeDefined();
	const state = JSON.stringify((await ask(`${sandbox.url}/__sandbox/state`)).body);
	for (const secret of [registered.upload_parameters.policy!, token])
		expect(state).not.toContain(secret);
});

it('reports what signs the form for a video as secret', async () => {
	const said = await call('/media', { json: { media_type: 'video' } });
	const { upload_parameters: form } = bodyOf<{ upload_parameters: Record<string, string> }>(said);
	const signed = [form['x-amz-signature'], form['x-amz-security-token'], form.policy];
	expect(sandbox.secrets()).toEqual(expect.arrayContaining(signed));
});
