import { retryAtOf, waitAdvised } from '@/nodes/shared/http/rateLimit';
import { conversation } from '@/test/support/conversation';
import { testNode } from '@/test/support/n8n';
import { HOST, nodeOf, sampleCredential, samplePlatform } from '@/test/support/platform';

const NOW = Date.UTC(2026, 0, 1);
const LONGEST = 100 * 366 * 24 * 3_600_000;

describe('the advice of a server that is too busy', () => {
	it.each<[Record<string, string>, number | undefined]>([
		[{ 'retry-after': '90' }, 90_000],
		[{ 'retry-after': '1.5' }, 1500],
		[{ 'retry-after': 'Thu, 01 Jan 2026 00:02:00 GMT' }, 120_000],
		[{ 'x-ratelimit-reset': String(NOW / 1000 + 60) }, 60_000],
		[{ 'x-ratelimit-reset': String(NOW + 60_000) }, 60_000],
		[{ 'x-ratelimit-reset': '30' }, 30_000],
		[{ 'ratelimit-reset': '2026-01-01T00:01:00Z' }, 60_000],
		[{ 'retry-after': '100000000000000' }, LONGEST],
		[{ 'retry-after': '9'.repeat(400) }, LONGEST],
		[{ 'x-ratelimit-reset': '9'.repeat(400) }, LONGEST],
		[{ 'ratelimit-reset': '+275760-09-13T00:00:00Z' }, LONGEST],
		[{ 'retry-after': '-5' }, undefined],
		[{ 'retry-after': 'soon' }, undefined],
		[{ 'x-ratelimit-reset': 'NaN' }, undefined],
		[{}, undefined],
	])('is read without trust: %j', (headers, wait) => {
		expect(waitAdvised(headers, NOW)).toBe(wait);
		expect(() => retryAtOf(headers)).not.toThrow();
	});

	it('makes no post uncertain, whatever it is', async () => {
		const platform = samplePlatform({ explain: () => ({ message: 'too many' }) });
		const talk = conversation(HOST, [
			['POST', '/posts', 429, { error: 'slow' }, { 'retry-after': '100000000000000' }],
		]);
		const [[{ json }]] = await testNode({
			type: nodeOf(platform),
			parameters: { resource: 'post', operation: 'publish', text: 'Hi' },
			credentials: [{ type: sampleCredential, data: { oauthTokenData: { access_token: 'a' } } }],
			continueOnFail: true,
		}).run();
		expect(json.error).toMatchObject({ code: 'rate_limited', retryAt: expect.any(String) });
		talk.done();
	});
});
