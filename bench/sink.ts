import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/**
 * Takes X's chunked upload in a process of its own and keeps nothing: what is measured is the
 * client. Tells its port, and on request how many bytes came.
 */
let bytes = 0;

const ANSWERS: ReadonlyArray<readonly [RegExp, unknown]> = [
	[/^GET \/2\/users\/me/, { data: { id: '1', username: 'bench', name: 'Bench' } }],
	[/^POST \/2\/media\/upload\/initialize/, { data: { id: '1', media_key: '7_1' } }],
	[/^POST \/2\/media\/upload\/1\/append/, { data: { expires_at: 1 } }],
	[/^POST \/2\/media\/upload\/1\/finalize/, { data: { id: '1', media_key: '7_1' } }],
	[/^POST \/2\/tweets/, { data: { id: '2', text: '' } }],
];

function answer(request: IncomingMessage, response: ServerResponse) {
	request.on('data', (chunk: Buffer) => void (bytes += chunk.length));
	request.on('end', () => {
		const line = `${request.method} ${request.url}`;
		const found = ANSWERS.find(([pattern]) => pattern.test(line));
		response.writeHead(found ? 200 : 404, { 'content-type': 'application/json' });
		response.end(JSON.stringify(found?.[1] ?? {}));
	});
}

const server = createServer(answer).listen(0, '127.0.0.1', () => {
	process.send?.({ port: (server.address() as AddressInfo).port });
});
process.on('message', () => process.send?.({ bytes }));
