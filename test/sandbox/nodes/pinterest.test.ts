import type { IDataObject, ILoadOptionsFunctions } from 'n8n-workflow';

import { Pinterest } from '@/nodes/Pinterest/Pinterest.node';
import { resultOf, resultsOf, tokenData } from '@/test/Pinterest/setup';
import {
	asDescribed,
	boardNamed,
	codeOf,
	item,
	node,
	parametersOf,
	publish,
	restart,
	sandbox,
	usePinterest,
} from './pinterestSetup';

usePinterest();

const operations = () => sandbox.requests.map(({ operation }) => operation);
const located = (value: string) => ({ __rl: true, mode: 'id', value });

describe('a video', () => {
	it('goes to the storage once, as a form without a token, and every byte arrives', async () => {
		expect(await publish(node(parametersOf('film')))).toMatchObject({ status: 'published' });
		expect(operations()).toEqual([
			'me',
			'media.register',
			'media.upload',
			'media.status',
			'media.status',
			'publish',
		]);
		const upload = sandbox.requests.find(({ operation }) => operation === 'media.upload')!;
		expect(upload.headers.authorization).toBeUndefined();
		expect(Number(upload.headers['content-length'])).toBeGreaterThan(300_000);
	});

	it('that takes too long is finished by Resume, without a second upload or Pin', async () => {
		sandbox.faults.next('media.upload', { kind: 'slow-processing', polls: 3 });
		const tried = node(parametersOf('film', { processingWait: 0 }));
		const waiting = await publish(tried);
		const [upload] = sandbox.state.uploads;
		expect(waiting).toMatchObject({ id: upload.id, status: 'processing' });
		expect(sandbox.state.posts).toEqual([]);
		const resume = { ...(waiting.resume as IDataObject), options: {} };
		const parameters = { operation: 'resume', resume };
		const done = await resultOf(tried, [{ json: {} }], { parameters, fresh: true });
		expect(done).toMatchObject({ id: sandbox.state.posts[0].id, status: 'published' });
		expect(sandbox.state).toMatchObject({
			posts: [{ text: 'Film', boardId: boardNamed('Travel').id }],
			uploads: [{ id: upload.id }],
		});
	});
});

describe('two environments', () => {
	it('take an app with Trial access to the sandbox, as the refusal says', async () => {
		await restart({ tier: 'trial' });
		const { error } = await publish(node(parametersOf('file')));
		expect(error).toMatchObject({
			code: 'permission_missing',
			rule: 'pinterest.access.trial',
			remediation: expect.stringContaining('Environment'),
		});
		expect(sandbox.state.posts).toEqual([]);

		const environment = 'sandbox';
		const board = { resource: 'board', operation: 'create', name: 'Trial' };
		const { id } = await resultOf(node(board, { environment }));
		const target = located(String(id));
		const parameters = { ...parametersOf('film'), target };
		expect(await publish(node(parameters, { environment }))).toMatchObject({ status: 'published' });
		expect(sandbox.state.sandbox.posts).toMatchObject([{ text: 'Film', boardId: id }]);
		expect(sandbox.state.posts).toEqual([]);
	});

	it('have tokens of their own, which are renewed where they came from', async () => {
		const { accessToken, refreshToken = '' } = sandbox.issueToken({ kind: 'sandbox' });
		const account = { resource: 'account', operation: 'get' };
		const used = { oauthTokenData: tokenData(accessToken, refreshToken, 3_600_000) };
		expect(codeOf(await resultOf(node(account, { ...used, environment: 'production' })))).toBe(
			'platform_auth_failed',
		);
		const there = node(account, { ...used, environment: 'sandbox' });
		expect(await resultOf(there)).toMatchObject({ account: { name: 'demo' } });
		expect(sandbox.requests.at(-2)).toMatchObject({
			path: '/api-sandbox/v5/oauth/token',
			status: 200,
		});
	});
});

describe('the connection', () => {
	it('is renewed a day before its end, each time with the refresh token that came last', async () => {
		const account = { resource: 'account', operation: 'get' };
		const tried = node(account);
		const { crosspostPinterestOAuth2Api: stored } = tried.stored;
		const seen: unknown[] = [];
		for (const _round of [1, 2]) {
			const { oauthTokenData } = tried.stored.crosspostPinterestOAuth2Api as {
				oauthTokenData: IDataObject;
			};
			seen.push(oauthTokenData.refresh_token);
			tried.stored.crosspostPinterestOAuth2Api = {
				...stored,
				oauthTokenData: { ...oauthTokenData, n8n_expires_at: String(Date.now() + 3_600_000) },
			};
			expect(await resultOf(tried, [{ json: {} }], { fresh: true })).toMatchObject({
				account: { name: 'demo' },
			});
		}
		expect(operations()).toEqual(['token', 'me', 'token', 'me']);
		expect(new Set(seen).size).toBe(2);
	});

	it('that Pinterest cannot renew at the moment may be tried again', async () => {
		const { accessToken, refreshToken = '' } = sandbox.issueToken();
		const oauthTokenData = { ...tokenData(accessToken, refreshToken), n8n_expires_at: '1' };
		sandbox.faults.next('token', { kind: '5xx-before' });
		expect(await publish(node(parametersOf('file'), { oauthTokenData }))).toMatchObject({
			error: { code: 'platform_unavailable', retryable: true },
		});
	});
});

describe('what there is on Pinterest', () => {
	it('is read, changed and deleted', async () => {
		const tried = node(parametersOf('file'));
		const { id, url } = await resultOf(tried, [await item()]);
		const act = async (parameters: object) =>
			await resultsOf(tried, [{ json: {} }], {
				parameters: parameters as IDataObject,
				fresh: true,
			});
		const post = located(String(url));
		expect(await act({ operation: 'get', post })).toMatchObject([
			{ id, title: 'Lake', altText: 'Water' },
		]);
		const recipes = boardNamed('Recipes').id;
		const changes = { title: 'Sea', board: recipes };
		expect(await act({ operation: 'update', post, changes })).toMatchObject([
			{ id, title: 'Sea', boardId: recipes },
		]);
		expect(
			await act({ operation: 'analytics', post, metrics: ['IMPRESSION', 'SAVE'] }),
		).toMatchObject([{ id, summary_metrics: { IMPRESSION: 1, SAVE: 2 } }]);
		expect(await act({ operation: 'getAll' })).toMatchObject([{ id }]);
		expect(await act({ operation: 'delete', post })).toEqual([{ id, deleted: true }]);
		expect(await act({ operation: 'get', post })).toMatchObject([{ error: { code: 'not_found' } }]);
	});

	it('is listed to the end: boards, sections and Pins of both', async () => {
		for (let index = 0; index < 260; index += 1) sandbox.state.addBoard({ name: `More ${index}` });
		const { id: boardId, sections } = boardNamed('Travel');
		for (let index = 0; index < 255; index += 1)
			sandbox.state.addPin({ boardId, sectionId: sections[index % 2].id });
		const count = async (parameters: IDataObject) =>
			(await resultsOf(node({ returnAll: true, ...parameters }))).length;
		expect(await count({ resource: 'board', operation: 'getAll' })).toBe(264);
		expect(await count({ resource: 'board', operation: 'getAll', privacyFilter: 'SECRET' })).toBe(
			1,
		);
		expect(await count({ resource: 'boardSection', operation: 'getAll' })).toBe(2);
		expect(await count({ resource: 'board', operation: 'getPins' })).toBe(255);
		const boardSection = located(sections[1].id);
		expect(await count({ resource: 'board', operation: 'getPins', boardSection })).toBe(127);
		expect(await count({ operation: 'getAll', returnAll: false, limit: 3 })).toBe(3);
	});

	it('grows by boards and sections', async () => {
		const board = { resource: 'board', operation: 'create', name: 'New', privacy: 'SECRET' };
		const { id } = await resultOf(node(board));
		sandbox.faults.next('section.create', { kind: 'conflict' });
		const section = {
			resource: 'boardSection',
			operation: 'create',
			name: 'A',
			target: located(String(id)),
		};
		expect(await resultOf(node(section))).toMatchObject({ name: 'A' });
		expect(boardNamed('New')).toMatchObject({ privacy: 'SECRET', sections: [{ name: 'A' }] });
	});

	it('is offered in the editor: boards by pages, sections of the chosen one', async () => {
		for (let index = 0; index < 260; index += 1) sandbox.state.addBoard({ name: `More ${index}` });
		const { listSearch } = new Pinterest().methods;
		const context = node({}).loadOptions() as unknown as ILoadOptionsFunctions;
		const first = await listSearch.searchTargets.call(context);
		const second = await listSearch.searchTargets.call(
			context,
			'',
			first.paginationToken as string,
		);
		expect([first.results.length, second.results.length]).toEqual([249, 14]);
		const found = await listSearch.searchTargets.call(context, 'more 25');
		expect(found.results).toHaveLength(11);
		const { results } = await listSearch.searchSections.call(context);
		expect(results.map(({ name }) => name)).toEqual(['Japan', 'Peru']);
	});
});

it('asked Pinterest only for what its OpenAPI file knows', () => asDescribed());
