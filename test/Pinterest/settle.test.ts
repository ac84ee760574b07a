import type { IDataObject } from 'n8n-workflow';

import { conversation, type Line } from '@/test/support/conversation';
import { png } from '@/test/support/mediaFixtures';
import { binaryItem } from '@/test/support/binaries';
import {
	binary,
	BOARD,
	HOST,
	made,
	me,
	pinterestNode,
	resultOf,
	resultsOf,
	SECTION,
} from './setup';

const PLACE = `/v5/boards/${BOARD}/pins`;
const lost = ['POST', '/v5/pins', 503, { code: 503, message: 'Oops' }] as const;

/** Later than the test takes, by whatever clock. */
const SOON = 30_000;

/** A Pin on the board, made so many ms after the start of the test. */
const pin = (id: string, after: number | undefined, change: IDataObject = {}) => ({
	id,
	title: 'Lake',
	description: 'Blue \n water',
	link: 'https://example.com/a/',
	...(after !== undefined && {
		created_at: new Date(Date.now() + after).toISOString().slice(0, 19),
	}),
	...change,
});
const page = (items: object[], bookmark: string | null = null, place = PLACE): Line => [
	'GET',
	place,
	200,
	{ items, bookmark },
];

const item = async () =>
	await binaryItem({ a: { data: png(2, 3), fileName: 'a.png', mimeType: 'image/png' } });

async function run(looks: readonly Line[], options: IDataObject = {}, alt = '') {
	const talk = conversation(HOST, [me, lost, ...looks]);
	const node = pinterestNode({
		text: 'Blue water',
		link: 'https://example.com/a',
		media: binary('a', alt),
		options: { title: 'Lake', ...options },
	});
	const result = await resultOf(node, [await item()]);
	talk.done();
	return { result, talk };
}

describe('a Pin of which Pinterest said nothing', () => {
	it('is found on its board, on whatever page', async () => {
		const others = [pin('1', 0, { title: 'Sea' }), pin('2', 0, { link: null })];
		const { result, talk } = await run([page(others, 'next'), page([pin('3', SOON)])]);
		expect(result).toMatchObject({
			id: '3',
			url: 'https://www.pinterest.com/pin/3/',
			status: 'already_published',
		});
		expect(talk.requests.slice(2).map(({ query }) => query)).toEqual([
			{ page_size: '250' },
			{ page_size: '250', bookmark: 'next' },
		]);
	});

	it('is looked for in its section', async () => {
		const place = `/v5/boards/${BOARD}/sections/${SECTION}/pins`;
		const { result } = await run([page([pin('3', SOON)], null, place)], { boardSection: SECTION });
		expect(result).toMatchObject({ id: '3' });
	});

	it('is not there if all Pins are older or others, looked at three times', async () => {
		const look = page([pin('1', -3_600_000), pin('2', 0, { description: null })]);
		const { result } = await run([look, look, page([])]);
		expect(result.error).toMatchObject({ code: 'platform_unavailable', retryable: true });
	});

	it('may stand there only at a later look', async () => {
		const { result } = await run([page([]), page([pin('3', SOON)])]);
		expect(result).toMatchObject({ id: '3', status: 'already_published' });
	});

	it.each<[string, () => object[]]>([
		['a like one was made shortly before, perhaps by another clock', () => [pin('1', -30_000)]],
		['a like one has no date', () => [pin('1', undefined)]],
		['there are two like ones', () => [pin('1', SOON), pin('2', SOON)]],
		['a like one has an alt text, too', () => [pin('1', SOON, { alt_text: 'Sky' })]],
		['a like one is a video', () => [pin('1', SOON, { media: { media_type: 'video' } })]],
		['a like one stands in a section', () => [pin('1', SOON, { board_section_id: SECTION })]],
	])('stays open where %s', async (_what, items) => {
		const look = page(items());
		const { result } = await run([look, look, look]);
		expect(result.error).toMatchObject({ code: 'outcome_unknown', retryable: false });
	});

	it('is told by its alt text from others with the same words', async () => {
		const others = [pin('1', SOON, { alt_text: 'Sky' }), pin('2', SOON, { alt_text: null })];
		const own = pin('3', SOON, { alt_text: 'Water', media: { media_type: 'image' } });
		const { result } = await run([page([...others, own])], {}, 'Water');
		expect(result).toMatchObject({ id: '3', status: 'already_published' });
		const look = page(others.slice(0, 1));
		const { result: none } = await run([look, look, look], {}, 'Water');
		expect(none.error).toMatchObject({ code: 'platform_unavailable' });
	});

	it('is not taken for that of another item where neither has words', async () => {
		const wordless = { title: null, description: null, link: null, alt_text: null };
		const look = page([pin('1', SOON, { ...wordless, media: { media_type: 'image' } })]);
		const talk = conversation(HOST, [me, made('1'), lost, look]);
		const node = pinterestNode({ media: binary('a') });
		const [first, second] = await resultsOf(node, [await item(), await item()]);
		expect(first).toMatchObject({ id: '1', status: 'published' });
		expect(second.error).toMatchObject({ code: 'outcome_unknown', retryable: false });
		talk.done();
	});

	it('without words is not there if there is no new Pin at all', async () => {
		const look = page([pin('1', -3_600_000, { title: null, description: null, link: null })]);
		const talk = conversation(HOST, [me, lost, look, look, look]);
		const node = pinterestNode({ media: binary('a') });
		const { error } = await resultOf(node, [await item()]);
		expect(error).toMatchObject({ code: 'platform_unavailable', retryable: true });
		talk.done();
	});

	it('stays open where the board has more Pins than are looked through', async () => {
		const look = Array.from({ length: 8 }, (_none, index) => page([], `b${index}`));
		const { result } = await run([...look, ...look, ...look]);
		expect(result.error).toMatchObject({ code: 'outcome_unknown' });
	});
});
