import type { IDataObject } from 'n8n-workflow';

import { resultOf } from '@/test/Pinterest/setup';
import {
	asDescribed,
	codeOf,
	item,
	KINDS,
	node,
	parametersOf,
	publish,
	sandbox,
	usePinterest,
} from './pinterestSetup';

usePinterest();

const sent = () => sandbox.requests.filter(({ operation }) => operation === 'publish').length;

/** The Pin is made, but neither the answer nor the board arrives; then the process ends. */
async function crashed(run: (change: object) => Promise<IDataObject>) {
	sandbox.faults.next('publish', { kind: 'cut-after' });
	for (const list of ['board.pins', 'section.pins'])
		sandbox.faults.always(list, { kind: '5xx-before' });
	expect(codeOf(await run({ fresh: true }))).toBe('outcome_unknown');
	sandbox.faults.clear();
	return await run({ crashed: true });
}

it.each(Object.keys(KINDS))('finds a Pin after a crash by the post alone: %s', async (name) => {
	const tried = node(parametersOf(name));
	const items = [await item()];
	const found = await crashed(async (change) => await resultOf(tried, items, change));
	expect(found).toMatchObject({ id: sandbox.state.posts[0].id, status: 'already_published' });
	expect([sent(), sandbox.state.posts.length]).toEqual([1, 1]);
});

it('finds a Pin after a crash in Resume, which has neither film nor alt text any more', async () => {
	sandbox.faults.next('media.upload', { kind: 'slow-processing', polls: 3 });
	const [medium] = (KINDS.film.parameters().media as { medium: object[] }).medium;
	const media = { medium: [{ ...medium, altText: 'Waves' }] };
	const options = { processingWait: 0 };
	const tried = node({ ...parametersOf('film', options), media });
	const { resume } = await publish(tried);
	const state = resume as { options: IDataObject };
	const more = { ...state, options: { ...state.options, processingWait: 300 } };
	const parameters = { operation: 'resume', resume: more };
	const found = await crashed(
		async (change) => await resultOf(tried, [{ json: {} }], { parameters, ...change }),
	);
	expect(found).toMatchObject({ id: sandbox.state.posts[0].id, status: 'already_published' });
	expect([sent(), sandbox.state.posts.length]).toEqual([1, 1]);
});

it('asked Pinterest only for what its OpenAPI file knows', () => asDescribed());
