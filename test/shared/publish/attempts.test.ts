import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import { items, outcomes, platformOf, sampleNode, server, useServer } from './platform';
import { tidOf } from '@/nodes/Bluesky/tid';
import { Crosspost } from '@/nodes/Crosspost/Crosspost.node';
import type { Platform } from '@/nodes/shared/contract/platform';
import { refuse } from '@/nodes/shared/errors/failure';
import { openAttempt } from '@/nodes/shared/publish/attempts';
import { binaryItem } from '@/test/support/binaries';
import { png } from '@/test/support/mediaFixtures';
import { testNode, type RunChange } from '@/test/support/n8n';
import { nodeOf } from '@/test/support/platform';

useServer();

/** A platform that refuses each post and records the key of its attempt, by text. */
function recorder(change: Partial<Platform> = {}) {
	const keys: Array<readonly [text: string, key: string]> = [];
	const publish: Platform['publish'] = async ({ attempt: slot }, { text }) => {
		keys.push([text, slot.key]);
		return await refuse({ code: 'platform_rejected', platform: 'sample', message: 'Not now' });
	};
	return { keys, change: { publish, ...change } };
}

describe('the key of a post', () => {
	it('is the same after a crash, in whatever order and number the items come then', async () => {
		const { keys, change } = recorder();
		const node = sampleNode({}, change);
		await node.run(items('A', 'B', 'B', 'C'));
		const before = keys.splice(0);
		await node.run(items('D', 'C', 'B', 'A', 'B'), { crashed: true });
		const sorted = (all: typeof keys) => all.filter(([text]) => text !== 'D').sort();
		expect(sorted(keys)).toEqual(sorted(before));
		expect(new Set(before.map(([, key]) => key)).size).toBe(4);
	});

	it('is another in another execution', async () => {
		const { keys, change } = recorder();
		const node = sampleNode({}, change);
		for (let run = 0; run < 3; run++) await node.run(items('A'), { fresh: true });
		expect(new Set(keys.map(([, key]) => key)).size).toBe(3);
	});

	const options: Platform['options'] = [
		{ displayName: 'Mood', name: 'mood', type: 'string', default: '' },
		{ displayName: 'When', name: 'when', type: 'dateTime', default: '' },
	];
	const image = { count: 4, bytes: 1e6, types: ['image/png'], from: 'bytes' as const };
	const change: Partial<Platform> = {
		options,
		limits: { text: { max: 500, unit: 'codePoints' }, media: { image } },
		target: { name: 'Page', description: '', picker: async () => ({ results: [] }) },
	};
	const file = async (width: number) =>
		await binaryItem({ a: { data: png(width, 9), fileName: 'a.png', mimeType: 'image/png' } });
	const from = (name: string) => `={{ $json.${name} }}`;
	const parameters = {
		target: from('target'),
		media: { medium: [{ source: 'binary', binaryProperty: 'a', altText: from('alt') }] },
		options: { mood: from('mood'), when: from('when'), remember: from('remember') },
	};
	const first = { text: 'A', target: '1', alt: 'Alt', mood: 'good', when: null, remember: 9 };
	const item = async (post: IDataObject, width = 9) => [
		{ ...(await file(width)), json: { ...first, ...post } },
	];

	/** Whether a retry treats another post as the one from the run before. */
	const isSame = async (other: IDataObject, width = 9) => {
		const { keys, change: recording } = recorder(change);
		const node = sampleNode(parameters, recording);
		await node.run(await item({}));
		await node.run(await item(other, width), { crashed: true });
		const [[, one], [, another]] = keys;
		return one === another;
	};

	it.each([
		['text', { text: 'B' }, 9],
		['target', { target: '2' }, 9],
		['alternative text', { alt: 'Other' }, 9],
		['file', {}, 8],
		['option', { mood: 'bad' }, 9],
	])('is not that of a post with another %s', async (_what, other, width) => {
		expect(await isSame(other, width)).toBe(false);
	});

	it('does not change with times, which are made anew, nor with what says how to publish', async () => {
		expect(await isSame({})).toBe(true);
		for (const more of [{ when: '2030-01-01T00:00:00Z' }, { remember: 99 }])
			expect(await isSame(more)).toBe(true);
	});

	it('is not that of another account', async () => {
		let id = 1;
		const whoami = async () => ({ id: String(id++), name: 'alice' });
		const { keys, change: recording } = recorder({ whoami });
		const node = sampleNode({}, recording);
		await node.run(items('A'));
		node.stored.sampleApi = { ...node.stored.sampleApi, oauthTokenData: { access_token: 'b' } };
		await node.run(items('A'), { crashed: true });
		expect(new Set(keys.map(([, key]) => key)).size).toBe(2);
	});

	it('makes 10,000 record keys with the time of the run', async () => {
		const type = { description: nodeOf(platformOf()).description, execute: opened };
		const tids: string[] = [];
		let namedAt = 0;
		async function opened(this: IExecuteFunctions) {
			for (let at = 0; at < 10_000; at++) {
				const place = { item: at, platform: 'sample', part: 0, given: {} };
				const content = at % 2 === 0 ? 'equal' : at;
				const whose = { account: '1', owner: 'host 1', content, remember: 10 };
				const attempt = await openAttempt(this, place, whose);
				({ namedAt } = attempt);
				tids.push(tidOf(attempt));
			}
			return [[]];
		}
		await sampleNode({}, {}, type).run();
		expect(new Set(tids).size).toBe(10_000);
		const ages = tids.map((tid) => namedAt - timeIn(tid));
		expect(Math.min(...ages)).toBeGreaterThanOrEqual(0);
		expect(Math.max(...ages)).toBeLessThan(5 * 60_000);
	});
});

/** Returns the time in a TID as epoch ms. */
function timeIn(tid: string): number {
	const digits = [...tid].map((one) => BigInt('234567abcdefghijklmnopqrstuvwxyz'.indexOf(one)));
	const bits = digits.reduce((all, digit) => (all << 5n) | digit, 0n);
	return Number(bits >> 10n) / 1000;
}

const keyed = (idempotencyKey: string, more: IDataObject = {}) => ({
	options: { idempotencyKey, ...more },
});
const refusedBy = (id: string) => ({
	context: { failure: { code: 'validation_failed', rule: `${id}.post.idempotencyKey` } },
});
const SENT = 'POST /posts';

describe('a key of the user', () => {
	it.each([
		['is empty', '={{ $json.none }}'],
		['is of spaces', '   '],
		['is an object', '={{ $json }}'],
		['is no number', '={{ Number($json.none) }}'],
		['is without end', '={{ 1 / 0 }}'],
		['is an expression that nobody evaluates', '{{ $json.guid }}'],
		['is the same on two items', 'always'],
	])('that %s is refused before anything is sent', async (_what, key) => {
		const given = items('A', 'B');
		const refused = refusedBy('sample');
		const strict = sampleNode(keyed(key), {}, undefined, { continueOnFail: false });
		await expect(strict.run(given)).rejects.toMatchObject(refused);
		expect(await outcomes(sampleNode(keyed(key)), given)).toEqual(
			Array(2).fill('validation_failed'),
		);
		expect(server.asked).toEqual([]);
	});

	it('is refused for the items that have it wrongly, where the node goes on', async () => {
		const node = sampleNode(keyed('={{ $json.key }}'));
		const given = ['one', '', 'two', 'one'].map((key, at) => ({ json: { text: `${at}`, key } }));
		expect(await outcomes(node, given)).toEqual([
			...['validation_failed', 'validation_failed', 'published 1', 'validation_failed'],
		]);
	});

	it('on ever so many items names a few of them', async () => {
		const given = Array.from({ length: 300 }, () => ({ json: { text: 'A' } }));
		const [output] = await sampleNode(keyed('always')).run(given);
		const said = output.map(({ json }) => (json.error as { message: string }).message);
		expect(said[0]).toBe(
			'Item 1 has the same Idempotency Key "always" as item 2, 3, 4 and 296 more',
		);
		expect(said[299]).toContain(
			'Item 300 has the same Idempotency Key "always" as item 1, 2, 3 and',
		);
	});

	it.each<[string, RunChange]>([
		['in a second execution', { fresh: true }],
		['after a crash', { crashed: true }],
	])('publishes nothing %s', async (_when, change) => {
		const node = sampleNode(keyed('={{ $json.key }}'));
		expect(await outcomes(node, items('A', 'B'))).toEqual(['published 1', 'published 2']);
		const again = await outcomes(node, items('B', 'A'), change);
		expect(again).toEqual(['already_published 2', 'already_published 1']);
		expect(server.count(SENT)).toBe(2);
	});

	it('stands for the post whatever its words are then', async () => {
		const node = sampleNode(keyed('={{ $json.key }}'));
		await node.run([{ json: { text: 'A', key: 'one' } }]);
		const changed = [{ json: { text: 'A with a typo less', key: 'one' } }];
		expect(await outcomes(node, changed, { fresh: true })).toEqual(['already_published 1']);
		expect(server.count(SENT)).toBe(1);
	});

	it('is free again after a refusal', async () => {
		const node = sampleNode(keyed('={{ $json.key }}'));
		server.next(SENT, { status: 400, body: { message: 'No' } });
		expect(await outcomes(node, items('A'))).toEqual(['platform_rejected']);
		expect(node.processed.size()).toBe(0);
		expect(await outcomes(node, items('A'), { fresh: true })).toEqual(['published 1']);
	});

	it('is free for a corrected post in the next run of the node', async () => {
		const node = sampleNode(keyed('fixed'));
		server.next(SENT, { status: 400, body: { message: 'No' } });
		expect(await outcomes(node, items('A'))).toEqual(['platform_rejected']);
		expect(await outcomes(node, items('B'), { runIndex: 1 })).toEqual(['published 1']);
		expect(await outcomes(node, items('C'), { runIndex: 2 })).toEqual(['validation_failed']);
		expect(server.posts.map(({ text }) => text)).toEqual(['B']);
	});

	it('lets one of two runs beside each other publish', async () => {
		const node = sampleNode(keyed('={{ $json.key }}'));
		server.next(SENT, async () => await new Promise((done) => setTimeout(done, 100)));
		const run = async () => await outcomes(node, items('A'), { fresh: true });
		const [[one], [other]] = await Promise.all([run(), run()]);
		expect([one, other]).toContain('published 1');
		expect(server.posts).toHaveLength(1);
	});
});

it('refuses keys of Crosspost before anything is sent, too', async () => {
	for (const key of ['={{ $json.none }}', '={{ $json }}', 'always']) {
		const node = testNode({
			type: new Crosspost(),
			parameters: { platforms: ['x', 'mastodon'], text: 'Hello', ...keyed(key) },
			credentials: [],
		});
		await expect(node.run(items('A', 'B'))).rejects.toMatchObject(refusedBy('crosspost'));
	}
});
