import { startSandbox, type Sandbox } from '.';
import { ask, fileServer, outcome, png, type Answer } from './plainHttp';
import type { ThreadsState } from './threads/model';

jest.setTimeout(60_000);

let files: Awaited<ReturnType<typeof fileServer>>;
let sandbox: Sandbox<ThreadsState>;
let token: string;

beforeAll(async () => {
	files = await fileServer({ '/a.png': png(100, 80) });
});

afterAll(() => files.stop());

beforeEach(async () => {
	const crawl = { 'https://n8n.example.com/': files.url };
	sandbox = await startSandbox('threads', { crawl });
	token = sandbox.issueToken().accessToken;
});

afterEach(async () => await sandbox.stop());

const call = async (method: string, path: string, query: Record<string, string> = {}, as = token) =>
	await ask(`${sandbox.url}/v1.0${path}`, { method, query: { access_token: as, ...query } });
const id = (answer: Answer) => (answer.body as { id: string }).id;
const error = (answer: Answer) => (answer.body as { error: Record<string, unknown> }).error;
const container = async (query: Record<string, string>) => await call('POST', '/me/threads', query);
const publish = async (creation_id: string) =>
	await call('POST', '/me/threads_publish', { creation_id });
const status = async (one: string) =>
	(await call('GET', `/${one}`, { fields: 'status,error_message' })).body as {
		status: string;
		error_message?: string;
	};
const image = { media_type: 'IMAGE', image_url: 'https://n8n.example.com/a.png' };

describe('reading', () => {
	const text = async (words: string, more: Record<string, string> = {}) =>
		id(await container({ media_type: 'TEXT', text: words, auto_publish_text: 'true', ...more }));

	it('pages own posts, with a next that carries the token', async () => {
		for (const words of ['1', '2', '3', '4', '5']) await text(words);
		const texts: string[] = [];
		let after: string | undefined = '';
		while (after !== undefined) {
			const { body } = await call('GET', '/me/threads', {
				fields: 'text',
				limit: '2',
				...(after && { after }),
			});
			const { data, paging } = body as {
				data: Array<{ text: string }>;
				paging: { cursors: { after: string }; next?: string };
			};
			texts.push(...data.map((post) => post.text));
			after = paging.next && paging.cursors.after;
			if (paging.next) expect(new URL(paging.next).searchParams.get('access_token')).toBe(token);
		}
		expect(texts).toEqual(['5', '4', '3', '2', '1']);
	});

	it('shows replies and conversation, quotas, quotes, reposts, and deletes', async () => {
		const root = await text('root');
		const answer = await text('answer', { reply_to_id: root });
		const deep = await text('deep', { reply_to_id: answer });
		const stranger = sandbox.state.addPost({ account: 'stranger', text: 'far' });
		const writer = sandbox.issueToken({
			scopes: ['threads_basic', 'threads_content_publish'],
		}).accessToken;
		const cold = { media_type: 'TEXT', text: 'cold', reply_to_id: stranger.id };
		expect(error(await call('POST', '/me/threads', cold, writer))).toMatchObject({ code: 10 });
		const ids = async (path: string) =>
			(
				(await call('GET', path, { reverse: 'false' })).body as { data: Array<{ id: string }> }
			).data.map((one) => one.id);
		expect(await ids(`/${root}/replies`)).toEqual([answer]);
		expect(await ids(`/${root}/conversation`)).toEqual([answer, deep]);
		expect(await ids('/me/replies')).toEqual([deep, answer]);
		await text('look', { quote_post_id: stranger.id });
		expect((await call('POST', `/${stranger.id}/repost`)).status).toBe(200);
		const limit = await call('GET', '/me/threads_publishing_limit', {
			fields: 'quota_usage,config,reply_quota_usage',
		});
		expect(limit.body).toEqual({
			data: [
				{
					quota_usage: 2,
					config: { quota_total: 250, quota_duration: 86_400 },
					reply_quota_usage: 2,
				},
			],
		});
		expect((await call('DELETE', `/${root}`)).body).toEqual({ success: true, deleted_id: root });
		expect(error(await call('DELETE', `/${root}`))).toMatchObject({ code: 100, error_subcode: 33 });
	});
});

describe('faults', () => {
	it.each([
		['429', 403, 4, 0],
		['5xx-before', 503, 2, 0],
		['5xx-after', 503, 2, 1],
		['cut-before', 'cut', undefined, 0],
		['cut-after', 'cut', undefined, 1],
		['expired-token', 400, 190, 0],
		['revoked-token', 400, 190, 0],
		['refused', 400, 100, 0],
		['not-visible-yet', 400, 24, 0],
		['unknown', 500, 1, 0],
	] as const)('%s', async (kind, expected, code, held) => {
		const made = id(await container({ media_type: 'TEXT', text: 'a' }));
		sandbox.faults.next('publish', { kind });
		const answer = publish(made);
		expect(await outcome(answer)).toBe(expected);
		if (code) expect(error(await answer)).toMatchObject({ code });
		expect(sandbox.state.posts).toHaveLength(held);
		const again = await publish(made);
		expect(again.status).toBe(held || kind.endsWith('-token') ? 400 : 200);
	});

	it('slow processing and refused media', async () => {
		sandbox.faults.next(
			'container',
			{ kind: 'slow-processing', polls: 2 },
			{ kind: 'media-refused' },
			{ kind: 'media-refused', late: true },
		);
		const slow = id(await container({ media_type: 'TEXT', text: 'a' }));
		const states = [await status(slow), await status(slow), await status(slow)].map(
			(one) => one.status,
		);
		expect(states).toEqual(['IN_PROGRESS', 'IN_PROGRESS', 'FINISHED']);
		expect(error(await container(image))).toMatchObject({ code: 1, error_subcode: 2_207_052 });
		const late = id(await container(image));
		await status(late);
		expect(await status(late)).toMatchObject({ status: 'ERROR' });
	});
});
