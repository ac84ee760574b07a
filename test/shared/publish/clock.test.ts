import { items, outcomes, readBack, sampleNode, server, useServer } from './platform';
import { readBack as ofBluesky } from '@/nodes/Bluesky/publish';
import { tidOf } from '@/nodes/Bluesky/tid';
import { unrecorded } from '@/nodes/shared/connection/client';
import type { Api } from '@/nodes/shared/contract/api';
import type { Platform } from '@/nodes/shared/contract/platform';
import { advance } from '@/test/support/time';

/** Clocks may be corrected, and gateways may give up long after a request was sent. */

useServer();

const SENT = 'POST /posts';
const LIST = 'GET /posts';
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const keyed = { options: { idempotencyKey: '={{ $json.key }}' } };
const down = { status: 503, body: { message: 'down' } };
const times = (many: number, plan: Parameters<typeof server.next>[1]) =>
	Array.from({ length: many }, () => plan);

/** Makes posts with record keys, by which they can be found. */
function byRecordKey() {
	const sent: string[] = [];
	const looked: string[] = [];
	const state = { blind: true };
	const publish: Platform['publish'] = async (api) => {
		const text = tidOf(api.attempt);
		sent.push(text);
		return await api.publish({ method: 'POST', path: '/posts', body: { text }, idempotent: true });
	};
	const confirm = async ({ attempt }: Api) => {
		if (state.blind || attempt.isUndated) return 'unknown' as const;
		looked.push(tidOf(attempt));
		const found = server.posts.find(({ text }) => text === tidOf(attempt));
		return await Promise.resolve(found ? { id: found.id } : ('not-published' as const));
	};
	const change = { publish, readBack: { ...readBack, newest: undefined, confirm } };
	return { node: sampleNode(keyed, change), sent, looked, state };
}

describe('a record key made from the key of a user', () => {
	/**
	 * Loses a publishing request and then changes the clock by this many ms; returns whether the post
	 * is found.
	 */
	const found = async (kind: 'cut-before' | 'cut-after', step: number) => {
		const { node, sent, looked, state } = byRecordKey();
		server.next(SENT, ...times(4, kind));
		expect(await outcomes(node, items('A'))).toEqual(['outcome_unknown']);
		server.clear();
		state.blind = false;
		advance(step);
		const again = await outcomes(node, items('A'), { fresh: true });
		advance(-step);
		return { again, keys: new Set([...sent, ...looked]) };
	};

	it.each([-23 * HOUR, -HOUR, -10 * MINUTE, 10 * MINUTE, HOUR, 30 * DAY])(
		'is the same where the clock goes by %i ms',
		async (step) => {
			const { again, keys } = await found('cut-after', step);
			expect([again, keys.size]).toEqual([['already_published 1'], 1]);
			server.posts.length = 0;
			const other = await found('cut-before', step);
			expect([other.again, other.keys.size]).toEqual([['published 1'], 1]);
		},
	);

	it('says nothing where nobody knows any more when the key was first used', async () => {
		const { again } = await found('cut-after', 40 * DAY);
		expect(again).toEqual(['outcome_unknown']);
		expect(server.posts.length).toBeGreaterThan(0);
	});

	it('is not looked at on Bluesky then, unless it was noted', async () => {
		const asked: unknown[] = [];
		const reply = async (request: object) => {
			asked.push(request);
			return await Promise.resolve({ status: 400, body: { error: 'RecordNotFound' }, headers: {} });
		};
		const attempt = { ...unrecorded, series: 'abcdef0123456789', isUndated: true };
		const api = { attempt, reply, account: async () => ({ id: 'did:plc:1', name: 'a' }) };
		const confirm = async (mark: object) =>
			await ofBluesky.confirm?.(
				api as unknown as Api,
				{ text: 'A', media: [], options: {} } as never,
				{
					...mark,
				},
			);
		expect(await confirm({})).toBe('unknown');
		expect(asked).toEqual([]);
		expect(await confirm({ repo: 'did:plc:1', rkey: '3k' })).toBe('not-published');
	});
});

describe('a gateway that gives up after a minute', () => {
	/** The post is made 10 s after the answer. */
	const late = () => {
		let due = Infinity;
		const first = () => {
			advance(MINUTE);
			due = Date.now() + 10_000;
		};
		server.next(SENT, { status: 504, body: {}, first });
		const make = () => {
			if (Date.now() < due) return;
			server.posts.push({ id: '1', text: 'A', at: due });
			due = Infinity;
		};
		server.next(LIST, ...times(60, make));
	};
	const change = { readBack: { ...readBack, commitsWithin: MINUTE } };

	it.each([
		['', {}],
		[' after a crash', { crashed: true }],
	])('makes one post of two runs%s', async (_when, again) => {
		const node = sampleNode({}, change);
		late();
		expect(await outcomes(node, items('A'))).toEqual(['already_published 1']);
		const [second] = await outcomes(node, items('A'), again);
		expect(second).toMatch(/^already_published( 1)?$/);
		expect(server.posts).toHaveLength(1);
	});

	it('makes one post where the first run could not look', async () => {
		const node = sampleNode({}, change);
		server.next(LIST, ...times(60, down));
		late();
		expect(await outcomes(node, items('A'))).toEqual(['outcome_unknown']);
		server.clear();
		server.next(LIST, 'good', () => void server.posts.push({ id: '1', text: 'A', at: Date.now() }));
		expect(await outcomes(node, items('A'), { retry: true })).toEqual(['already_published 1']);
		expect(server.count(SENT)).toBe(1);
	});
});
