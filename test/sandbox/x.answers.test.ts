import { startSandbox } from '.';
import { id, nothingToCheckBy, talking, there } from './answers';
import { formOf, mp4, png } from './plainHttp';

jest.setTimeout(120_000);

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
