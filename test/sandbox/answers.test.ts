import { existsSync } from 'node:fs';
import { answerCheck } from '../specs/answers';
import { specsFolder } from '../specs/model';
import { startSandbox, type Sandbox } from '.';
import { ask, formOf, mp4, png, type Answer, type Ask } from './plainHttp';

/** What the imitations answer, held against the vendors' own descriptions of their answers. */
const there = existsSync(specsFolder());

jest.setTimeout(120_000);

type Talk = (path: string, asked?: Ask) => Promise<Answer>;

function talking(
	sandbox: Sandbox<unknown>,
	platform: 'mastodon' | 'x',
	token: string,
	wrong: string[],
): Talk {
	const check = answerCheck(platform, specsFolder());
	return async (path, asked = {}) => {
		const answer = await ask(sandbox.url + path, { token, ...asked });
		const { operation, method } = sandbox.requests.at(-1)!;
		const { pathname } = new URL(path, sandbox.url);
		const problems = check({ method, path: pathname, status: answer.status, body: answer.body });
		wrong.push(...problems.map((problem) => `${operation} ${answer.status}: ${problem}`));
		return answer;
	};
}

function nothingToCheckBy(platform: string): void {
	process.stdout.write(`${platform}: no vendors' files here, answers not checked\n`);
}

const id = ({ body }: Answer) => {
	const { data, id: own } = body as { data?: { id: string }; id: string };
	return data?.id ?? own;
};

it('X answers as its file says, where that is at hand', async () => {
	if (!there) return nothingToCheckBy('x');
	const sandbox = await startSandbox('x');
	const wrong: string[] = [];
	const { accessToken } = sandbox.issueToken();
	const talk = talking(sandbox, 'x', accessToken, wrong);
	const image = { media: [png(), 'image/png', 'a.png'], media_category: 'tweet_image' } as const;
	const up = await talk('/2/media/upload', { form: formOf({ ...image, media: [...image.media] }) });
	await talk('/2/media/metadata', { json: { id: id(up), metadata: { alt_text: { text: 'a' } } } });
	const film = mp4();
	const begin = {
		media_type: 'video/mp4',
		media_category: 'tweet_video',
		total_bytes: film.length,
	};
	const video = await talk('/2/media/upload/initialize', { json: begin });
	const part = formOf({ segment_index: '0', media: [film, 'video/mp4', 'a'] });
	await talk(`/2/media/upload/${id(video)}/append`, { form: part });
	await talk(`/2/media/upload/${id(video)}/finalize`, { method: 'POST' });
	for (let read = 0; read < 2; read += 1)
		await talk(`/2/media/upload?command=STATUS&media_id=${id(video)}`);
	const post = await talk('/2/tweets', {
		json: { text: 'a https://example.com', media: { media_ids: [id(up)] } },
	});
	await talk('/2/tweets', { json: { text: 'b', reply: { in_reply_to_tweet_id: id(post) } } });
	await talk('/2/tweets', { json: { text: 'c', foo: 1 } });
	const fields = 'created_at,entities,public_metrics,attachments,conversation_id';
	await talk(`/2/tweets/${id(post)}?post.fields=${fields}`);
	await talk('/2/tweets/1');
	const me = await talk('/2/users/me?user.fields=verified_type,subscription_type');
	await talk(`/2/users/${id(me)}/tweets?max_results=5&post.fields=${fields}`);
	await talk(`/2/users/${id(me)}/retweets`, { json: { tweet_id: id(post) } });
	await talk(`/2/users/${id(me)}/retweets/${id(post)}`, { method: 'DELETE' });
	await talk('/2/communities/search?query=build');
	await talk(`/2/tweets/${id(post)}`, { method: 'DELETE' });
	await sandbox.stop();
	expect(wrong).toEqual([]);
});

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
