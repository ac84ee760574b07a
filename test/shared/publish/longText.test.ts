import { conversation } from '@/test/support/conversation';
import { testNode } from '@/test/support/n8n';
import { HOST, nodeOf, sampleCredential, samplePlatform } from '@/test/support/platform';

const link = 'https://example.org/page';

const setup = (card: boolean) =>
	testNode({
		type: nodeOf(
			samplePlatform({
				limits: { text: { max: 40, unit: 'codePoints' }, media: {} },
				...(card && { compose: ({ text }) => text }),
				publish: async (api, post) =>
					await api.publish({
						method: 'POST',
						path: '/posts',
						body: { text: post.text, link: post.link },
					}),
			}),
		),
		parameters: {
			resource: 'post',
			operation: 'publish',
			text: 'One sentence of some length. Another sentence of it.',
			link,
			options: { longText: 'thread', numbering: false },
		},
		credentials: [
			{
				type: sampleCredential,
				data: { password: 'secret', oauthTokenData: { access_token: 'token' } },
			},
		],
	});

describe('a long text with a link', () => {
	it('keeps a link that is shown beside the text, on the first part', async () => {
		const talk = conversation(HOST, [
			['POST', '/posts', 200, { id: '1' }],
			['POST', '/posts', 200, { id: '2' }],
		]);
		await setup(true).run();
		expect(talk.requests.map(({ body }) => body)).toEqual([
			{ text: 'One sentence of some length.', link },
			{ text: 'Another sentence of it.' },
		]);
	});

	it('has a link that stands in the text once', async () => {
		const talk = conversation(HOST, [
			['POST', '/posts', 200, { id: '1' }],
			['POST', '/posts', 200, { id: '2' }],
			['POST', '/posts', 200, { id: '3' }],
		]);
		await setup(false).run();
		expect(talk.requests.map(({ body }) => body)).toEqual([
			{ text: 'One sentence of some length.' },
			{ text: 'Another sentence of it.' },
			{ text: link },
		]);
	});
});
