import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

import { bounds } from '@/nodes/shared/bounds';
import { readCard } from '@/nodes/shared/media/linkCard';
import { loadFile } from '@/nodes/shared/media/load';
import { useBinaryStore } from '@/test/support/binaries';
import { inNode } from '@/test/support/inNode';

let server: Server;
let url = '';
let closed: Promise<void>;
let close = () => {};

beforeAll(async () => {
	await useBinaryStore();
	server = createServer((request, response) => {
		const timer = setInterval(() => response.write('<'), 20);
		response.on('close', () => {
			clearInterval(timer);
			close();
		});
		if (request.url === '/silent') clearInterval(timer);
		if (request.url === '/head') {
			clearInterval(timer);
			response.writeHead(200, { 'content-type': 'text/html' });
			response.flushHeaders();
		}
	});
	await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
	url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => server.close());

/** Shortens all time limits by the same factor, so that the tests end soon. */
const timeout = AbortSignal.timeout.bind(AbortSignal);
beforeEach(() => {
	closed = new Promise((done) => (close = done));
	jest.spyOn(AbortSignal, 'timeout').mockImplementation((ms) => timeout(Math.ceil(ms / 300)));
});
afterEach(() => jest.restoreAllMocks());

/** `closed` never resolves if the connection stays open. */
describe.each(['/silent', '/head', '/drip'])(
	'a server that does not come to an end: %s',
	(path) => {
		it('keeps no file waiting for longer than its bounds', async () => {
			const need = { bytes: true, atMost: bounds.slowestLine.most, platform: 'sample' };
			const loading = inNode(async (fn) => await loadFile(fn, `${url}${path}`, need));
			await expect(loading).rejects.toMatchObject({
				failure: {
					code: 'media_rejected',
					retryable: true,
					message: expect.stringMatching(/slowly/),
				},
			});
			await closed;
		});

		it('keeps no post waiting for a card', async () => {
			expect(await inNode(async (fn) => await readCard(fn, `${url}${path}`))).toBeUndefined();
			await closed;
		});
	},
);
