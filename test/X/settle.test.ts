import nock from 'nock';

import { conversation } from '../support/conversation';
import { advance } from '../support/time';
import { xNode } from './setup';

const X = 'https://api.x.com';
const me = ['GET', '/2/users/me', 200, { data: { id: '7', username: 'alice' } }] as const;
const lost = ['POST', '/2/tweets', 503] as const;
const down = ['GET', '/2/users/7/tweets', 400] as const;

const posts = (...ages: number[]) => {
	const created = (age: number) => new Date(Date.now() - age).toISOString();
	const data = ages.map((age, index) => ({
		id: `${index}`,
		text: 'Other',
		created_at: created(age),
	}));
	return ['GET', '/2/users/7/tweets', 200, { data }] as const;
};
const looks = (...ages: number[]) => Array.from({ length: 3 }, () => posts(...ages));

const again = ['POST', '/2/tweets', 201, { data: { id: '9' } }] as const;

describe('a post of which X said nothing, in the next run', () => {
	it('stays open where the account has posted more since than are looked at', async () => {
		conversation(X, [me, lost, down, ...looks(-5000, -4000, -3000, -2000, -1000), again]);
		const node = xNode({ text: 'Hello' }, { continueOnFail: true });
		await node.run();
		const [[{ json }]] = await node.run();
		expect(json.error).toMatchObject({ code: 'outcome_unknown' });
		expect(nock.pendingMocks()).toHaveLength(1);
	});

	it('stays open as long as X may not show it yet', async () => {
		const seen = looks(-1000, 60_000);
		const talk = conversation(X, [me, lost, ...seen, ...seen]);
		const node = xNode({ text: 'Hello' }, { continueOnFail: true });
		for (const _run of [1, 2]) {
			const [[{ json }]] = await node.run();
			expect(json.error).toMatchObject({ code: 'outcome_unknown', retryable: false });
		}
		talk.done();
	});

	it('is published a minute later where all posts since are seen and it is not among them', async () => {
		const talk = conversation(X, [
			me,
			lost,
			down,
			...looks(-4000, -3000, -2000, -1000, 60_000),
			again,
		]);
		const node = xNode({ text: 'Hello' }, { continueOnFail: true });
		await node.run();
		advance(60_000);
		const [[{ json }]] = await node.run();
		expect(json).toMatchObject({ id: '9', status: 'published' });
		talk.done();
	});

	it.each([
		['only its community sees', { community: '5' }, 'outcome_unknown'],
		['is shared with the followers too', { community: '5', shareWithFollowers: true }, undefined],
	])('that %s: %j', async (_who, options, code) => {
		conversation(X, [me, lost, down, ...looks(60_000), again]);
		const node = xNode({ text: 'Hello', options }, { continueOnFail: true });
		await node.run();
		advance(60_000);
		const [[{ json }]] = await node.run();
		expect((json.error as { code?: string } | undefined)?.code).toBe(code);
		expect(nock.pendingMocks()).toHaveLength(code ? 1 : 0);
	});
});
