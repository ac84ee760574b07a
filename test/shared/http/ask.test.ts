import type { Reply } from '@/nodes/shared/contract/http';
import type { Refused } from '@/nodes/shared/errors/failure';
import { ask } from '@/nodes/shared/http/ask';
import { samplePlatform } from '@/test/support/platform';

const platform = samplePlatform({
	explain: ({ body }) => {
		const { error } = (body ?? {}) as { error?: string };
		return error ? { code: 'platform_auth_failed', message: error } : undefined;
	},
});

const answering =
	(status: number, body: unknown, headers: Reply['headers'] = {}) =>
	async (): Promise<Reply> => ({ status, headers, body });

describe('asking outside a session', () => {
	it('gives the body of a good answer', async () => {
		const answer = await ask(platform, answering(200, { token: 'a' }), { url: '' }, []);
		expect(answer).toEqual({ token: 'a' });
	});

	it.each([200, 400])('takes an error for one, though it came with %i', async (status) => {
		const asked = ask(platform, answering(status, { error: 'no secret-1' }), { url: '' }, [
			'secret-1',
		]);
		await expect(asked).rejects.toMatchObject({
			failure: { code: 'platform_auth_failed', message: 'Sample: no [hidden]' },
		});
	});

	it.each([
		[{ 'retry-after': '90' }, '2030-01-01T00:01:30.000Z'],
		[{ 'ratelimit-reset': '1893456120' }, '2030-01-01T00:02:00.000Z'],
		[{}, undefined],
	])('says when a rate limit is lifted: %j', async (headers, retryAt) => {
		jest.useFakeTimers({ now: Date.UTC(2030, 0, 1) });
		const asked = ask(platform, answering(429, '', headers), { url: '' }, []);
		await expect(asked).rejects.toMatchObject({ failure: { code: 'rate_limited' } });
		const { failure } = (await asked.catch((error: unknown) => error)) as Refused;
		expect(failure.retryAt).toBe(retryAt);
		jest.useRealTimers();
	});

	it('gives no time to retry at with any other refusal', async () => {
		const refused = answering(403, '', { 'ratelimit-reset': '1893456120' });
		const asked = ask(platform, refused, { url: '' }, []);
		const { failure } = (await asked.catch((error: unknown) => error)) as Refused;
		expect(failure).not.toHaveProperty('retryAt');
	});
});
