import { newsOf, sampleOf, type Known, type Wish } from '@/nodes/CrosspostTrigger/news';
import type { End, Seen } from '@/nodes/CrosspostTrigger/look';

const DAY = 86_400_000;
const NOW = Date.UTC(2026, 10, 22, 12);
const wish: Wish = {
	events: ['token.expiring', 'token.refreshed', 'token.revoked', 'scope.missing'],
	days: [14, 7, 1],
};

const end = (days: number, change: Partial<End> = {}): End => ({
	what: 'access token',
	at: NOW + days * DAY,
	canRefresh: false,
	pressing: true,
	...change,
});

const seen = (change: Partial<Seen> = {}): Seen => ({
	key: 'first',
	platform: 'sample',
	credential: 'My account',
	account: { id: '1', name: 'alice' },
	ends: [],
	missing: [],
	warnings: [],
	...change,
});

const about = {
	platform: 'sample',
	account: { id: '1', name: 'alice' },
	credential: 'My account',
};
const reconnect = 'Open the credential "My account" in n8n and connect the account again.';

/** Returns the events of several polls, one after the other. */
function told(looks: Seen[], wanted = wish): unknown[][] {
	let known: Known = {};
	return looks.map((one) => {
		const news = newsOf(one, known, wanted);
		// n8n stores it as JSON.
		known = JSON.parse(JSON.stringify(news.known)) as Known;
		return news.events.map(({ event, daysUntilExpiry }) =>
			daysUntilExpiry === undefined ? event : [event, daysUntilExpiry],
		);
	});
}

beforeEach(() => {
	jest.useFakeTimers({ now: NOW });
});
afterEach(() => jest.useRealTimers());

describe('an end that comes near', () => {
	it('is told once at each threshold, the nearest if several are passed at once', () => {
		let known: Known = {};
		const events = [20, 13.5, 13, 6.5, 6, 0.5, 0.4, -1].map((left) => {
			jest.setSystemTime(NOW + (30 - left) * DAY);
			const news = newsOf(seen({ ends: [end(30)] }), known, wish);
			known = news.known;
			return news.events.map(({ daysUntilExpiry }) => daysUntilExpiry);
		});
		expect(events).toEqual([[], [13], [], [6], [], [0], [], []]);
		jest.setSystemTime(NOW + 29.5 * DAY);
		expect(newsOf(seen({ ends: [end(30)] }), {}, wish).events).toEqual([
			{
				event: 'token.expiring',
				...about,
				what: 'access token',
				expiresAt: '2026-12-22T12:00:00.000Z',
				daysUntilExpiry: 0,
				canRefresh: false,
				reconnect,
			},
		]);
	});

	it('is told anew of a token that ends on another day, and of each thing that ends', () => {
		const refresh = end(5, { what: 'refresh token' });
		expect(
			told([
				seen({ ends: [end(6)] }),
				seen({ ends: [end(6), refresh] }),
				seen({ ends: [end(4.5), refresh] }),
			]),
		).toEqual([[['token.expiring', 6]], [['token.expiring', 5]], [['token.expiring', 4]]]);
	});

	it('is the same one although each renewal tells it a little later', () => {
		const refresh = (late: number) => end(5 + late / 86_400, { what: 'refresh token' });
		expect(told([1, 2, 70].map((late) => seen({ ends: [refresh(late)] })))).toEqual([
			[['token.expiring', 5]],
			[],
			[],
		]);
	});

	it('is not told while the pack renews the token by itself', () => {
		const renewed = end(0.1, { canRefresh: true, pressing: false });
		const stuck = { ...renewed, pressing: true };
		expect(told([seen({ ends: [renewed] }), seen({ ends: [stuck] })])).toEqual([
			[],
			[['token.expiring', 0]],
		]);
	});
});

it('tells a revocation once, and again after the connection had worked in between', () => {
	const dead = seen({ revoked: { reason: 'Sample: gone', code: '190' } });
	expect(told([dead, dead, seen(), dead, dead])).toEqual([
		['token.revoked'],
		[],
		[],
		['token.revoked'],
		[],
	]);
	expect(newsOf(dead, {}, wish).events).toEqual([
		{
			event: 'token.revoked',
			...about,
			revokedAt: '2026-11-22T12:00:00.000Z',
			reason: 'Sample: gone',
			code: '190',
			reconnect,
		},
	]);
});

it('tells a second revocation although n8n has forgotten the recovery between', () => {
	const dead = (checkedAt: number) => seen({ revoked: { reason: 'gone', code: '190', checkedAt } });
	const first = newsOf(dead(NOW - DAY), {}, wish);
	expect(first.events).toHaveLength(1);
	jest.setSystemTime(NOW + 3 * DAY);
	// n8n stores the known state only when a poll has events; the recovery had none.
	expect(newsOf(dead(NOW - DAY), first.known, wish).events).toEqual([]);
	expect(newsOf(dead(NOW + DAY), first.known, wish).events).toMatchObject([
		{ event: 'token.revoked' },
	]);
});

it('forgets all of a connection that was made anew', () => {
	const ends = [end(6)];
	expect(
		told([seen({ ends }), seen({ ends, key: 'second' }), seen({ ends, key: 'second' })]),
	).toEqual([[['token.expiring', 6]], [['token.expiring', 6]], []]);
});

it('tells missing scopes once, and again when others are missing', () => {
	const lacking = (...missing: string[]) => seen({ missing });
	expect(
		told([lacking('a'), lacking('a'), lacking('a', 'b'), lacking(), lacking('a', 'b')]),
	).toEqual([['scope.missing'], [], ['scope.missing'], [], ['scope.missing']]);
});

it('tells of renewals, and only what is wished', () => {
	const all = seen({ refreshed: true, missing: ['a'], ends: [end(1), end(90)] });
	expect(told([all])).toEqual([['token.refreshed', 'scope.missing', ['token.expiring', 1]]]);
	expect(told([all], { events: ['token.refreshed'], days: [7] })).toEqual([['token.refreshed']]);
	expect(told([seen({ revoked: { reason: '', code: '' } })], { events: [], days: [] })).toEqual([
		[],
	]);
});

it('shows how a connection stands although nothing is due', () => {
	expect(sampleOf(seen({ ends: [end(90)], missing: ['a'] }))).toEqual([
		{
			event: 'token.expiring',
			...about,
			what: 'access token',
			expiresAt: '2027-02-20T12:00:00.000Z',
			daysUntilExpiry: 90,
			canRefresh: false,
			reconnect,
		},
		{ event: 'scope.missing', ...about, missing: ['a'], reconnect },
	]);
	expect(sampleOf(seen({ account: undefined }))).toMatchObject([
		{ account: null, expiresAt: null, daysUntilExpiry: null },
	]);
	expect(sampleOf(seen({ revoked: { reason: 'gone', code: '1' } }))).toMatchObject([
		{ event: 'token.revoked', reason: 'gone' },
	]);
});
