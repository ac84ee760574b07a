import type { IDataObject } from 'n8n-workflow';

import { outcome } from '@/test/LinkedIn/setup';
import { binaryItem } from '@/test/support/binaries';
import {
	files,
	KINDS,
	node,
	ready,
	sandbox,
	target,
	useLinkedIn,
	WORKS,
	wordOf,
} from './linkedInSetup';

jest.setTimeout(20_000);
useLinkedIn();

const STATUSES = [302, 303, 400, 408, 409, 423, 425, 429, 451, 499];
const sent = () => sandbox.requests.filter(({ operation }) => operation === 'publish').length;
const page = (status: number) => ({ kind: '5xx-after', status, body: '<html>Sign in</html>' });

describe('a page from something in between', () => {
	it.each(STATUSES)('with %i leaves a post of an organization to be found', async (status) => {
		const { once, made } = await ready('text', target(WORKS));
		sandbox.faults.next('publish', page(status));
		for (const _run of [1, 2]) {
			expect(await once()).toMatchObject({ id: made()[0].id, status: 'already_published' });
		}
		expect([sent(), made().length]).toEqual([1, 1]);
	});

	it.each(STATUSES)('with %i leaves that of a member unknown', async (status) => {
		const { once, made } = await ready('text', {}, { kind: 'member' });
		sandbox.faults.next('publish', page(status));
		for (const _run of [1, 2]) expect(wordOf(await once())).toBe('outcome_unknown');
		expect([sent(), made().length]).toEqual([1, 1]);
	});
});

/** The post is made, but neither the answer nor the list arrives; then the process ends. */
async function crashed(run: (change: object) => Promise<IDataObject>) {
	sandbox.faults.next('publish', { kind: 'cut-after' });
	sandbox.faults.always('list', { kind: '5xx-before' });
	expect(wordOf(await run({ fresh: true }))).toBe('outcome_unknown');
	sandbox.faults.clear();
	return await run({ crashed: true });
}

describe('after a crash, by the post alone', () => {
	const WORDLESS = 'video';
	const WORDS = Object.keys(KINDS).filter((name) => name !== WORDLESS);

	it.each([...WORDS, WORDLESS])('is found if it has words: %s', async (name) => {
		const { node, made } = await ready(name, target(WORKS));
		const items = [await binaryItem(files)];
		const found = await crashed(async (change) => (await outcome(node, items, change))[0]);
		expect(wordOf(found)).toBe(name === WORDLESS ? 'outcome_unknown' : 'already_published');
		expect([sent(), made().length]).toEqual([1, 1]);
		if (name !== WORDLESS) expect(found.id).toBe(made()[0].id);
	});

	it.each([{}, { link: 'https://example.org/article' }])('is found in Resume: %j', async (more) => {
		const { once, made } = await ready('image', { ...target(WORKS), ...more, options: {} });
		sandbox.faults.next('upload', { kind: 'slow-processing', polls: 60 });
		const { resume } = await once();
		sandbox.clock.advance(600_000);
		const resumed = node({ operation: 'resume', resume });
		const items = [{ json: {} }];
		const found = await crashed(async (change) => (await outcome(resumed, items, change))[0]);
		expect(found).toMatchObject({ id: made()[0].id, status: 'already_published' });
		expect([sent(), made().length]).toEqual([1, 1]);
	});
});
