import { conversation } from '@/test/support/conversation';
import { testNode } from '@/test/support/n8n';
import { HOST, nodeOf, sampleCredential, samplePlatform } from '@/test/support/platform';

const node = () =>
	testNode({
		type: nodeOf(
			samplePlatform({
				publish: async (api) => {
					const answerHeader = 'x-id';
					const request = { method: 'POST' as const, path: '/posts', body: {}, answerHeader };
					const answer = await api.publish<{ 'x-id': string }>(request);
					return { id: answer['x-id'] };
				},
			}),
		),
		parameters: { resource: 'post', operation: 'publish', text: 'hello' },
		credentials: [
			{
				type: sampleCredential,
				data: { password: 'secret', oauthTokenData: { access_token: 'token' } },
			},
		],
		continueOnFail: true,
	});

describe('a vendor that answers in a header alone', () => {
	it('is understood without a body', async () => {
		const talk = conversation(HOST, [['POST', '/posts', 201, '', { 'X-Id': '7' }]]);
		const [[{ json }]] = await node().run();
		expect(json).toMatchObject({ id: '7', status: 'published' });
		talk.done();
	});

	it('leaves the outcome open where the header is missing', async () => {
		const talk = conversation(HOST, [['POST', '/posts', 201, { id: '7' }]]);
		const [[{ json }]] = await node().run();
		expect(json.error).toMatchObject({ code: 'outcome_unknown' });
		talk.done();
	});
});
