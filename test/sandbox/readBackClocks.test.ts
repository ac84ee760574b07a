import { advance } from '@/test/support/time';
import { idsOf } from './readBack/expected';
import { itemsOf, keyedNodeFor, nodeFor, resultsOf, spoil, type Subject } from './readBack/subject';
import { subjects } from './readBack/subjects';

/** n8n's clock may be corrected between runs: this must not cause a second post. */

const MINUTE = 60_000;
const STEPS = [-10, -2, 2, 10].map((minutes) => minutes * MINUTE);

/** Moves only n8n's clock. */
function setClock({ sandbox }: Subject, ms: number) {
	advance(ms);
	sandbox().clock.advance(-ms);
}

/** Loses the answer to a publishing request, while no list can be read. */
async function lose(subject: Subject, make: typeof nodeFor, kind: 'cut-before' | 'cut-after') {
	const node = make(subject);
	const items = await itemsOf(subject, 'Hello');
	const { faults } = subject.sandbox();
	spoil(subject, { kind });
	for (const look of subject.looks) faults.always(look, { kind: '5xx-before' });
	const [{ status }] = await resultsOf(node, items);
	expect(['outcome_unknown', ...(subject.unlisted ?? [])]).toContain(status);
	faults.clear();
	return { node, items };
}

describe.each(subjects)('%s', (_name, subject) => {
	subject.use();

	describe.each([true, false])('whose answers tell the time: %s', (isShown) => {
		it.each(STEPS)('where n8n’s clock goes by %i ms after a crash', async (step) => {
			subject.sandbox().clock.isShown = isShown;
			setClock(subject, -step);
			const { node, items } = await lose(subject, nodeFor, 'cut-after');
			setClock(subject, step);
			const [{ id, status }] = await resultsOf(node, items, { crashed: true });
			const [made, ...more] = idsOf(subject);
			expect(more).toEqual([]);
			expect([made, undefined]).toContain(id);
			expect(['outcome_unknown', 'already_published', ...(subject.unlisted ?? [])]).toContain(
				status,
			);
		});
	});
});

/** Subjects that only a list can find, so that its proof takes time. */
const listed = subjects.filter(
	([, { looks, unlisted, publish }]) =>
		looks.length > 0 && !unlisted && publish.operation === 'publish',
);

describe.each(listed)('%s, begun by another run with the same key', (_name, subject) => {
	subject.use();

	it('is taken over when the other’s request is surely over', async () => {
		const { node, items } = await lose(subject, keyedNodeFor, 'cut-before');
		const { commitsWithin = 0, requestWithin = MINUTE } = subject.platform.readBack ?? {};
		const start = Date.now();
		const [result] = await resultsOf(node, items, { fresh: true });
		expect(result).toEqual({ id: idsOf(subject)[0], status: 'published' });
		expect(Date.now() - start).toBeGreaterThanOrEqual(requestWithin + commitsWithin);
	});
});
