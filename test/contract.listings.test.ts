import { bounds } from '../nodes/shared/bounds';
import type { Picker, Platform } from '../nodes/shared/contract/platform';
import { isList } from '../nodes/shared/editor/describe';
import { itemsOf } from '../nodes/shared/http/pages';
import { listed } from '../nodes/shared/connection/listed';
import { alike } from '../nodes/shared/publish/reconcile';
import { platforms, records } from './platforms/asked';
import { apiWith } from './support/api';

/**
 * Every listing ends, even if the server's pages form a circle or never end, and a partial list is
 * never taken for the whole.
 */
const SERVERS: Array<[what: string, cursorOf: (asked: number) => string]> = [
	['leads from A to B to A', (asked) => (asked % 2 ? '7' : '8')],
	['never ends', (asked) => String(asked + 10)],
];
/** More requests than any listing may send. */
const MOST = 5000;
/** ID of a target or a post. */
const ID = '17841400000000099';

/** A page without items and with a link to the next one, in the form of every vendor. */
const pageWith = (cursor: string) => ({
	...{ id: '1', name: 'alice', username: 'alice', did: 'did:plc:a', access_token: 'page' },
	...{ data: [], items: [], elements: [], records: [], feed: [], lists: [], results: {} },
	...{ cursor, bookmark: cursor, meta: { next_token: cursor } },
	paging: { next: 'https://x.example', cursors: { after: cursor }, links: [{ rel: 'next' }] },
});

function serverOf(platform: Platform, cursorOf: (asked: number) => string) {
	let asked = 0;
	const { credential, page = pageWith } = records[platform.id].contract;
	// Each page may contain a hundred long posts.
	const bytesAllowed = new Set([bounds.listing.most]);
	const api = apiWith(platform, { credential }, async ({ atMost }) => {
		bytesAllowed.add(Number(atMost));
		if (asked > MOST) throw new Error('without end');
		const cursor = cursorOf(asked++);
		const link = `<https://x.example/?max_id=${cursor}>; rel="next"`;
		const body = page(cursor);
		return { status: 200, headers: { link }, body };
	});
	return {
		api,
		asked: () => {
			expect([...bytesAllowed]).toEqual([bounds.listing.most]);
			return asked;
		},
	};
}

/** `it.each` that accepts an empty list. */
const each = <T extends readonly [string, unknown]>(rows: readonly T[]) =>
	rows.length > 0 ? it.each(rows) : () => {};

/** Expects the failure that names the cause. */
const fails = async (reading: Promise<unknown>) => {
	const error = await reading.then(
		() => undefined,
		(failed: unknown) => failed as { failure?: { code: string; rule?: string } },
	);
	expect(error?.failure).toMatchObject({
		code: 'platform_unavailable',
		rule: expect.stringMatching(/\.list\.endless$/),
	});
};

describe.each(platforms.map((platform) => [platform.name, platform] as const))(
	'On %s',
	(_name, platform) => {
		describe.each(SERVERS)('a server that %s', (what, cursorOf) => {
			const lists = platform.operations.filter(isList);
			each(lists.map((list) => [`${list.resource}.${list.operation}`, list] as const))(
				'fails Return All of %s',
				async (_list, list) => {
					const { api, asked } = serverOf(platform, cursorOf);
					await fails(listed(api, list, { returnAll: true, target: ID, post: ID }));
					expect(asked()).toBeLessThan(MOST);
				},
			);

			const pickers: Array<[string, Picker]> = [
				...Object.entries(platform.pickers ?? {}),
				...(platform.target ? [['target', platform.target.picker] as [string, Picker]] : []),
			];
			each(pickers)('keeps nobody waiting for a list to choose from: %s', async (_list, picker) => {
				for (const filter of ['', 'alice']) {
					const { api, asked } = serverOf(platform, cursorOf);
					await picker(api, filter, undefined, ID).catch(async (error: unknown) => {
						await fails(Promise.reject(error));
					});
					expect(asked()).toBeLessThan(200);
				}
			});

			const { newest, unordered } = platform.readBack ?? {};
			const searches = newest ? (records[platform.id].contract.searches ?? [{}]) : [];
			each(searches.map((search) => [JSON.stringify(search), search] as const))(
				'proves of no post that it is not out: %s',
				async (_search, search) => {
					const { api, asked } = serverOf(platform, cursorOf);
					const sought = { text: 'Hello', media: [], more: search };
					const since = Date.now() - 1000;
					const found = alike(api, { newest: newest as never, unordered, since }, sought);
					const complete = await found.then(
						(seen) => seen.complete,
						() => false,
					);
					expect(complete).toBe(false);
					expect(asked()).toBeLessThan(200);
				},
			);

			const given = records[platform.id].contract.listedPost;
			const finders = platform.operations.filter(
				(one) => !isList(one) && one.resource === 'post' && one.operation === 'get',
			);
			each(given ? finders.map((one) => [one.name, one] as const) : [])(
				'has no post behind an address: %s',
				async (_operation, one) => {
					const { api, asked } = serverOf(platform, cursorOf);
					const run = (one as unknown as { run: (...all: unknown[]) => Promise<unknown> }).run;
					const code = what === 'never ends' ? 'not_found' : 'platform_unavailable';
					await expect(run(api, given)).rejects.toMatchObject({ failure: { code } });
					expect(asked()).toBeLessThan(20);
				},
			);
		});
	},
);

it('What a platform lists is all there where the list ends', async () => {
	const [platform] = platforms;
	const { api } = serverOf(platform, String);
	const pages: Record<string, { items: number[]; cursor?: string }> = {
		first: { items: [1, 2], cursor: 'b' },
		b: { items: [], cursor: 'c' },
		c: { items: [3] },
	};
	const read = api.pages(async (cursor = 'first') => await Promise.resolve(pages[cursor]));
	expect(await itemsOf(read)).toEqual([1, 2, 3]);
});
