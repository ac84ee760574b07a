import { getRequestHelperFunctions } from 'n8n-core/dist/execution-engine/node-execution-context/utils/request-helper-functions';
import { createServer, type IncomingHttpHeaders } from 'http';
import type { AddressInfo } from 'net';
import type {
	IHttpRequestOptions,
	INode,
	IWorkflowExecuteAdditionalData,
	Workflow,
} from 'n8n-workflow';

import { streamed } from '../../../nodes/shared/http/streamed';
import { sourceOf, zeros } from '../../support/streams';

const MB = 1024 * 1024;
jest.setTimeout(60_000);
const { httpRequest } = getRequestHelperFunctions(
	{} as Workflow,
	{} as INode,
	{} as IWorkflowExecuteAdditionalData,
);

interface Received {
	headers: IncomingHttpHeaders;
	bytes: number;
}

/** A server that accepts everything, or breaks the connection after a megabyte. */
const server = createServer((request, response) => {
	let bytes = 0;
	request.on('data', (piece: Buffer) => {
		bytes += piece.length;
		if (request.url === '/break' && bytes > MB) request.socket.resetAndDestroy();
	});
	request.on('end', () => response.end(JSON.stringify({ headers: request.headers, bytes })));
});

beforeAll(async () => await new Promise<void>((done) => void server.listen(0, '127.0.0.1', done)));
afterAll(() => {
	server.close();
	server.closeAllConnections();
});

async function send(path: string, body: unknown) {
	const { port } = server.address() as AddressInfo;
	return (await httpRequest({
		method: 'PUT',
		url: `http://127.0.0.1:${port}${path}`,
		body: body as IHttpRequestOptions['body'],
		disableFollowRedirect: true,
	})) as Received;
}

it('is streamed by n8n with its length and type', async () => {
	const before = process.memoryUsage().rss;
	let most = 0;
	async function* watched() {
		for await (const piece of zeros(128 * MB)) {
			most = Math.max(most, process.memoryUsage().rss);
			yield piece;
		}
	}
	const { headers, bytes } = await send('/', streamed(watched, 128 * MB, 'video/mp4'));
	expect(bytes).toBe(128 * MB);
	expect(headers).toMatchObject({ 'content-length': `${128 * MB}`, 'content-type': 'video/mp4' });
	expect(headers).not.toHaveProperty('transfer-encoding');
	expect(most - before).toBeLessThan(100 * MB);
});

it('can be sent again', async () => {
	const body = streamed(() => sourceOf(Buffer.alloc(10)), 10, 'image/png');
	expect([(await send('/', body)).bytes, (await send('/', body)).bytes]).toEqual([10, 10]);
});

it('fails at once if the source is shorter than announced', async () => {
	const body = streamed(async () => sourceOf(Buffer.alloc(10)), 20, 'image/png');
	await expect(send('/', body)).rejects.toThrow('Only 10 of the announced 20 bytes came');
});

it('closes its source after a broken connection', async () => {
	const source = sourceOf(Array<Buffer>(1000).fill(Buffer.alloc(MB)));
	const body = streamed(() => source, 1000 * MB, 'video/mp4');
	await expect(send('/break', body)).rejects.toMatchObject({
		code: expect.stringMatching(/ECONNRESET|EPIPE/),
	});
	body.destroy();
	await new Promise(setImmediate);
	expect(source.closed).toBe(true);
	expect(source.read).toBeLessThan(1000 * MB);
});
