import { startSandbox } from '.';
import { ask } from './plainHttp';

it('reports the token in the address for a video as secret', async () => {
	const sandbox = await startSandbox('tikTok');
	const { accessToken: token } = sandbox.issueToken();
	const source_info = {
		...{ source: 'FILE_UPLOAD', video_size: 500, chunk_size: 500, total_chunk_count: 1 },
	};
	const url = `${sandbox.url}/v2/post/publish/inbox/video/init/`;
	const { body } = await ask(url, { token, json: { source_info } });
	const [, secret] = /upload_token=(\w+)/.exec(JSON.stringify(body))!;
	expect(sandbox.secrets()).toContain(secret);
	await sandbox.stop();
});
