import type { IDataObject } from 'n8n-workflow';

import { outcome } from '../../Mastodon/setup';
import type { Fault } from '..';
import {
	failureOf,
	held,
	isScheduled,
	items,
	KINDS,
	node,
	publish,
	sandbox,
} from './mastodonSetup';

describe.each(Object.keys(KINDS))('a post of kind %s', (kind) => {
	const status = isScheduled(kind) ? 'scheduled' : 'published';

	it('is published once', async () => {
		const json = await publish(KINDS[kind]());
		expect(json).toMatchObject({ platform: 'mastodon', status, warnings: [] });
		expect(held().map(({ id }) => id)).toEqual([json.id]);
		expect(json.url).toBe(isScheduled(kind) ? undefined : sandbox.state.posts.at(-1)?.url);
	});

	it.each<[string, Fault, IDataObject]>([
		[
			'a rate limit',
			{ kind: '429', retryAfter: 3600 },
			{ code: 'rate_limited', retryAt: expect.any(String) },
		],
		['an expired token', { kind: 'expired-token' }, { code: 'platform_auth_failed' }],
		['a revoked token', { kind: 'revoked-token' }, { code: 'platform_auth_failed' }],
		['a refusal', { kind: 'refused' }, { code: 'platform_rejected', httpStatus: 422 }],
	])('is not published on %s', async (_what, fault, expected) => {
		sandbox.faults.next('publish', fault);
		expect(failureOf(await publish(KINDS[kind]()))).toMatchObject(expected);
		expect(held()).toEqual([]);
	});

	it('waits for a rate limit that is lifted soon', async () => {
		sandbox.faults.next('publish', { kind: '429', retryAfter: 2 });
		expect(await publish(KINDS[kind]())).toMatchObject({ status });
		expect(held()).toHaveLength(1);
	});

	it.each(['5xx-after', 'cut-after'])(
		'is found where only the answer is lost (%s)',
		async (fault) => {
			sandbox.faults.next('publish', { kind: fault });
			const json = await publish(KINDS[kind]());
			expect(json.status).toBe(isScheduled(kind) ? 'scheduled' : 'already_published');
			expect(held().map(({ id }) => id)).toEqual([json.id]);
		},
	);

	it.each(['5xx-before', 'cut-before'])(
		'is repeated only where that is safe (%s)',
		async (fault) => {
			sandbox.faults.next('publish', { kind: fault });
			const json = await publish(KINDS[kind]());
			if (isScheduled(kind)) {
				expect(failureOf(json)).toMatchObject({ code: 'platform_unavailable', retryable: true });
				expect(held()).toEqual([]);
			} else {
				expect(json).toMatchObject({ status });
				expect(held()).toHaveLength(1);
			}
		},
	);

	it('is reported as not published where the server stays out of order', async () => {
		sandbox.faults.always('publish', { kind: '5xx-before' });
		expect(failureOf(await publish(KINDS[kind]()))).toMatchObject({ code: 'platform_unavailable' });
		expect(held()).toEqual([]);
	});

	it('is unknown where nothing can be read back, and stays so when n8n runs the node again', async () => {
		const parameters = KINDS[kind]();
		sandbox.faults.always('publish', { kind: '5xx-after' });
		for (const list of ['list', 'scheduled.list'])
			sandbox.faults.always(list, { kind: '5xx-before' });
		const tried = node(parameters);
		const [first] = await outcome(tried, await items());
		expect(failureOf(first)).toMatchObject({ code: 'outcome_unknown', retryable: false });
		expect(held()).toHaveLength(1);
		sandbox.faults.clear();
		const [again] = await outcome(tried, await items());
		expect(again.id).toBe(held()[0].id);
		expect(held()).toHaveLength(1);
	});
});
