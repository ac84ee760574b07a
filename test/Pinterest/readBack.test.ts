import { pinterest } from '@/nodes/Pinterest/pinterest';
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

/** Ms after the start of the test; longer than the test takes. */
const SOON = 30_000;

/** A Pin on the board, made this many ms after the start of the test. */
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
	// Pinterest sends a Date header.
	{ date: new Date(Date.now()).toUTCString() },
];
/** Three looks, and a last one after Pinterest has had enough time. */
const looks = (look: Line) => [look, look, look, look];

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
		const { result } = await run([page([pin('4', SOON)], null, place)], { boardSection: SECTION });
		expect(result).toMatchObject({ id: '4' });
	});

	it('is not there if all Pins are older or others when Pinterest has had its time', async () => {
		const look = page([pin('1', -3_600_000), pin('2', 0, { description: null })]);
		const { result } = await run([look, look, page([]), look]);
		expect(result.error).toMatchObject({ code: 'platform_unavailable', retryable: true });
	});

	it('may stand there only at a later look', async () => {
		const { result } = await run([page([]), page([pin('5', SOON)])]);
		expect(result).toMatchObject({ id: '5', status: 'already_published' });
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
		const own = pin('6', SOON, { alt_text: 'Water', media: { media_type: 'image' } });
		const { result } = await run([page([...others, own])], {}, 'Water');
		expect(result).toMatchObject({ id: '6', status: 'already_published' });
		const { result: none } = await run(looks(page(others.slice(0, 1))), {}, 'Water');
		expect(none.error).toMatchObject({ code: 'platform_unavailable' });
	});

	describe('where it has no words', () => {
		const wordless = (id: string, after: number) =>
			pin(id, after, { title: null, description: null, link: null, alt_text: null });
		const node = () => pinterestNode({ media: binary('a') });

		it('is not there if the only new Pin is that of another item', async () => {
			const look = page([wordless('7', SOON)]);
			const talk = conversation(HOST, [me, made('7'), lost, ...looks(look)]);
			const [first, second] = await resultsOf(node(), [await item(), await item()]);
			expect(first).toMatchObject({ id: '7', status: 'published' });
			expect(second.error).toMatchObject({ code: 'platform_unavailable', retryable: true });
			talk.done();
		});

		it('stays open beside a Pin of which nobody knows whose it is', async () => {
			const look = page([wordless('7', SOON), wordless('8', SOON)]);
			const talk = conversation(HOST, [me, made('7'), lost, look, look, look]);
			const [, second] = await resultsOf(node(), [await item(), await item()]);
			expect(second.error).toMatchObject({ code: 'outcome_unknown', retryable: false });
			talk.done();
		});

		it('is not there if there is no new Pin at all', async () => {
			const look = page([wordless('1', -3_600_000)]);
			const talk = conversation(HOST, [me, lost, ...looks(look)]);
			const { error } = await resultOf(node(), [await item()]);
			expect(error).toMatchObject({ code: 'platform_unavailable', retryable: true });
			talk.done();
		});
	});

	it('stays open where the board has more Pins than are looked through', async () => {
		const look = Array.from({ length: 8 }, (_none, index) => page([], `b${index}`));
		const { result } = await run([...look, ...look, ...look]);
		expect(result.error).toMatchObject({ code: 'outcome_unknown' });
	});
});

it('may take five minutes for a request', () => {
	expect(pinterest.readBack).toMatchObject({ requestWithin: 300_000, commitsWithin: 60_000 });
});
