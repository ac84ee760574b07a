import { startSandbox } from '.';

/** The address or the form that each platform gives for an upload lets in whoever has it. */
describe('what a sandbox reports as secret besides its tokens', () => {
	const post = async (url: string, token: string, body: object) => {
		const response = await fetch(url, {
			method: 'POST',
			headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
			body: JSON.stringify(body),
		});
		return await response.text();
	};

	it('is the token in TikTok’s address for a video', async () => {
		const sandbox = await startSandbox('tikTok', {});
		const { accessToken } = sandbox.issueToken();
		const source_info = {
			source: 'FILE_UPLOAD',
			video_size: 500,
			chunk_size: 500,
			total_chunk_count: 1,
		};
		const url = `${sandbox.url}/v2/post/publish/inbox/video/init/`;
		const said = await post(url, accessToken, { source_info });
		const [, token] = /upload_token=(\w+)/.exec(said) as RegExpExecArray;
		expect(sandbox.secrets()).toContain(token);
		await sandbox.stop();
	});

	it('is what signs Pinterest’s form for a video', async () => {
		const sandbox = await startSandbox('pinterest', {});
		const { accessToken } = sandbox.issueToken();
		const said = await post(`${sandbox.url}/v5/media`, accessToken, { media_type: 'video' });
		const { upload_parameters: form } = JSON.parse(said) as {
			upload_parameters: Record<string, string>;
		};
		const signed = [form['x-amz-signature'], form['x-amz-security-token'], form.policy];
		expect(sandbox.secrets()).toEqual(expect.arrayContaining(signed));
		await sandbox.stop();
	});
});
