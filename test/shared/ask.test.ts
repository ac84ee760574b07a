import { ask } from '@/nodes/shared/verdict';
import type { Reply } from '@/nodes/shared/http';
import { samplePlatform } from '@/test/support/platform';

const platform = samplePlatform({
	explain: ({ body }) => {
		const { error } = (body ?? {}) as { error?: string };
		return error ? { code: 'platform_auth_failed', message: error } : undefined;
	},
});

const answering = (status: number, body: unknown) => async (): Promise<Reply> => ({
	status,
	headers: {},
	body,
});

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
});
