import type { IDataObject, ILoadOptionsFunctions } from 'n8n-workflow';
import { DateTime } from 'luxon';

import { Pinterest } from '@/nodes/Pinterest/Pinterest.node';
import { conversation, type Line } from '@/test/support/conversation';
import { BOARD, HOST, pinterestNode, resultsOf, SECTION } from './setup';

async function run(parameters: IDataObject, lines: readonly Line[]) {
	const talk = conversation(HOST, lines);
	const results = await resultsOf(pinterestNode(parameters));
	talk.done();
	const asked = talk.requests.map(({ query, body }) => (body ? body : query));
	return { results, asked };
}

const post = (value: string) => ({ __rl: true, mode: 'id', value });
const PIN = {
	id: '9',
	title: 'Lake',
	description: null,
	link: null,
	alt_text: 'Water',
	created_at: '2026-11-22T01:02:03',
	board_id: BOARD,
	board_section_id: SECTION,
	media: { media_type: 'image' },
	is_owner: true,
};
const SHORT = {
	id: '9',
	url: 'https://www.pinterest.com/pin/9/',
	text: 'Lake',
	title: 'Lake',
	link: null,
	altText: 'Water',
	boardId: BOARD,
	boardSectionId: SECTION,
	mediaType: 'image',
	createdAt: '2026-11-22T01:02:03',
};

describe('Pins', () => {
	it.each(['9', 'https://www.pinterest.com/pin/9/', 'https://de.pinterest.com/pin/a-lake--9/?x=1'])(
		'are read by %s',
		async (value) => {
			const { results } = await run({ operation: 'get', post: post(value) }, [
				['GET', '/v5/pins/9', 200, PIN],
			]);
			expect(results).toEqual([SHORT]);
		},
	);

	it.each([
		['https://pin.it/abc', 'pinterest.pin.address'],
		['https://www.pinterest.com/alice/recipes/', 'pinterest.pin.address'],
		['', 'pinterest.post.empty'],
	])('are not to be read by "%s"', async (value, rule) => {
		const { results } = await run({ operation: 'get', post: post(value) }, []);
		expect(results).toMatchObject([{ error: { rule } }]);
	});

	it('are given as they are without Simplify', async () => {
		const parameters = { operation: 'get', post: post('9'), simplify: false };
		expect((await run(parameters, [['GET', '/v5/pins/9', 200, PIN]])).results).toEqual([PIN]);
	});

	it('are changed in what is named, and that may be emptied', async () => {
		const changes = { title: 'Sea', description: '', altText: 'Waves', board: '1', section: '2' };
		const { results, asked } = await run({ operation: 'update', post: post('9'), changes }, [
			['PATCH', '/v5/pins/9', 200, { ...PIN, title: 'Sea' }],
		]);
		expect(asked).toEqual([
			{ title: 'Sea', description: '', alt_text: 'Waves', board_id: '1', board_section_id: '2' },
		]);
		expect(results).toMatchObject([{ id: '9', title: 'Sea' }]);
		const nothing = await run({ operation: 'update', post: post('9'), changes: {} }, []);
		expect(nothing.results).toMatchObject([{ error: { rule: 'pinterest.update.empty' } }]);
	});

	it('are deleted', async () => {
		const { results } = await run({ operation: 'delete', post: post('9') }, [
			['DELETE', '/v5/pins/9', 204, ''],
		]);
		expect(results).toEqual([{ id: '9', deleted: true }]);
	});

	it('are listed to the end, or up to a limit', async () => {
		const page = (path: string, ids: string[], bookmark: string | null): Line => [
			'GET',
			path,
			200,
			{ items: ids.map((id) => ({ ...PIN, id })), bookmark },
		];
		const all = await run({ operation: 'getAll', returnAll: true }, [
			page('/v5/pins', ['1', '2'], 'b'),
			page('/v5/pins', ['3'], ''),
		]);
		expect(all.results.map(({ id }) => id)).toEqual(['1', '2', '3']);
		expect(all.asked).toEqual([{ page_size: '250' }, { page_size: '250', bookmark: 'b' }]);
		const path = `/v5/boards/${BOARD}/pins`;
		const some = await run({ resource: 'board', operation: 'getPins', limit: 2 }, [
			page(path, ['1', '2'], 'b'),
		]);
		expect([some.results.length, some.asked]).toEqual([2, [{ page_size: '2' }]]);
		const boardSection = { __rl: true, mode: 'id', value: SECTION };
		await run({ resource: 'board', operation: 'getPins', boardSection }, [
			page(`/v5/boards/${BOARD}/sections/${SECTION}/pins`, ['1'], null),
		]);
	});

	it('have analytics by day and in sum', async () => {
		const all = {
			daily_metrics: [],
			lifetime_metrics: { TOTAL_REACTIONS: 2 },
			summary_metrics: {},
		};
		const answer: Line = ['GET', '/v5/pins/9/analytics', 200, { all }];
		const metrics = ['SAVE', 'IMPRESSION'];
		const parameters = { operation: 'analytics', post: post('9'), metrics };
		const { results, asked } = await run(
			{ ...parameters, from: '2026-11-01T23:30:00-05:00', to: '2026-11-20' },
			[answer],
		);
		expect(results).toEqual([{ id: '9', url: SHORT.url, ...all }]);
		expect(asked).toEqual([
			{ start_date: '2026-11-02', end_date: '2026-11-20', metric_types: 'SAVE,IMPRESSION' },
		]);
		const today = DateTime.utc();
		expect((await run(parameters, [answer])).asked).toMatchObject([
			{ start_date: today.minus({ days: 30 }).toISODate(), end_date: today.toISODate() },
		]);
	});

	it.each([
		['a DateTime', '={{ DateTime.fromISO("2026-11-01T23:30:00", { zone: "UTC-5" }) }}'],
		['a Date', '={{ new Date("2026-11-02T04:30:00Z") }}'],
		['a text', '={{ "2026-11-02" }}'],
	])('have analytics since %s of an expression', async (_what, from) => {
		const parameters = { operation: 'analytics', post: post('9'), metrics: ['SAVE'] };
		const { asked } = await run({ ...parameters, from, to: '2026-11-20' }, [
			['GET', '/v5/pins/9/analytics', 200, { all: {} }],
		]);
		expect(asked).toMatchObject([{ start_date: '2026-11-02', end_date: '2026-11-20' }]);
	});

	it.each([
		['From', { from: 'yesterday' }],
		['To', { from: '2026-11-01', to: '20.11.2026' }],
	])('have no analytics where %s is no date: %j', async (field, period) => {
		const parameters = { operation: 'analytics', post: post('9'), metrics: ['SAVE'] };
		const { results } = await run({ ...parameters, ...period }, []);
		expect(results).toMatchObject([
			{
				error: {
					code: 'validation_failed',
					rule: 'pinterest.analytics.date',
					message: expect.stringMatching(`^${field} is ".*", which is not a date$`),
				},
			},
		]);
	});
});

describe('boards and sections', () => {
	const board = {
		id: '1',
		name: 'Recipes',
		privacy: 'PUBLIC',
		owner: { username: 'alice' },
		pin_count: 2,
	};

	it('are listed', async () => {
		const { results, asked } = await run(
			{ resource: 'board', operation: 'getAll', returnAll: true, privacyFilter: 'SECRET' },
			[
				['GET', '/v5/boards', 200, { items: [board], bookmark: 'b' }],
				['GET', '/v5/boards', 200, { items: [{ ...board, id: '2' }], bookmark: null }],
			],
		);
		expect(asked).toEqual([
			{ privacy: 'SECRET', page_size: '250' },
			{ privacy: 'SECRET', page_size: '250', bookmark: 'b' },
		]);
		expect(results).toMatchObject([
			{
				id: '1',
				name: 'Recipes',
				owner: 'alice',
				ownerUrl: 'https://www.pinterest.com/alice/',
				pins: 2,
			},
			{ id: '2' },
		]);
		const items = [{ id: SECTION, name: 'Japan' }];
		const sections = await run({ resource: 'boardSection', operation: 'getAll' }, [
			['GET', `/v5/boards/${BOARD}/sections`, 200, { items, bookmark: null }],
		]);
		expect(sections.results).toEqual(items);
	});

	it('are made', async () => {
		const made = await run(
			{
				resource: 'board',
				operation: 'create',
				name: 'New',
				boardDescription: 'Things',
				privacy: 'SECRET',
			},
			[['POST', '/v5/boards', 201, { ...board, name: 'New' }]],
		);
		expect(made.asked).toEqual([{ name: 'New', description: 'Things', privacy: 'SECRET' }]);
		const section = await run({ resource: 'boardSection', operation: 'create', name: 'Peru' }, [
			['POST', `/v5/boards/${BOARD}/sections`, 201, { id: '3', name: 'Peru' }],
		]);
		expect([section.asked, section.results]).toEqual([
			[{ name: 'Peru' }],
			[{ id: '3', name: 'Peru' }],
		]);
	});
});

describe('lists in the editor', () => {
	const { listSearch } = new Pinterest().methods;
	const search = async (
		name: keyof typeof listSearch,
		lines: readonly Line[],
		asked: [filter?: string, cursor?: string] = [],
		parameters: IDataObject = {},
	) => {
		const talk = conversation(HOST, lines);
		const context = pinterestNode(parameters).loadOptions() as unknown as ILoadOptionsFunctions;
		const found = await listSearch[name].call(context, ...asked);
		talk.done();
		return { found, asked: talk.requests.map(({ query }) => query) };
	};
	const boards = (names: string[], bookmark: string | null, change: object = {}): Line => [
		'GET',
		'/v5/boards',
		200,
		{ items: names.map((name, index) => ({ id: `${index}`, name, ...change })), bookmark },
	];

	it('show boards page by page, without those for ads', async () => {
		const first = await search('searchTargets', [boards(['Recipes', 'Travel'], 'b')]);
		expect(first.found).toEqual({
			results: [
				{ name: 'Recipes', value: '0' },
				{ name: 'Travel', value: '1' },
			],
			paginationToken: 'b',
		});
		const secret = boards(['Plans'], null, { privacy: 'SECRET' });
		expect((await search('searchTargets', [secret], ['', 'b'])).found).toEqual({
			results: [{ name: 'Plans (secret)', value: '0' }],
		});
		const ads = boards(['Ad-only Pins'], null, { is_ads_only: true });
		expect((await search('searchTargets', [ads])).found).toEqual({ results: [] });
	});

	it('look through all pages for what is typed', async () => {
		const pages = [boards(['Recipes', 'My travels'], 'b'), boards(['Travel'], null)];
		const { found, asked } = await search('searchTargets', pages, ['trav']);
		expect(found).toEqual({
			results: [
				{ name: 'My travels', value: '1' },
				{ name: 'Travel', value: '0' },
			],
		});
		expect(asked).toEqual([{ page_size: '250' }, { page_size: '250', bookmark: 'b' }]);
	});

	it('show the sections of the chosen board', async () => {
		const items = [{ id: SECTION, name: 'Japan' }];
		const line: Line = ['GET', `/v5/boards/${BOARD}/sections`, 200, { items, bookmark: null }];
		const { found } = await search('searchSections', [line], ['jap']);
		expect(found).toEqual({ results: [{ name: 'Japan', value: SECTION }] });
		const unchosen = search('searchSections', [], [], { target: '' });
		await expect(unchosen).rejects.toThrow('Choose a board first');
	});

	it('show Pins by what they say', async () => {
		const line: Line = ['GET', '/v5/pins', 200, { items: [PIN], bookmark: null }];
		const { found } = await search('searchPosts', [line]);
		expect(found).toEqual({ results: [{ name: 'Lake', value: '9', url: SHORT.url }] });
	});
});

it('tells whose account it is', async () => {
	const { results } = await run({ resource: 'account', operation: 'get' }, [
		['GET', '/v5/user_account', 200, { id: '7', username: 'alice', account_type: 'BUSINESS' }],
	]);
	expect(results).toMatchObject([
		{
			account: { id: '7', name: 'alice' },
			url: 'https://www.pinterest.com/alice/',
			details: { account_type: 'BUSINESS' },
			scopes: { missing: [] },
			token: { renewedByItself: true },
		},
	]);
});
