import { binaryItem } from '../../support/binaries';
import { connected, resultOf, xNode } from '../../X/setup';
import { asDescribed, files, media, outcomeOf, sandbox } from './xSetup';

const node = (parameters: object) =>
	xNode({ text: 'Hello', ...parameters }, { credential: connected(sandbox), continueOnFail: true });
const sent = () => sandbox.requests.filter(({ operation }) => operation === 'publish').length;

describe.each([
	['a text', {}],
	['a text with a picture', media('a')],
])('%s whose answer was lost', (_what, parameters) => {
	it.each([1, 2, 5, 30])('is found by an X that is %i s behind', async (seconds) => {
		sandbox.clock.advance(-1000 * seconds);
		sandbox.faults.next('publish', { kind: 'cut-after' });
		const tried = node(parameters);
		for (const _run of [1, 2]) {
			const result = await resultOf(tried, await binaryItem(files));
			expect(outcomeOf(result)).toBe('already_published');
			expect(result.id).toBe(sandbox.state.posts[0].id);
		}
		expect([sent(), sandbox.state.posts.length]).toEqual([1, 1]);
	});
});

it('finds a post with a film after a crash in Resume, which has the film no more', async () => {
	const options = { processingWait: 0 };
	const tried = node({ ...media('film'), options });
	const { resume } = await resultOf(tried, await binaryItem(files));
	const parameters = { operation: 'resume', resume: { ...(resume as object), options: {} } };
	sandbox.faults.next('publish', { kind: 'cut-after' });
	sandbox.faults.always('list', { kind: '5xx-before' });
	const first = await resultOf(tried, { json: {} }, { parameters, fresh: true });
	expect(outcomeOf(first)).toBe('outcome_unknown');
	sandbox.faults.clear();
	const second = await resultOf(tried, { json: {} }, { parameters, crashed: true });
	expect(second).toMatchObject({ id: sandbox.state.posts[0].id, status: 'already_published' });
	expect([sent(), sandbox.state.posts.length]).toEqual([1, 1]);
});

it('asked X only for what its OpenAPI file knows', asDescribed);
