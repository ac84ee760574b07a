import { advance } from '@/test/support/time';
import { items, outcomes, restartable, server, useServer } from './platform';

/**
 * A restarted process knows posts only from n8n and the platform, and must not confuse similar
 * ones.
 */

useServer();

const SENT = 'POST /posts';
const LIST = 'GET /posts';
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const down = { status: 503, body: { message: 'down' } };
const forbidden = { status: 403, body: { message: 'not now' } };
const keyed = { options: { idempotencyKey: '={{ $json.key }}' } };

/** The list of posts cannot be read. */
const blindly = () => server.next(LIST, ...Array.from({ length: 40 }, () => down));

describe('of two equal posts after a crash', () => {
	const crashed = async (kind: 'cut-before' | 'cut-after') => {
		const { node, restart } = restartable();
		server.next(SENT, 'good', kind);
		blindly();
		expect(await outcomes(node, items('A', 'A'))).toEqual(['published 1', 'outcome_unknown']);
		server.clear();
		await restart();
		return node;
	};

	it('the second does not take the first’s post, which nobody could name', async () => {
		const node = await crashed('cut-before');
		server.next(LIST, forbidden);
		const all = await outcomes(node, items('A', 'A'), { crashed: true });
		expect(all).toEqual(['already_published', 'outcome_unknown']);
		expect(server.posts).toHaveLength(1);
	});

	it('the second is published where the first’s post is found', async () => {
		const node = await crashed('cut-before');
		const all = await outcomes(node, items('A', 'A'), { crashed: true });
		expect(all).toEqual(['already_published 1', 'published 2']);
	});

	it('neither is sent again where both are out', async () => {
		const node = await crashed('cut-after');
		const all = await outcomes(node, items('A', 'A'), { crashed: true });
		expect(all).toEqual(['already_published', 'outcome_unknown']);
		expect(server.count(SENT)).toBe(2);
	});
});

describe('a post with a key', () => {
	const post = (key: string) => [{ json: { text: 'Good morning', key } }];

	/**
	 * Publishes one post, and this many ms later in the same hour loses an equal one with another
	 * key.
	 */
	const lostAfter = async (pause: number, kind: 'cut-before' | 'cut-after') => {
		const { node, restart } = restartable(keyed);
		advance(HOUR - (Date.now() % HOUR) + MINUTE);
		expect(await outcomes(node, post('one'))).toEqual(['published 1']);
		advance(pause);
		server.next(SENT, kind);
		blindly();
		expect(await outcomes(node, post('two'), { fresh: true })).toEqual(['outcome_unknown']);
		server.clear();
		await restart();
		return await outcomes(node, post('two'), { fresh: true });
	};

	it('does not take an equal one of some minutes before for its own', async () => {
		expect(await lostAfter(5 * MINUTE, 'cut-before')).toEqual(['outcome_unknown']);
	});

	it('is published where the equal one is older than a clock may be wrong', async () => {
		expect(await lostAfter(30 * MINUTE, 'cut-before')).toEqual(['published 2']);
	});

	it('is found where it is out itself', async () => {
		expect(await lostAfter(30 * MINUTE, 'cut-after')).toEqual(['already_published 2']);
		expect(server.posts).toHaveLength(2);
	});
});
