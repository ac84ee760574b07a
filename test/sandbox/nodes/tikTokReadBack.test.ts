import { outcome } from '@/test/TikTok/setup';
import { binaryItem } from '@/test/support/binaries';
import { type RunChange } from '@/test/support/n8n';
import { asked, failureOf, held, KINDS, node, sandbox, useTikTok } from './tikTokSetup';

jest.setTimeout(60_000);
useTikTok();

const posts = () => sandbox.state.posts;
const MINUTE = 60_000;

/** Returns a node for a kind of post, and a function that runs it for this many equal items. */
async function trying(kind: string, items = 1) {
	const { parameters, files } = KINDS[kind];
	const tried = node(parameters);
	const given = await Promise.all(Array.from({ length: items }, () => binaryItem(files)));
	return async (change?: RunChange) =>
		(await outcome(tried, given, change)).map((json) => ({
			id: json.id,
			said: failureOf(json)?.code ?? json.status,
		}));
}

describe('a video that TikTok fetches itself, without a publish_id', () => {
	it.each([-10 * MINUTE, -MINUTE / 2, MINUTE / 2, 10 * MINUTE])(
		'is found by a clock that is %i ms ahead',
		async (ahead) => {
			sandbox.clock.advance(ahead);
			const run = await trying('pulled');
			sandbox.faults.next('init', { kind: 'cut-after' });
			expect(await run()).toEqual([{ id: posts()[0].id, said: 'already_published' }]);
			expect([asked('init'), posts().length]).toEqual([1, 1]);
		},
	);

	it('is told from an equal one of another item', async () => {
		const run = await trying('pulled', 2);
		sandbox.faults.next('init', { kind: 'none' }, { kind: 'cut-after' });
		const [first, second] = await run();
		expect(first.said).toBe('published');
		expect(second).toEqual({ id: posts()[1].id, said: 'already_published' });
	});

	it.each([302, 303, 400, 408, 409, 423, 425, 429, 451, 499])(
		'is found where a page came with %i',
		async (status) => {
			const run = await trying('pulled');
			sandbox.faults.next('init', { kind: '5xx-after', status, body: '<html>Sign in</html>' });
			expect(await run()).toEqual([{ id: posts()[0].id, said: 'already_published' }]);
			expect([asked('init'), posts().length]).toEqual([1, 1]);
		},
	);
});

it.each(['pulled', 'video'])('finds a post after a crash by itself alone: %s', async (kind) => {
	const run = await trying(kind);
	const { publish } = KINDS[kind];
	sandbox.faults.next(publish, { kind: 'cut-after' });
	for (const look of ['status', 'list']) sandbox.faults.always(look, { kind: '5xx-before' });
	// The node repeats the last chunk by itself.
	if (kind === 'video') sandbox.faults.always(publish, { kind: 'cut-before' });
	const [{ said }] = await run();
	expect(said).toBe('outcome_unknown');
	sandbox.faults.clear();
	expect(await run({ crashed: true })).toEqual([{ id: posts()[0].id, said: 'already_published' }]);
	expect([asked('init'), posts().length]).toEqual([1, 1]);
});

it.each(['photos', 'photo draft', 'video draft'])(
	'does not post %s again after a crash, as no list shows them',
	async (kind) => {
		const run = await trying(kind);
		const { publish } = KINDS[kind];
		sandbox.faults.always(publish, { kind: 'cut-after' });
		sandbox.faults.always('status', { kind: '5xx-before' });
		await run();
		sandbox.faults.clear();
		expect(await run({ crashed: true })).toMatchObject([{ said: 'outcome_unknown' }]);
		expect(held()).toHaveLength(1);
	},
);

describe('the last chunk of a video', () => {
	it.each([302, 409, 423, 429, 451])(
		'answered by a page with %i makes one post',
		async (status) => {
			const run = await trying('video');
			sandbox.faults.next('upload', { kind: '5xx-after', status, body: '<html>Sign in</html>' });
			expect(await run()).toEqual([{ id: posts()[0].id, said: 'already_published' }]);
			expect([asked('init'), asked('upload'), posts().length]).toEqual([1, 1, 1]);
		},
	);

	it('makes one post where TikTok goes on after a gateway has given up', async () => {
		const run = await trying('video');
		sandbox.faults.next('upload', { kind: 'takes-effect-late', afterMs: 10_000 });
		const [{ id }] = await run();
		sandbox.clock.advance(MINUTE);
		expect(await run()).toMatchObject([{ id }]);
		expect([asked('init'), posts().length]).toEqual([1, 1]);
	});
});
