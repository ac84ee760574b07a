import nock from 'nock';

import { conversation } from '../support/conversation';
import { resultOf, xNode } from './setup';

const X = 'https://api.x.com';
const me = ['GET', '/2/users/me', 200, { data: { id: '7', username: 'alice' } }] as const;
const lost = ['POST', '/2/tweets', 503] as const;

const posts = (...ages: number[]) => {
	const created = (age: number) => new Date(Date.now() - age).toISOString();
	const data = ages.map((age, index) => ({
		id: `${index}`,
		text: 'Other',
		created_at: created(age),
	}));
	const date = new Date(Date.now()).toUTCString();
	const meta = { next_token: 'more' };
	return ['GET', '/2/users/7/tweets', 200, { data, meta }, { date }] as const;
};
/** Three looks, and a last one after X has had enough time. */
const looks = (...ages: number[]) => Array.from({ length: 4 }, () => posts(...ages));

const again = ['POST', '/2/tweets', 201, { data: { id: '9' } }] as const;
const SINCE = [-4000, -3000, -2000, -1000];
/** Older than a corrected clock can explain. */
const OLD = 20 * 60_000;

const node = (options = {}) => xNode({ text: 'Hello', options }, { continueOnFail: true });

describe('a post of which X said nothing', () => {
	it('is looked for on as many pages as the account has filled since', async () => {
		const page = posts(-5000, ...SINCE);
		const talk = conversation(X, [me, lost, page, posts(...SINCE, OLD), ...looks(OLD).slice(1)]);
		expect((await resultOf(node())).error).toMatchObject({ code: 'platform_unavailable' });
		expect(talk.requests.map(({ query }) => query.pagination_token).slice(2, 5)).toEqual([
			undefined,
			'more',
			undefined,
		]);
		talk.done();
	});

	it('stays open where the account has posted more since than are looked at', async () => {
		// A page whose link leads to itself has no next page.
		const page = posts(-5000, ...SINCE);
		conversation(X, [me, lost, ...Array(6).fill(page), again]);
		const tried = node();
		expect((await resultOf(tried)).error).toMatchObject({ code: 'outcome_unknown' });
		expect(nock.pendingMocks()).toHaveLength(1);
	});

	it('is not out where all posts since are seen when X has had its time', async () => {
		const talk = conversation(X, [me, lost, ...looks(...SINCE, OLD), again]);
		const tried = node();
		expect((await resultOf(tried)).error).toMatchObject({
			code: 'platform_unavailable',
			retryable: true,
		});
		expect(await resultOf(tried)).toMatchObject({ id: '9', status: 'published' });
		talk.done();
	});

	it('stays open where X does not show the account’s posts, and is looked for in the next run', async () => {
		const down = ['GET', '/2/users/7/tweets', 400, { title: 'Invalid Request' }] as const;
		const talk = conversation(X, [me, lost, down, ...looks(OLD), again]);
		const tried = node();
		expect((await resultOf(tried)).error).toMatchObject({ code: 'outcome_unknown' });
		expect(await resultOf(tried)).toMatchObject({ id: '9', status: 'published' });
		talk.done();
	});

	it.each([
		['only its community sees', { community: '5' }, 'outcome_unknown', 3],
		[
			'is shared with the followers too',
			{ community: '5', shareWithFollowers: true },
			'platform_unavailable',
			4,
		],
	])('that %s: %j', async (_who, options, code, times) => {
		const talk = conversation(X, [me, lost, ...looks(OLD).slice(4 - times)]);
		expect((await resultOf(node(options))).error).toMatchObject({ code });
		talk.done();
	});
});
