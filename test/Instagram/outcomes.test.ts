import { conversation, type Line } from '@/test/support/conversation';
import { jpeg } from '@/test/support/mediaFixtures';
import {
	finished,
	fromUrls,
	HOST,
	instagramNode,
	MEDIA,
	outcome,
	post,
	PUBLISH,
	serve,
	shown,
} from './setup';

const graph = (code: number, error_subcode?: number, more: object = {}) => ({
	error: { message: 'Said so', type: 'OAuthException', code, error_subcode, ...more },
});
const now = () => new Date(Date.now()).toISOString().replace(/\.\d+Z$/, '+0000');
const ready = post('1').slice(0, 2);
/** Several looks at once, and one after Instagram has had enough time. */
const settling = Array<Line>(6).fill(['GET', '/v26.0/c1', 200, finished('c1')]);

const hello = (options: object = {}) => {
	serve({ '/a.jpg': jpeg(100, 100) });
	return instagramNode({ text: 'Hello', media: fromUrls('/a.jpg'), options });
};

describe.each([
	['HTTP 502', 502, '<html>'],
	['code 1', 400, graph(1)],
	['code 2', 500, graph(2)],
	['code -1', 400, graph(-1, 2_207_001)],
])('a publishing request answered with %s', (_name, status, body) => {
	const lost: Line = ['POST', PUBLISH, status, body];

	it('is settled as published by its container, and the post is found', async () => {
		const talk = conversation(HOST, [
			...ready,
			lost,
			['GET', '/v26.0/c1', 200, finished('c1')],
			['GET', '/v26.0/c1', 200, { id: 'c1', status_code: 'PUBLISHED' }],
			['GET', MEDIA, 200, { data: [shown('8', { caption: 'Another', timestamp: now() })] }],
			[
				'GET',
				MEDIA,
				200,
				{
					data: [
						shown('9', { caption: 'Another', timestamp: now() }),
						shown('10', { media_type: 'VIDEO', timestamp: now() }),
						shown('1', { timestamp: now() }),
						shown('0', { timestamp: '2020-01-01T00:00:00+0000' }),
					],
				},
			],
		]);
		const node = hello();
		const [result] = await outcome(node);
		expect(result).toMatchObject({
			id: '1',
			url: 'https://www.instagram.com/p/C1/',
			status: 'already_published',
			warnings: [],
		});
		expect(await outcome(node)).toEqual([result]);
		talk.done();
	});

	it('is settled as not published by its container, and the next run publishes', async () => {
		const talk = conversation(HOST, [
			...ready,
			lost,
			...settling,
			['GET', '/v26.0/c1', 200, finished('c1')],
			...post('2'),
		]);
		const node = hello();
		expect(await outcome(node)).toMatchObject([{ error: { code: 'platform_unavailable' } }]);
		serve({ '/a.jpg': jpeg(100, 100) });
		expect(await outcome(node)).toMatchObject([{ id: '2', status: 'published' }]);
		talk.done();
	});

	it('stays unknown where the container cannot be read', async () => {
		const talk = conversation(HOST, [...ready, lost, ['GET', '/v26.0/c1', 400, graph(190, 463)]]);
		expect(await outcome(hello())).toMatchObject([
			{ error: { code: 'outcome_unknown', retryable: false } },
		]);
		talk.done();
	});

	it('is published also where the post is not listed', async () => {
		const talk = conversation(HOST, [
			...ready,
			lost,
			['GET', '/v26.0/c1', 200, { id: 'c1', status_code: 'PUBLISHED' }],
			['GET', MEDIA, 400, graph(10)],
		]);
		expect(await outcome(hello())).toMatchObject([
			{
				id: 'c1',
				status: 'already_published',
				warnings: [
					'Looking for the post on the account failed: Instagram: Said so (10)',
					'Instagram says that the post is out but does not list it yet: the ID is that of its container.',
				],
			},
		]);
		talk.done();
	});
});

it('a post that is out is not guessed among others with the same words', async () => {
	const alike = ['91', '92'].map((id) => shown(id, { timestamp: now() }));
	const talk = conversation(HOST, [
		...ready,
		['POST', PUBLISH, 500, ''],
		['GET', '/v26.0/c1', 200, { id: 'c1', status_code: 'PUBLISHED' }],
		['GET', MEDIA, 200, { data: alike }],
	]);
	expect(await outcome(hello({ firstComment: '#one' }))).toMatchObject([
		{
			id: 'c1',
			status: 'already_published',
			warnings: [
				'Instagram says that the post is out but not which of these it is: https://www.instagram.com/p/C91/, https://www.instagram.com/p/C92/: the ID is that of its container.',
				'The first comment was not added.',
			],
		},
	]);
	talk.done();
});

describe('a suspicion of spam at the publishing request', () => {
	const spam: Line = ['POST', PUBLISH, 400, graph(4, 2_207_051)];

	it('is no failure if the post is out all the same, whose first comment is added once', async () => {
		const published: Line = ['GET', '/v26.0/c1', 200, { id: 'c1', status_code: 'PUBLISHED' }];
		const talk = conversation(HOST, [
			...ready,
			spam,
			published,
			['GET', MEDIA, 200, { data: [shown('1', { timestamp: now() })] }],
			['GET', '/v26.0/1/comments', 200, { data: [{ id: '5', text: 'Nice' }] }],
			['POST', '/v26.0/1/comments', 200, { id: '6' }],
		]);
		expect(await outcome(hello({ firstComment: '#one' }))).toMatchObject([
			{ id: '1', status: 'already_published', warnings: [] },
		]);
		talk.done();
	});

	it('is believed if the post is not there', async () => {
		const talk = conversation(HOST, [...ready, spam, ...settling]);
		expect(await outcome(hello())).toMatchObject([
			{ error: { code: 'platform_rejected', rule: 'instagram.4.2207051', retryable: false } },
		]);
		talk.done();
	});
});
