import { outcome } from '@/test/Threads/setup';
import { binaryItem } from '@/test/support/binaries';
import { advance } from '@/test/support/time';
import { failureOf, held, KINDS, node, publish, sandbox, useThreads } from './threadsSetup';
import { CLOCKS, failAfterPublishing, OF_OTHERS } from './readBackRows';

useThreads();

const MINUTE = 60_000;
const lost = { kind: 'cut-after' };
const READS = ['status', 'list', 'own-replies'];

it.each(OF_OTHERS)('an answer that is not of Threads, %j, tells nothing', async (fault) => {
	sandbox.faults.next('publish', fault);
	const { json, again } = await publish(KINDS.text);
	expect(json).toMatchObject({ id: held()[0].id, status: 'already_published', warnings: [] });
	expect(await again()).toEqual(json);
	expect(held()).toHaveLength(1);
});

it.each(['text', 'carousel', 'reply'])('a %s that comes late is found', async (kind) => {
	sandbox.faults.next('publish', { kind: 'takes-effect-late', afterMs: 20_000 });
	const { json, again } = await publish(KINDS[kind]);
	expect(json).toMatchObject({ id: held()[0].id, status: 'already_published' });
	expect(await again()).toEqual(json);
	expect(held()).toHaveLength(1);
});

describe.each(CLOCKS)('a clock that is %i ms ahead of n8n’s', (ahead) => {
	it('hides no post, nor makes an older one of the same words pass for it', async () => {
		sandbox.clock.advance(ahead);
		await publish(KINDS.text);
		advance(2 * MINUTE);
		sandbox.faults.next('publish', lost);
		const { json } = await publish(KINDS.text);
		expect(held()).toHaveLength(2);
		expect(json).toMatchObject({ id: held()[1].id, status: 'already_published' });
	});
});

describe.each(['text', 'carousel'])('two equal posts of kind %s', (kind) => {
	it.each([0, 1])('are told apart, should the answer to number %i be lost', async (which) => {
		const faults = [0, 1].map((at) => (at === which ? lost : { kind: 'none' }));
		sandbox.faults.next('publish', ...faults);
		const { files } = KINDS[kind];
		const item = async () => (files ? await binaryItem(files) : { json: {} });
		const told = await outcome(node(KINDS[kind].parameters), [await item(), await item()]);
		expect(told.map(({ id }) => id)).toEqual(held().map(({ id }) => id));
		expect(held()).toHaveLength(2);
	});
});

describe('after a crash, with nothing known of the container', () => {
	it.each(['text', 'image', 'carousel', 'reply'])('a %s is found', async (kind) => {
		failAfterPublishing(sandbox, READS);
		sandbox.faults.next('publish', lost);
		const { json, again } = await publish(KINDS[kind]);
		expect(failureOf(json)).toMatchObject({ code: 'outcome_unknown' });

		sandbox.faults.clear();
		const found = await again({ crashed: true });
		expect(found).toMatchObject({ id: held()[0].id, status: 'already_published', warnings: [] });
		expect(held()).toHaveLength(1);
	});

	it.each([
		['carousel', 'cut-before', 'published'],
		['reply', 'cut-before', 'published'],
		// Without words it may be any video.
		['video', 'cut-after', 'outcome_unknown'],
	])('a %s after %s: %s', async (name, kind, said) => {
		failAfterPublishing(sandbox, READS);
		sandbox.faults.next('publish', { kind });
		const { json: unclear, again } = await publish(KINDS[name]);
		expect(failureOf(unclear)).toMatchObject({ code: 'outcome_unknown' });
		sandbox.faults.clear();
		const json = await again({ crashed: true });
		expect(failureOf(json)?.code ?? json.status).toBe(said);
		expect(held()).toHaveLength(1);
	});
});
