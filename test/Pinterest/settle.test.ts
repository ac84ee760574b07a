import type { IDataObject } from 'n8n-workflow';

import { conversation, type Line } from '@/test/support/conversation';
import { png } from '@/test/support/mediaFixtures';
import { binaryItem } from '@/test/support/n8n';
import type * as time from '@/test/support/time';
import { binary, BOARD, HOST, me, pinterestNode, resultOf, SECTION } from './setup';

jest.mock('n8n-workflow', () => ({
	...jest.requireActual<object>('n8n-workflow'),
	sleep: jest.requireActual<typeof time>('../support/time').sleep,
}));

const PLACE = `/v5/boards/${BOARD}/pins`;
const lost = ['POST', '/v5/pins', 503, { code: 503, message: 'Oops' }] as const;

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

async function run(looks: readonly Line[], options: IDataObject = {}) {
	const talk = conversation(HOST, [me, lost, ...looks]);
	const node = pinterestNode({
		text: 'Blue water',
		link: 'https://example.com/a',
		media: binary('a'),
		options: { title: 'Lake', ...options },
	});
	const item = await binaryItem({
		a: { data: png(2, 3), fileName: 'a.png', mimeType: 'image/png' },
	});
	const result = await resultOf(node, [item]);
	talk.done();
	return { result, talk };
}

describe('a Pin of which Pinterest said nothing', () => {
	it('is found on its board, on whatever page', async () => {
		const others = [pin('1', 0, { title: 'Sea' }), pin('2', 0, { link: null })];
		const { result, talk } = await run([page(others, 'next'), page([pin('3', 1000)])]);
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
		const { result } = await run([page([pin('3', 1000)], null, place)], { boardSection: SECTION });
		expect(result).toMatchObject({ id: '3' });
	});

	it('is not there if all Pins are older or others, looked at three times', async () => {
		const look = page([pin('1', -3_600_000), pin('2', 0, { description: null })]);
		const { result } = await run([look, look, page([])]);
		expect(result.error).toMatchObject({ code: 'platform_unavailable', retryable: true });
	});

	it('may stand there only at a later look', async () => {
		const { result } = await run([page([]), page([pin('3', 1000)])]);
		expect(result).toMatchObject({ id: '3', status: 'already_published' });
	});

	it.each([
		['a like one was made shortly before, perhaps by another clock', [pin('1', -30_000)]],
		['a like one has no date', [pin('1', undefined)]],
	])('stays open where %s', async (_what, items) => {
		const { result } = await run([page(items), page(items), page(items)]);
		expect(result.error).toMatchObject({ code: 'outcome_unknown', retryable: false });
	});

	it('stays open where the board has more Pins than are looked through', async () => {
		const look = Array.from({ length: 8 }, (_none, index) => page([], `b${index}`));
		const { result } = await run([...look, ...look, ...look]);
		expect(result.error).toMatchObject({ code: 'outcome_unknown' });
	});
});
