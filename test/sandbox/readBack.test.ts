import type { TestNode } from '@/test/support/n8n';
import { expectNone, expectOne, idsOf, type Result } from './readBack/expected';
import { itemsOf, keyedNodeFor, nodeFor, resultsOf, spoil, type Subject } from './readBack/subject';
import { subjects } from './readBack/subjects';
import { ask } from './plainHttp';

/** On every platform, a post whose answer was lost must be published once and be found. */

const MINUTE = 60_000;
const CLOCKS = [-10 * MINUTE, -MINUTE / 2, MINUTE / 2, 10 * MINUTE];

type Items = Awaited<ReturnType<typeof itemsOf>>;

async function twice(node: TestNode, items: Items): Promise<Result[]> {
	const [first] = await resultsOf(node, items);
	const [second] = await resultsOf(node, items);
	return [first, second];
}

/** Moves the platform's clock, and lets it do the work that it has put off. */
async function later({ sandbox }: Subject) {
	sandbox().clock.advance(MINUTE);
	await ask(`${sandbox().url}/nothing`);
}

describe.each(subjects)('%s', (_name, subject) => {
	subject.use();

	describe.each([true, false])('whose answers tell the time: %s', (isShown) => {
		const setup = async (ahead: number) => {
			const { clock } = subject.sandbox();
			clock.advance(ahead);
			clock.isShown = isShown;
			return { node: nodeFor(subject), items: await itemsOf(subject, 'Hello') };
		};

		it.each(CLOCKS)('finds a post that is out, with a clock %i ms ahead', async (ahead) => {
			const { node, items } = await setup(ahead);
			spoil(subject, { kind: 'cut-after' });
			expectOne(subject, await twice(node, items));
		});

		it.each(CLOCKS)('knows of one that is not, with a clock %i ms ahead', async (ahead) => {
			const { node, items } = await setup(ahead);
			spoil(subject, { kind: 'cut-before' });
			const [first] = await resultsOf(node, items);
			expectNone(subject, first);
			await resultsOf(node, items);
			expect(subject.posts()).toHaveLength(subject.blind ? 0 : 1);
		});
	});

	describe('of two equal posts', () => {
		const many = subject.refusesTwins ? 1 : 2;
		const lose = (kind: string) => spoil(subject, { kind: 'none' }, { kind });

		it('tells the one whose answer was lost from the other', async () => {
			lose('cut-after');
			const [first, second] = await resultsOf(nodeFor(subject), await itemsOf(subject, 'A', 'A'));
			expect(idsOf(subject)).toHaveLength(many);
			expect(first).toMatchObject({ id: idsOf(subject)[0], status: 'published' });
			if (subject.blind) expect(second).toEqual({ status: 'outcome_unknown' });
			else if (subject.refusesTwins) expect(second.id).toBeUndefined();
			else expect(second).toEqual({ id: idsOf(subject)[1], status: expect.any(String) });
		});

		it('does not take the other for the one that was not made', async () => {
			lose('cut-before');
			const node = nodeFor(subject);
			const items = await itemsOf(subject, 'A', 'A');
			const [first, second] = await resultsOf(node, items);
			expect(second.id).not.toBe(first.id);
			const again = await resultsOf(node, items);
			expect(idsOf(subject)).toHaveLength(subject.blind ? 1 : many);
			expect(again.map(({ id }) => id)).toEqual([...idsOf(subject), undefined].slice(0, 2));
		});
	});

	it('makes one post where its server goes on after a gateway has given up', async () => {
		const node = nodeFor(subject);
		spoil(subject, { kind: 'takes-effect-late', afterMs: 10_000 });
		const results = await twice(node, await itemsOf(subject, 'Hello'));
		await later(subject);
		expectOne(subject, results);
	});

	describe('after a crash', () => {
		it.each([
			['of an execution that n8n retries', nodeFor, { crashed: true }],
			['of one that the user retries with a key', keyedNodeFor, { crashed: true }],
			['and in another execution with the same key', keyedNodeFor, { fresh: true }],
		])('knows the post %s', async (_what, make, change) => {
			const node = make(subject);
			const items = await itemsOf(subject, 'Hello');
			spoil(subject, { kind: 'cut-after' });
			const [first] = await resultsOf(node, items);
			const [second] = await resultsOf(node, items, change);
			expectOne(subject, [first, second]);
		});

		it.each([
			['', nodeFor, { crashed: true }],
			[' with a key, in another execution', keyedNodeFor, { fresh: true }],
		])('finds the post that nobody could look for before%s', async (_what, make, change) => {
			const node = make(subject);
			const items = await itemsOf(subject, 'Hello');
			spoil(subject, { kind: 'cut-after' });
			const { faults } = subject.sandbox();
			for (const look of subject.looks) faults.always(look, { kind: '5xx-before' });
			const [{ status }] = await resultsOf(node, items);
			expect(subject.unlisted ?? ['outcome_unknown']).toContain(status);
			faults.clear();
			expectOne(subject, await resultsOf(node, items, change));
		});
	});

	it.each([
		['429', ['rate_limited']],
		['refused', ['platform_rejected', 'permission_missing', 'media_rejected']],
		['expired-token', ['published', 'platform_auth_failed']],
		['revoked-token', ['platform_auth_failed', 'permission_missing']],
	])('takes the refusal %s as one, and forgets that it was begun', async (kind, codes) => {
		const node = nodeFor(subject);
		const items = await itemsOf(subject, 'Hello');
		spoil(subject, { kind });
		const [{ status }] = await resultsOf(node, items);
		expect(codes).toContain(status);
		if (status === 'published') return expect(subject.posts()).toHaveLength(1);
		expect(subject.posts()).toEqual([]);
		expect(node.processed.size()).toBe(0);
		// The credential is connected again.
		Object.assign(node.stored, nodeFor(subject).stored);
		expect(await resultsOf(node, items, { crashed: true })).toMatchObject([
			{ id: expect.any(String), status: 'published' },
		]);
	});
});
