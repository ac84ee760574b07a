import { startSandbox, type Sandbox } from '.';
import { userId, type InstagramState } from './instagram/model';
import { ask, fileServer, mp4, png, sha256, type Answer } from './plainHttp';
import { jpeg, mp4 as movie } from '../support/mediaFixtures';

const DAY = 24 * 3600_000;
const PICTURE = jpeg(100, 100);
const FILM = mp4();
const ME = userId('demo');

jest.setTimeout(20_000);

let files: Awaited<ReturnType<typeof fileServer>>;
let sandbox: Sandbox<InstagramState>;
let token: string;

beforeAll(async () => {
	files = await fileServer({
		'/a.jpg': PICTURE,
		'/b.mp4': FILM,
		'/wide.mp4': movie({ width: 1922, height: 1080, seconds: 10 }),
		'/c.png': png(100, 100),
		'/tall.jpg': jpeg(100, 126),
		'/large.jpg': Buffer.concat([PICTURE, Buffer.alloc(8 * 1024 ** 2)]),
		'/page.html': Buffer.from('<!doctype html><title>Not a picture</title>'),
	});
});

afterAll(() => files.stop());

beforeEach(async () => {
	const crawl = { 'https://n8n.example.com/': files.url };
	sandbox = await startSandbox('instagram', { crawl, creators: ['second'] });
	token = sandbox.issueToken().accessToken;
});

afterEach(async () => await sandbox.stop());

interface Nested {
	data: Array<{ text: string }>;
	paging: { cursors: { after: string }; next: string };
}

const url = (name: string) => `https://n8n.example.com/${name}`;
const call = async (method: string, path: string, query: Record<string, string> = {}, as = token) =>
	await ask(`${sandbox.url}/v26.0${path}`, { method, query: { access_token: as, ...query } });
const id = (answer: Answer) => (answer.body as { id: string }).id;
const error = (answer: Answer) => (answer.body as { error: Record<string, unknown> }).error;
const make = async (query: Record<string, string>) => await call('POST', `/${ME}/media`, query);
const publish = async (creation_id: string) =>
	await call('POST', `/${ME}/media_publish`, { creation_id });
const status = async (one: string) =>
	(await call('GET', `/${one}`, { fields: 'status_code,status' })).body as {
		status_code: string;
		status: string;
	};
const ended = async (one: string) => {
	let seen = await status(one);
	for (let reads = 0; seen.status_code === 'IN_PROGRESS' && reads < 200; reads += 1)
		seen = await status(one);
	return seen;
};
const ready = async (query: Record<string, string>) => {
	const made = id(await make(query));
	expect(await ended(made)).toMatchObject({ status_code: 'FINISHED' });
	return made;
};
const image = { image_url: url('a.jpg') };
const item = { is_carousel_item: 'true' };

describe('posting', () => {
	it('fetches an image, and publishes it once it is ready, once', async () => {
		const tags = JSON.stringify([{ username: 'second', x: 0.5, y: 0.8 }]);
		const made = id(await make({ ...image, caption: 'One #a', alt_text: 'x', user_tags: tags }));
		expect(error(await publish(made))).toMatchObject({ code: 9007, error_subcode: 2207027 });
		expect((await status(made)).status_code).toBe('IN_PROGRESS');
		expect((await status(made)).status_code).toBe('FINISHED');
		const published = id(await publish(made));
		expect(published).not.toBe(made);
		expect((await status(made)).status_code).toBe('PUBLISHED');
		expect(error(await publish(made))).toMatchObject({ code: 24 });
		expect(sandbox.state.posts).toMatchObject([
			{
				id: published,
				account: 'demo',
				text: 'One #a',
				mediaType: 'IMAGE',
				media: [{ sha256: sha256(PICTURE), alt: 'x', width: 100, fetchedFrom: image.image_url }],
				options: { user_tags: [{ username: 'second', x: 0.5, y: 0.8 }] },
			},
		]);
		const { permalink } = (await call('GET', `/${published}`, { fields: 'permalink' })).body as {
			permalink: string;
		};
		expect((await ask(permalink)).body).toContain('<pre>One #a</pre>');
	});

	it('makes a Reel and stories', async () => {
		const reel = { media_type: 'REELS', video_url: url('b.mp4'), cover_url: url('a.jpg') };
		await publish(await ready({ ...reel, share_to_feed: 'false', thumb_offset: '100' }));
		await publish(await ready({ media_type: 'STORIES', ...image, caption: 'not shown' }));
		await publish(await ready({ media_type: 'STORIES', video_url: url('b.mp4') }));
		const fields = 'media_type,media_product_type,is_shared_to_feed';
		expect((await call('GET', `/${ME}/media`, { fields })).body).toMatchObject({
			data: [{ media_type: 'VIDEO', media_product_type: 'REELS', is_shared_to_feed: false }],
		});
		expect((await call('GET', `/${ME}/stories`, { fields: 'caption,media_type' })).body).toEqual({
			data: [
				{ id: expect.any(String), media_type: 'VIDEO' },
				{ id: expect.any(String), media_type: 'IMAGE' },
			],
			paging: expect.anything(),
		});
	});

	it('makes a carousel of items that are ready, in JSON as well', async () => {
		const first = id(await make({ ...image, ...item, alt_text: 'first' }));
		const second = await ready({ media_type: 'VIDEO', video_url: url('b.mp4'), ...item });
		const children = [first, second];
		const parent = { media_type: 'CAROUSEL', children: children.join(','), caption: 'Both' };
		expect(error(await make(parent))).toMatchObject({ code: 9007 });
		await ended(first);
		const answer = await ask(`${sandbox.url}/${ME}/media`, {
			token,
			json: { ...parent, children, collaborators: ['second'] },
		});
		await ended(id(answer));
		expect((await publish(id(answer))).status).toBe(200);
		expect(sandbox.state.posts).toMatchObject([
			{
				text: 'Both',
				media: [{ alt: 'first' }, { sha256: sha256(FILM) }],
				options: { collaborators: ['second'] },
			},
		]);
	});

	const many = (count: number, sign: string) =>
		Array.from({ length: count }, (_, index) => `${sign}t${index}`).join(' ');

	it.each<[string, Record<string, string>, number[]]>([
		['an unknown type', { media_type: 'POLL', ...image }, [100, 2207023]],
		['a video by itself', { media_type: 'VIDEO', video_url: url('b.mp4') }, [100]],
		['a Reel as an item', { media_type: 'REELS', video_url: url('b.mp4'), ...item }, [100]],
		['no image', { caption: 'a' }, [100]],
		['no video', { media_type: 'REELS' }, [100]],
		['an image nobody serves', { image_url: url('none.jpg') }, [9004, 2207052]],
		['an image on a private host', { image_url: 'https://10.0.0.1/a.jpg' }, [9004, 2207052]],
		['a web page', { image_url: url('page.html') }, [9004, 2207052]],
		['a PNG', { image_url: url('c.png') }, [36001, 2207005]],
		['too large an image', { image_url: url('large.jpg') }, [36000, 2207004]],
		['too tall an image', { image_url: url('tall.jpg') }, [36003, 2207009]],
		['too long a caption', { ...image, caption: 'a'.repeat(2201) }, [36004, 2207010]],
		['31 hashtags', { ...image, caption: many(31, '#') }, [100]],
		['21 mentions', { ...image, caption: many(21, '@') }, [100]],
		['a long alt text', { ...image, alt_text: 'a'.repeat(1001) }, [100]],
		['4 collaborators', { ...image, collaborators: '["a","b","c","d"]' }, [100]],
		['tags nowhere', { ...image, user_tags: '[{"username":"a"}]' }, [100]],
		['a bad thumbnail', { media_type: 'REELS', video_url: url('b.mp4'), thumb_offset: '-1' }, [1]],
		['a bad location', { ...image, location_id: 'Berlin' }, [100]],
		['one child', { media_type: 'CAROUSEL', children: '1' }, [100, 2207028]],
		['bytes on this host', { media_type: 'REELS', upload_type: 'resumable' }, [100]],
	])('refuses %s', async (_name, query, [code, error_subcode]) => {
		const told = error(await make(query));
		expect([told.code, ...(error_subcode ? [told.error_subcode] : [])]).toEqual(
			error_subcode ? [code, error_subcode] : [code],
		);
		expect(sandbox.state.containers).toEqual([]);
	});

	it('tells in the status what a video lacks, and expires after a day', async () => {
		const wrong = id(await make({ media_type: 'REELS', video_url: url('a.jpg') }));
		expect(await ended(wrong)).toMatchObject({
			status_code: 'ERROR',
			status: 'Error: Media upload has failed with error code 2207026',
		});
		const wide = id(await make({ media_type: 'REELS', video_url: url('wide.mp4') }));
		expect((await ended(wide)).status).toContain('2207026');
		const missing = id(await make({ media_type: 'REELS', video_url: url('none.mp4') }));
		expect((await ended(missing)).status).toContain('2207077');
		const late = await ready(image);
		sandbox.clock.advance(DAY);
		const long = sandbox.issueToken().accessToken;
		const seen = await call('GET', `/${late}`, { fields: 'status_code' }, long);
		expect(seen.body).toMatchObject({ status_code: 'EXPIRED' });
		expect(
			error(await call('POST', `/${ME}/media_publish`, { creation_id: late }, long)),
		).toMatchObject({ code: 24, error_subcode: 2207008 });
	});

	it('counts posts, not containers, and lets creators publish no stories', async () => {
		await sandbox.stop();
		const crawl = { 'https://n8n.example.com/': files.url };
		sandbox = await startSandbox('instagram', { crawl, quota: 1, polls: 0 });
		token = sandbox.issueToken().accessToken;
		const [one, two] = [await ready(image), await ready(image)];
		await publish(one);
		expect(error(await publish(two))).toMatchObject({ code: 9, error_subcode: 2207042 });
		expect(
			(await call('GET', `/${ME}/content_publishing_limit`, { fields: 'quota_usage,config' })).body,
		).toEqual({
			data: [{ quota_usage: 1, config: { quota_total: 1, quota_duration: 86_400 } }],
		});
	});

	it('publishes no stories of creators', async () => {
		const as = sandbox.issueToken({ account: 'second' }).accessToken;
		const story = { media_type: 'STORIES', ...image };
		expect(error(await call('POST', '/me/media', story, as))).toMatchObject({ code: 10 });
	});
});

describe('what stands there', () => {
	const post = async () => id(await publish(await ready(image)));

	it('is listed in pages whose links carry the token', async () => {
		const ids = [await post(), await post(), await post()].reverse();
		const first = (await call('GET', '/me/media', { limit: '2', fields: 'id' })).body as {
			data: Array<{ id: string }>;
			paging: { cursors: { after: string }; next: string };
		};
		expect(first.data.map((one) => one.id)).toEqual(ids.slice(0, 2));
		expect(first.paging.next).toContain(token);
		const { after } = first.paging.cursors;
		const last = (await call('GET', '/me/media', { limit: '2', after })).body as typeof first;
		expect(last).toMatchObject({ data: [{ id: ids[2] }], paging: { cursors: {} } });
		expect(last.paging).not.toHaveProperty('next');
		expect((await call('GET', '/me/media', { fields: 'nothing' })).status).toBe(400);
	});

	it('takes comments, answers, hiding, and a switch, but is not deleted here', async () => {
		const one = await post();
		const comment = id(await call('POST', `/${one}/comments`, { message: 'First' }));
		const other = sandbox.state.addComment({ post: one, account: 'stranger', text: 'Hi' });
		const answer = id(await call('POST', `/${other.id}/replies`, { message: 'Hello' }));
		await call('POST', `/${other.id}`, { hide: 'true' });
		const fields = 'text,hidden,username,parent_id';
		expect((await call('GET', `/${one}/comments`, { fields })).body).toMatchObject({
			data: [
				{ id: other.id, text: 'Hi', hidden: true, username: 'stranger' },
				{ id: comment, text: 'First', hidden: false, username: 'demo' },
			],
		});
		expect((await call('GET', `/${other.id}/replies`, { fields })).body).toMatchObject({
			data: [{ id: answer, text: 'Hello', parent_id: other.id }],
		});
		const nested = { fields: 'text,replies{text}' };
		expect((await call('GET', `/${one}/comments`, nested)).body).toMatchObject({
			data: [
				{ id: other.id, replies: { data: [{ id: answer, text: 'Hello' }] } },
				{ id: comment, text: 'First' },
			],
		});
		expect((await call('DELETE', `/${other.id}`)).body).toEqual({ success: true });
		expect(sandbox.state.comments.map(({ text }) => text)).toEqual(['First']);
		await call('POST', `/${one}`, { comment_enabled: 'false' });
		expect((await call('POST', `/${one}/comments`, { message: 'No' })).status).toBe(400);
		expect(error(await call('DELETE', `/${one}`))).toMatchObject({ code: 100, error_subcode: 33 });
		expect(sandbox.state.posts).toHaveLength(1);
	});

	it('gives the first replies with a comment, and a link to the others', async () => {
		const one = await post();
		const told = { post: one, account: 'stranger' };
		const { id: parent } = sandbox.state.addComment({ ...told, text: 'Hi' });
		for (let count = 1; count <= 3; count++) {
			sandbox.state.addComment({ ...told, parent, text: `${count}` });
		}
		const fields = 'text,replies.limit(2){text}';
		const { body } = await call('GET', `/${one}/comments`, { fields });
		const [{ replies }] = (body as { data: Array<{ replies: Nested }> }).data;
		expect(replies.data.map(({ text }) => text)).toEqual(['3', '2']);
		const next = new URL(replies.paging.next);
		expect(next.pathname).toBe(`/v26.0/${parent}/replies`);
		expect(Object.fromEntries(next.searchParams)).toEqual({
			access_token: token,
			fields: 'text',
			limit: '2',
			after: replies.paging.cursors.after,
		});
		expect((await ask(next.href, {})).body).toMatchObject({ data: [{ text: '1' }] });
	});

	it('has insights, those of Reels for Reels alone', async () => {
		const one = await post();
		expect((await call('GET', `/${one}/insights`, { metric: 'views,reach' })).body).toMatchObject({
			data: [{ name: 'views', values: [{ value: 3 }] }, { name: 'reach' }],
		});
		const metric = 'ig_reels_avg_watch_time';
		expect((await call('GET', `/${one}/insights`, { metric })).status).toBe(400);
		const day = { metric: 'views', period: 'day' };
		expect((await call('GET', `/${ME}/insights`, day)).status).toBe(400);
		expect(
			(await call('GET', `/${ME}/insights`, { ...day, metric_type: 'total_value' })).body,
		).toMatchObject({ data: [{ name: 'views', total_value: { value: 5 } }] });
	});
});
