import { sampleNode } from '@/test/Sample/setup';
import { codeOf, outcome } from '@/test/support/node';
import { eachSandbox, type Started } from './kit';

let sandbox: Started<'sample'>;
eachSandbox(
	'sample',
	(one) => (sandbox = one),
	() => ({}),
);

/** TODO: every fault of every request, its outcome, and the number of posts after it */
const FAULTS: Array<[operation: string, kind: string, outcome: string, posts: number]> = [];

it('ends as it should, whatever goes wrong', async () => {
	expect(FAULTS).not.toEqual([]);
	for (const [operation, kind, expected, posts] of FAULTS) {
		const { accessToken } = sandbox.issueToken();
		const node = sampleNode({ text: 'Hello' }, { apiBaseUrl: sandbox.url, accessToken });
		sandbox.faults.next(operation, { kind });
		const [json] = await outcome(node);
		expect([codeOf(json), sandbox.state.posts.length]).toEqual([expected, posts]);
		sandbox.state.posts.length = 0;
	}
});
