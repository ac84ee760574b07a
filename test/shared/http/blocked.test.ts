import { Container } from '@n8n/di';

import { testNode } from '@/test/support/n8n';
import { nodeOf, sampleCredential, samplePlatform } from '@/test/support/platform';

/** n8n-core is loaded outside of jest and reads the real environment of the process. */
const { env } = (Container.constructor.constructor as FunctionConstructor)(
	'return process',
)() as NodeJS.Process;
const allowed = env.N8N_SSRF_ALLOWED_IP_RANGES;

beforeAll(() => {
	env.N8N_SSRF_PROTECTION_ENABLED = 'true';
	env.N8N_SSRF_ALLOWED_IP_RANGES = '';
});
afterAll(() => {
	delete env.N8N_SSRF_PROTECTION_ENABLED;
	env.N8N_SSRF_ALLOWED_IP_RANGES = allowed;
	// Services that n8n made with these settings must not be used by the next file of this worker.
	Container.reset();
});

/** n8n's own protection is on, and the platform's server is in the internal network. */
describe('a server that n8n does not let the pack ask', () => {
	const failed = async (base: string) => {
		const platform = samplePlatform({
			publish: async (api) => await api.publish({ method: 'POST', path: '/posts', body: {} }),
		});
		const node = testNode({
			type: nodeOf(platform),
			parameters: { resource: 'post', operation: 'publish', text: 'a' },
			credentials: [
				{ type: sampleCredential, data: { base, oauthTokenData: { access_token: 'a' } } },
			],
			continueOnFail: true,
		});
		const [[{ json }]] = await node.run();
		return json.error;
	};

	it.each([
		['http://10.0.0.1', 'The target 10.0.0.1 is not allowed.'],
		['http://localhost:1', 'The target 127.0.0.1 is not allowed.'],
	])('fails in n8n’s own words and with its advice: %s', async (base, target) => {
		expect(await failed(base)).toMatchObject({
			code: 'platform_unavailable',
			message: 'Sample: The request was blocked because it resolves to a restricted IP address',
			remediation: expect.stringContaining(target),
			retryable: false,
		});
	});
});
