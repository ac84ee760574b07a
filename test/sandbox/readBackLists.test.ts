import { expectOne, idsOf } from './readBack/expected';
import { itemsOf, nodeFor, spoil } from './readBack/subject';
import { subjects } from './readBack/subjects';
import { outcome } from '@/test/support/n8n';

/**
 * A successful answer in an unknown form proves nothing: a list is empty only if the platform
 * itself returns an empty one.
 */

const NO_LISTS = ['<!doctype html><title>Sign in to the network</title>', '', {}, { status: 'ok' }];

const asking = subjects.filter(([, { looks }]) => looks.length > 0);

describe.each(asking)('%s', (_name, subject) => {
	subject.use();

	it.each(NO_LISTS)('whose list is answered by %j', async (body) => {
		const node = nodeFor(subject);
		const items = await itemsOf(subject, 'Hello');
		const { faults } = subject.sandbox();
		spoil(subject, { kind: 'cut-after' });
		for (const look of subject.looks) faults.always(look, { kind: '5xx-after', status: 200, body });
		for (let run = 0; run < 2; run++) {
			const [{ id, status, error }] = await outcome(node, items);
			const { code = status, message = '' } = (error ?? {}) as { code?: string; message?: string };
			expect(['outcome_unknown', ...(subject.unlisted ?? [])]).toContain(code);
			expect(message).not.toMatch(/nothing was published|not published/i);
			// A container reports that it is published, so the post is known although no list shows it.
			if (!subject.unlisted) expect([undefined, ...idsOf(subject)]).toContain(id);
			expect(idsOf(subject)).toHaveLength(1);
		}
		faults.clear();
		const [{ id, status, error }] = await outcome(node, items, { crashed: true });
		expect(error).toBeUndefined();
		expectOne(subject, [{ id: String(id), status: String(status) }]);
	});
});
