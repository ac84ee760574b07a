import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

import { png } from '@/test/support/mediaFixtures';
import { samplePlatform, nodeOf, sampleCredential } from '@/test/support/platform';
import { useBinaryStore } from '@/test/support/binaries';
import { testNode } from '@/test/support/n8n';

let server: Server;

beforeAll(async () => {
	await useBinaryStore();
	// The server announces more bytes than it sends.
	server = createServer((request, response) => {
		const length = request.url === '/large.png' ? 10_000_000 : 10_000;
		response.writeHead(200, { 'content-length': length });
		const after = request.url === '/early.png' ? 0 : 50;
		response.write(png(8, 8), () => setTimeout(() => response.destroy(), after));
	});
	await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
});
afterAll(() => server.close());

// The early download breaks off before n8n begins to read it.
it.each(['early.png', 'small.png', 'large.png'])(
	'a download that breaks off is no surprise: %s',
	async (name) => {
		const { port } = server.address() as AddressInfo;
		const url = `http://127.0.0.1:${port}/${name}`;
		const limits = {
			text: { max: 500, unit: 'codePoints' as const },
			media: {
				image: { count: 1, bytes: 1_000_000, types: ['image/png'], from: 'bytes' as const },
			},
		};
		const node = testNode({
			type: nodeOf(samplePlatform({ limits })),
			parameters: {
				...{ resource: 'post', operation: 'publish', text: 'Picture' },
				media: { medium: [{ source: 'url', url }] },
			},
			credentials: [
				{
					type: sampleCredential,
					data: { password: 'secret', oauthTokenData: { access_token: 'token' } },
				},
			],
			continueOnFail: true,
		});
		const [[{ json }]] = await node.run();
		expect(json.error).toMatchObject({
			...{ code: 'media_rejected', rule: 'sample.media.url', retryable: true },
			message: expect.stringMatching(/ broke off /),
		});
	},
);
