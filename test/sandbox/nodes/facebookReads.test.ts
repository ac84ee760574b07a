import type { IDataObject, ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';

import { Facebook } from '@/nodes/Facebook/Facebook.node';
import { outcome } from '@/test/Facebook/setup';
import type { TestNode } from '@/test/support/n8n';
import {
	asDescribed,
	failureOf,
	held,
	KINDS,
	node,
	pageId,
	publish,
	sandbox,
	useFacebook,
} from './facebookSetup';

jest.setTimeout(60_000);

useFacebook();

const run = async (parameters: IDataObject) => await outcome(node(parameters));
const listed = async (tried: TestNode, name: string, filter?: string) => {
	const search = new Facebook().methods.listSearch[name];
	const context = tried.loadOptions() as unknown as ILoadOptionsFunctions;
	return (await search.call(context, filter)) as INodeListSearchResult;
};
const by = (id: unknown) => ({ __rl: true, mode: 'id', value: id as string });

describe('the Pages', () => {
	const all = ['Demo Page', 'Second Page', 'Demo Shop', 'Demo Client'];

	it('are listed to the end, those of a business too, without a token', async () => {
		const pages = await run({ resource: 'page', operation: 'getAll', returnAll: true });
		expect(pages.map(({ name }) => name)).toEqual(all);
		expect(JSON.stringify(pages)).not.toMatch(/EAA|access_token/);
		const { results } = await listed(node({}), 'searchTargets');
		expect(results.map(({ name }) => name)).toEqual([
			'Demo Page @demo.page',
			'Second Page @second.page',
			'Demo Shop @demo.shop',
			'Demo Client @demo.client',
		]);
		expect((await listed(node({}), 'searchTargets', 'client')).results).toMatchObject([
			{ value: pageId(3) },
		]);
	});

	it('are listed as far as the permissions go', async () => {
		const scopes = ['pages_show_list', 'pages_read_engagement', 'pages_manage_posts'];
		const { accessToken } = sandbox.issueToken({ scopes });
		const narrow = node({ resource: 'page', operation: 'getAll', returnAll: true });
		const token = narrow.stored.crosspostFacebookOAuth2Api.oauthTokenData as IDataObject;
		token.access_token = accessToken;
		const pages = await outcome(narrow);
		expect(pages.map(({ name }) => name)).toEqual(['Demo Page', 'Second Page']);
	});

	it.each([
		['by ID', () => by(pageId(3))],
		['by URL', () => by('https://www.facebook.com/demo.client/')],
		['by user name', () => by('@demo.client')],
		['by a URL with the ID', () => by(`https://www.facebook.com/profile.php?id=${pageId(3)}`)],
	])('of a business is posted to %s', async (_how, target) => {
		const { json } = await publish({ parameters: { text: 'Hello', target: target() } });
		expect(json).toMatchObject({ status: 'published', account: { name: 'Demo Client' } });
	});

	it('get tokens of their own, which are asked for once', async () => {
		const tried = node({ text: 'Hello' });
		for (const target of [by(pageId(0)), by(pageId(1)), by(pageId(0))]) {
			await outcome(tried, undefined, { parameters: { target }, fresh: true });
		}
		expect(held().map(({ account }) => account)).toEqual(['Demo Page', 'Second Page', 'Demo Page']);
		const asked = sandbox.requests.filter(({ query }) => query.fields === 'access_token');
		expect(asked).toHaveLength(2);
	});

	it.each(['', '@', 'https://www.facebook.com/', 'https://www.facebook.com/profile.php'])(
		'are not guessed from "%s", neither one without a user name',
		async (target) => {
			delete (sandbox.state.pages[0] as { username?: string }).username;
			await publish({ parameters: { text: 'Hello', target: by(pageId()) } });
			const get = { operation: 'getAll', show: 'published_posts', target: by(target) };
			const [json] = await run(get);
			const rule = target ? 'facebook.page.address' : 'facebook.target.empty';
			expect(failureOf(json)).toMatchObject({ rule });
		},
	);

	it('of somebody else are not found', async () => {
		const { json } = await publish({ parameters: { text: 'Hello', target: by('999999999999') } });
		expect(failureOf(json)).toMatchObject({ code: 'not_found', rule: 'facebook.100.33' });
	});
});

describe('somebody without Pages', () => {
	it('is told what to do, in the list and in the node', async () => {
		const tried = node({ resource: 'page', operation: 'getAll', returnAll: true });
		sandbox.state.pages.splice(0);
		const [json] = await outcome(tried);
		expect(failureOf(json)).toMatchObject({
			code: 'permission_missing',
			rule: 'facebook.pages.none',
			remediation: expect.stringMatching(/create a Page.*business_management/),
		});
		await expect(listed(tried, 'searchTargets')).rejects.toThrow('no Facebook Page');
	});
});

describe('what is there', () => {
	it('is got, listed, changed and deleted by ID and URL', async () => {
		const { json } = await publish(KINDS.text);
		await publish({ parameters: { text: 'Two' } });
		const { url, id } = json as { url: string; id: string };
		expect(await run({ operation: 'get', post: by(id) })).toEqual([
			{
				id,
				url,
				text: 'Hello',
				createdAt: expect.any(String),
				published: true,
				type: 'mobile_status_update',
			},
		]);
		expect(await run({ operation: 'update', post: by(url), text: 'One' })).toEqual([
			{ id, updated: true },
		]);
		const posts = await run({ operation: 'getAll', show: 'published_posts', limit: 50 });
		expect(posts.map(({ text }) => text)).toEqual(['Two', 'One']);
		const { results } = await listed(node({ operation: 'get' }), 'searchPosts');
		expect(results.map(({ name }) => name)).toEqual(['Two', 'One']);
		expect(await run({ operation: 'delete', post: by(url) })).toEqual([{ id, deleted: true }]);
		expect(sandbox.state.deleted).toMatchObject([{ id }]);
		const [gone] = await run({ operation: 'get', post: by(id) });
		expect(failureOf(gone)).toMatchObject({ code: 'not_found' });
	});

	it.each([
		['permalink.php', (id: string) => `/permalink.php?story_fbid=${id}&id=61550000000000`],
		['story.php', (id: string) => `/story.php?story_fbid=${id}&id=61550000000000`],
		['its user name', (id: string) => `/demo.page/posts/${id}`],
	])('is told from others by an address with %s', async (_what, addressOf) => {
		const { json: older } = await publish(KINDS.text);
		await publish({ parameters: { text: 'Newer' } });
		const addresses = ['pfbid0older', 'pfbid0newer'].map(
			(id) => `https://www.facebook.com${addressOf(id)}`,
		);
		for (const [at, url] of addresses.entries()) held()[at].url = url;
		const shared = new URL(addresses[0]);
		shared.searchParams.append('mibextid', 'abc');
		expect(await run({ operation: 'delete', post: by(shared.href) })).toEqual([
			{ id: older.id, deleted: true },
		]);
		const [gone] = await run({ operation: 'delete', post: by(addresses[0]) });
		expect(failureOf(gone)).toMatchObject({ rule: 'facebook.post.address' });
		expect(held()).toMatchObject([{ text: 'Newer' }]);
	});

	it.each([
		'https://www.facebook.com/',
		'https://www.facebook.com/permalink.php?id=1',
		'https://www.facebook.com/permalink.php',
	])('is not meant by %s', async (address) => {
		await publish(KINDS.text);
		for (const url of ['', 'https://www.facebook.com/permalink.php?story_fbid=pfbid0&id=1']) {
			held()[0].url = url;
			const [json] = await run({ operation: 'delete', post: by(address) });
			expect(failureOf(json)).toMatchObject({ rule: 'facebook.post.address' });
		}
		expect(held()).toHaveLength(1);
	});

	it.each([
		['/demo.page/posts/77', 'page_77'],
		['/demo.page/posts/a-slug/77/?ref=1', 'page_77'],
		['/permalink.php?story_fbid=77&id=1', 'page_77'],
		['/stories/page_77?x=1', 'page_77'],
		['/demo.page/videos/a-slug/77/', '77'],
		['/reel/77?s=single_unit', '77'],
		['/watch/?ref=1&v=77', '77'],
		['/demo.page/posts/77abc', undefined],
		['/demo.page/videos/77abc', undefined],
		['/reel/77abc', undefined],
		['/permalink.php?story_fbid=77abc&id=1', undefined],
	])('has the ID that stands in %s: %s', async (path, id) => {
		const address = path.replace('/page_', `/${pageId()}_`);
		await run({ operation: 'get', post: by(`https://www.facebook.com${address}`) });
		const asked = sandbox.requests.filter(({ operation }) => operation === 'get');
		const expected = id && `/v26.0/${id.replace('page', pageId())}`;
		expect(asked.map((one) => one.path)).toEqual(expected ? [expected] : []);
	});

	it('is found by a Reel’s own address, and scheduled posts can be published now', async () => {
		const { json } = await publish(KINDS.reel);
		const [reel] = await run({ operation: 'get', post: by(json.url) });
		expect(reel).toMatchObject({ id: held()[0].video, text: 'Hello', published: true });
		const { json: later } = await publish(KINDS.scheduled);
		const waiting = await run({ operation: 'getAll', show: 'scheduled_posts', limit: 50 });
		expect(waiting).toMatchObject([{ id: later.id, published: false }]);
		await run({ operation: 'update', post: by(later.id), text: '', publishNow: true });
		expect(held()[1]).toMatchObject({ published: true, text: 'Hello' });
		const [nothing] = await run({ operation: 'update', post: by(later.id), text: '' });
		expect(failureOf(nothing)).toMatchObject({ rule: 'facebook.update.nothing' });
	});

	it('has comments that are read, written, hidden and deleted', async () => {
		const { json } = await publish(KINDS.text);
		const post = by(json.id);
		const visitor = { on: String(json.id), from: 'visitor', message: 'Hi' };
		const { id } = sandbox.state.addComment(visitor);
		const comment = { resource: 'comment', post };
		const [made] = await run({ ...comment, operation: 'create', message: 'Welcome' });
		const comments = await run({ ...comment, operation: 'getAll', limit: 50 });
		expect(comments.map(({ message }) => message)).toEqual(['Welcome', 'Hi']);
		await run({ ...comment, operation: 'setVisibility', commentId: id, hide: true });
		await run({ ...comment, operation: 'delete', commentId: made.id });
		expect(sandbox.state.comments).toMatchObject([{ id, hidden: true }]);
	});

	it('has insights, whose links to more hold no token', async () => {
		const { json } = await publish(KINDS.text);
		const metrics = 'post_media_view,post_clicks';
		const [post] = await run({ operation: 'getInsights', post: by(json.id), metrics });
		expect(post).toMatchObject({ id: json.id, metrics: [{ metric: 'post_media_view' }, {}] });
		const page = { resource: 'page', operation: 'getInsights', metrics: 'page_follows' };
		const [whole] = await run({
			...page,
			period: 'week',
			since: '2026-11-01',
			until: '2026-11-20',
		});
		expect(whole).toMatchObject({
			id: pageId(),
			metrics: [{ metric: 'page_follows', period: 'week', values: [{ value: 3 }] }],
		});
		expect(JSON.stringify([post, whole])).not.toMatch(/EAA|access_token/);
	});
});

it('asked Facebook only for what Meta describes', asDescribed);
