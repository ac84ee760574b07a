import { startSandbox } from '.';
import { id, nothingToCheckBy, talking, there } from './answers';
import { ask, formOf, mp4, png } from './plainHttp';

jest.setTimeout(120_000);

it('Mastodon answers as its file says, where that is at hand', async () => {
	if (!there) return nothingToCheckBy('mastodon');
	const sandbox = await startSandbox('mastodon');
	const wrong: string[] = [];
	const { accessToken } = sandbox.issueToken({ scopes: ['read', 'write'] });
	const talk = talking(sandbox, 'mastodon', accessToken, wrong);
	await talk('/api/v1/apps', { json: { client_name: 'a', redirect_uris: ['https://a.example/'] } });
	for (const path of [
		'/api/v1/instance',
		'/api/v2/instance',
		'/.well-known/oauth-authorization-server',
	])
		await talk(path);
	const me = await talk('/api/v1/accounts/verify_credentials');
	const image = await talk('/api/v2/media', {
		form: formOf({ file: [png(), 'image/png', 'a'], description: 'b' }),
	});
	await talk(`/api/v1/media/${id(image)}`);
	const video = await talk('/api/v2/media', { form: formOf({ file: [mp4(), 'video/mp4', 'a'] }) });
	await talk(`/api/v1/media/${id(video)}`, { method: 'PUT', form: formOf({ description: 'c' }) });
	const status = async (json: object) => await talk('/api/v1/statuses', { json });
	const post = await status({ status: 'hi #tag', media_ids: [id(image)], spoiler_text: 'x' });
	const poll = { options: ['a', 'b'], expires_in: 300 };
	const asked = await status({ status: 'poll', poll, in_reply_to_id: id(post) });
	await status({ status: 'look', quoted_status_id: id(post) });
	await status({ status: '' });
	await talk(`/api/v1/polls/${(asked.body as { poll: { id: string } }).poll.id}`);
	for (const part of ['', '/source', '/context']) await talk(`/api/v1/statuses/${id(post)}${part}`);
	await talk(`/api/v1/statuses/${id(post)}/reblog`, { method: 'POST' });
	await talk(`/api/v1/accounts/${id(me)}/statuses`);
	await talk(`/api/v1/statuses/${id(post)}/unreblog`, { method: 'POST' });
	await talk('/api/v2/search?q=hi');
	const scheduled_at = new Date(Date.now() + 900_000).toISOString();
	await ask(`${sandbox.url}/api/v1/statuses`, {
		token: accessToken,
		json: { status: 'late', scheduled_at, poll },
	});
	const [late] = (await talk('/api/v1/scheduled_statuses')).body as Array<{ id: string }>;
	await talk(`/api/v1/scheduled_statuses/${late!.id}`);
	await talk(`/api/v1/scheduled_statuses/${late!.id}`, { method: 'DELETE' });
	await talk(`/api/v1/statuses/${id(post)}`, { method: 'PUT', json: { status: 'edited' } });
	await talk(`/api/v1/statuses/${id(post)}`, { method: 'DELETE' });
	await sandbox.stop();
	expect(wrong).toEqual([]);
});
