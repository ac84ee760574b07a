import type { IDataObject } from 'n8n-workflow';

import { startSandbox, type Sandbox } from '..';
import { connected, resultOf, xNode } from '../../X/setup';
import type { XOptions, XState } from '../x/model';
import { outcomeOf } from './xSetup';

// Waits are recorded, but take no time.
const LONG = `${'Fish & chips, '.repeat(30)}https://example.com/menu`;

describe.each<XOptions['postFields']>(['either', 'post.fields', 'tweet.fields'])(
	'an X that takes %s',
	(postFields) => {
		let x: Sandbox<XState>;
		beforeEach(async () => void (x = await startSandbox('x', { postFields, premium: ['demo'] })));
		afterEach(async () => await x.stop());

		const run = async (parameters: IDataObject) =>
			await resultOf(xNode(parameters, { credential: connected(x), continueOnFail: true }));

		it('gives a long text as a whole, alone and in a list', async () => {
			const { id } = x.state.addPost({ account: 'demo', text: LONG });
			const post = { __rl: true, mode: 'id', value: id };
			expect(await run({ operation: 'get', post })).toMatchObject({ id, text: LONG });
			expect(await run({ operation: 'getAll', limit: 1 })).toMatchObject({ id, text: LONG });
			const whole = await run({ operation: 'get', post, simplify: false });
			const name = postFields === 'tweet.fields' ? 'note_tweet' : 'note_post';
			expect(whole).toMatchObject({ [name]: { text: expect.any(String) } });
		});

		it('tells after a lost answer that a long text is out', async () => {
			x.faults.next('publish', { kind: 'cut-after' });
			const result = await run({ text: LONG, options: { premium: true } });
			expect(outcomeOf(result)).toBe('already_published');
			expect(result.id).toBe(x.state.posts[0].id);
		});

		it('asks a second time only where the name is refused', async () => {
			x.state.addPost({ account: 'demo', text: 'Short' });
			await run({ operation: 'getAll', limit: 1 });
			const reads = x.requests.filter(({ operation }) => operation === 'list');
			expect(reads).toHaveLength(postFields === 'tweet.fields' ? 2 : 1);
		});
	},
);
