import { advance } from '@/test/support/time';
import { idsOf } from './readBack/expected';
import { itemsOf, nodeFor, resultsOf, spoil } from './readBack/subject';
import { subjects } from './readBack/subjects';

/**
 * An answer from a proxy, a gateway or a hotel's login page proves nothing, whatever its status:
 * the publishing request may have worked.
 */

const STATUSES = [302, 303, 400, 401, 403, 404, 408, 409, 413, 423, 425, 429, 451, 499, 502];
/** The JSON with each status; the other answers with a few, because their status hardly matters. */
const ANSWERS = [
	...([{ message: 'Forbidden' }] as const),
	...(['<!doctype html><title>Sign in to the network</title>', ''] as const),
].map((body, at) => ({
	body,
	statuses: STATUSES.filter((_, of) => at === 0 || of % 2 === at - 1),
}));
const DAY = 86_400_000;

describe.each(subjects)('%s', (_name, subject) => {
	subject.use();

	describe.each(ANSWERS)('answered by $body', ({ body, statuses }) => {
		const publish = async (kind: string, status: number) => {
			// Makes daily limits and earlier posts irrelevant.
			advance(2 * DAY);
			const before = idsOf(subject);
			const node = nodeFor(subject);
			const items = await itemsOf(subject, `${kind} ${status}`);
			spoil(subject, { kind, status, body });
			const [first] = await resultsOf(node, items);
			const made = () => idsOf(subject).filter((id) => !before.includes(id));
			const afterFirst = made();
			await resultsOf(node, items);
			return { status, first, afterFirst, posts: made() };
		};

		it('finds the post that is out', async () => {
			for (const status of statuses) {
				const { first, posts } = await publish('5xx-after', status);
				const [id] = posts;
				expect({ status, posts, first }).toEqual({
					status,
					posts: [id],
					first: subject.blind
						? { status: 'outcome_unknown' }
						: { id, status: expect.stringMatching(/^(already_)?published$/) },
				});
			}
		});

		it('makes no refusal of it where nothing was published', async () => {
			const { toldByStatus = [] } = subject;
			const open = ['outcome_unknown', 'platform_unavailable', 'published', ...toldByStatus];
			for (const status of statuses) {
				const { first, afterFirst, posts } = await publish('5xx-before', status);
				expect({ status, code: open.includes(first.status) ? 'open' : first.status }).toEqual({
					status,
					code: 'open',
				});
				expect(afterFirst).toHaveLength(first.status === 'published' ? 1 : 0);
				expect(posts).toHaveLength(subject.blind ? 0 : 1);
			}
		});
	});
});
