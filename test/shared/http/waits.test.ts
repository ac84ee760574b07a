import { uploadVideo } from '@/nodes/Facebook/video';
import { processed } from '@/nodes/X/upload';
import { platforms } from '@/nodes/platforms';
import { bounds } from '@/nodes/shared/bounds';
import type { Http, NodeContext } from '@/nodes/shared/contract/http';
import type { Media } from '@/nodes/shared/contract/media';
import { stopOf } from '@/nodes/shared/http/stop';
import { intervalOf, waitable } from '@/nodes/shared/http/times';
import { waitBudget } from '@/nodes/shared/http/waitBudget';
import { apiWith, recorded } from '@/test/support/api';
import { samplePlatform } from '@/test/support/platform';
import { advance } from '@/test/support/time';

/** Waits end and repeated requests pause, whatever times a server gives. */
const HOUR = 3_600_000;
const NO_TIMES = [NaN, 0, -1, -Infinity, Infinity, 1e15, 0.001, '0', 'soon', null, {}, true];

type Sleep = (ms: number) => Promise<void>;
const hooks = globalThis as { passTime?: Sleep };
const pass = hooks.passTime as Sleep;
let slept: number[] = [];

beforeEach(() => {
	slept = [];
	hooks.passTime = async (ms) => {
		slept.push(ms);
		advance(ms);
		await Promise.resolve();
	};
});
afterEach(() => (hooks.passTime = pass));

/**
 * Node.js has timers only up to this length; a wait below the minimum would repeat requests without
 * a pause.
 */
const expectSleepable = (least = 0) => {
	// One comparison for all waits, because hundreds of tests have up to thousands of waits each.
	expect(slept.filter((ms) => !(ms >= least && ms <= 2 ** 31 - 1))).toEqual([]);
};

it.each([
	[NaN, 0],
	[-5, 0],
	[5, 5],
	[Infinity, bounds.longestTimer.most],
	[2 ** 31, bounds.longestTimer.most],
])('%p ms are waited as %i', async (ms, expected) => {
	expect(waitable(ms)).toBe(expected);
	await stopOf({} as NodeContext, 'sample').wait(ms);
	expect(slept).toEqual([expected]);
});

it.each([
	[NaN, 1000],
	[0, 500],
	[-5, 500],
	[750, 750],
	[Infinity, Infinity],
])('%p ms between two askings are %p', (ms, expected) => {
	expect(intervalOf(ms)).toBe(expected);
});

it.each([NaN, -1, Infinity, 1e15])('a user who allows %p ms allows what can be waited', (ms) => {
	expect(waitBudget(ms).most).toBe(ms > 0 ? bounds.longestTimer.most : 0);
});

describe('asking until there is an answer', () => {
	const asked = async (every: number | (() => number), atMost: number) => {
		let times = 0;
		const api = apiWith(samplePlatform(), {}, recorded().http);
		const found = await api.until(
			async () => {
				if (++times > 1000) throw new Error('without end');
				return await Promise.resolve(undefined);
			},
			{ every, atMost },
		);
		expect(found).toBeUndefined();
		return times;
	};

	it.each(NO_TIMES)('pauses in between, and ends, where the time between is %p', async (every) => {
		for (const said of [every as number, () => every as number, () => Number(every)]) {
			expect(await asked(said, 60_000)).toBeLessThanOrEqual(121);
		}
		expectSleepable(500);
	});

	it.each([NaN, -1, 0, -Infinity])('happens once where the time in all is %p', async (atMost) => {
		expect(await asked(1000, atMost)).toBe(1);
	});

	it('ends where nobody has set an end', async () => {
		expect(await asked(10 * HOUR, Infinity)).toBeLessThan(100);
		expectSleepable(500);
	});
});

it.each(NO_TIMES)('X is asked with pauses, and not for ever, where it says %p', async (said) => {
	const { calls, http } = recorded(() => ({
		body: { data: { id: '1', processing_info: { state: 'pending', check_after_secs: said } } },
	}));
	const [x] = platforms.filter(({ id }) => id === 'x');
	expect(await processed(apiWith(x, { patience: 60_000 }, http), '1')).toBe(false);
	expect(calls.length).toBeLessThanOrEqual(121);
	expectSleepable(500);
});

const HEADERS = ['retry-after', 'x-rate-limit-reset', 'ratelimit-reset'];
const SAID = ['0', '-5', 'NaN', 'Infinity', '1e400', '9'.repeat(400), '', 'soon', '2147484', '0.0'];
const limits = HEADERS.flatMap((header) => SAID.map((value) => [header, value] as const));

describe.each(platforms.map((platform) => [platform.name, platform] as const))(
	'a rate limit of %s',
	(_name, platform) => {
		const always = (headers: Record<string, string>): Http => {
			const { calls, http } = recorded(() => ({ status: 429, headers }));
			return async (call) => {
				if (calls.length > 200) throw new Error('without end');
				return await http(call);
			};
		};

		it.each(limits)('is waited for as long as the user allows: %s: %s', async (header, value) => {
			for (const allowed of [0, 60_000, NaN, Infinity]) {
				const api = apiWith(platform, { patience: allowed }, always({ [header]: value }));
				const failure = { code: 'rate_limited' };
				await expect(api.send({ path: '/x' })).rejects.toMatchObject({ failure });
			}
			expectSleepable(500);
		});
	},
);

it.each(['facebook', 'instagram', 'threads'])(
	'the time that %s wants may be any number of minutes',
	async (id) => {
		const [platform] = platforms.filter((one) => one.id === id);
		for (const minutes of ['0', '1', '9'.repeat(20), '9'.repeat(400)]) {
			const usage = `{"1":[{"type":"pages","estimated_time_to_regain_access":${minutes}}]}`;
			const { calls, http } = recorded(() => ({
				status: 400,
				headers: { 'x-business-use-case-usage': usage },
				body: { error: { code: 80001, type: 'OAuthException', message: 'Too many calls' } },
			}));
			const api = apiWith(platform, { patience: 120_000 }, http);
			const failure = { code: 'rate_limited' };
			await expect(api.send({ path: '/x' })).rejects.toMatchObject({ failure });
			expect(calls.length).toBeLessThan(20);
		}
		expectSleepable(500);
	},
);

it('a part of a video that Facebook asks for over and over is sent some times only', async () => {
	const [facebook] = platforms.filter(({ id }) => id === 'facebook');
	const { calls, http } = recorded(() => ({
		body: { video_id: '1', upload_session_id: '2', start_offset: '0', end_offset: '4' },
	}));
	const credential = { videoBaseUrl: 'https://video.example' };
	const medium = {
		bytes: 4,
		open: async () =>
			(async function* () {
				yield Buffer.from('abcd');
			})(),
	} as unknown as Media;
	const place = { page: '1', token: 'page-token-1' };
	const sent = uploadVideo(apiWith(facebook, { credential }, http), place, medium);
	await expect(sent).rejects.toMatchObject({ failure: { rule: 'facebook.video.offsets' } });
	expect(calls.length).toBeLessThan(50);
});
