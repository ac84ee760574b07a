import type { Api } from '@/nodes/shared/contract/api';
import { conversation } from '@/test/support/conversation';
import { testNode } from '@/test/support/n8n';
import { HOST, nodeOf, sampleCredential, samplePlatform } from '@/test/support/platform';

/** Returns the answer for a platform that accepts refusals with this code as answers. */
const asked = async (status: number, body: object) => {
	const talk = conversation(HOST, [['GET', '/thing', status, body]]);
	const platform = samplePlatform({
		publish: async (api: Api) => {
			const reply = await api.reply(
				{ path: '/thing' },
				(refusal) => (refusal.body as { code?: number }).code === 33,
			);
			return { id: `HTTP ${reply.status}` };
		},
	});
	const node = testNode({
		type: nodeOf(platform),
		parameters: { resource: 'post', operation: 'publish', text: 'Hello' },
		credentials: [{ type: sampleCredential, data: { oauthTokenData: { access_token: 'at' } } }],
		continueOnFail: true,
	});
	const [[{ json }]] = await node.run();
	talk.done();
	return (json.error as { code?: string } | undefined)?.code ?? json.id;
};

it.each([
	[200, {}, 'HTTP 200'],
	[400, { code: 33 }, 'HTTP 400'],
	[404, { code: 33 }, 'HTTP 404'],
	[400, { code: 34 }, 'platform_rejected'],
])('a refusal is an answer by what it says: %i %j', async (status, body, result) => {
	expect(await asked(status, body)).toBe(result);
});
