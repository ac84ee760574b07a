/**
 * Pushes a file with Node's client alone: `node plain.mjs <file> <chunk size> <port>`, one chunk
 * after the other over one connection, in the form that X takes. Writes how many seconds it took.
 */
import { once } from 'node:events';
import { createReadStream } from 'node:fs';
import { Agent, request } from 'node:http';

const [file, chunk, port] = process.argv.slice(2);
const BOUNDARY = 'form-0123456789abcdef';
const field = (rest) => `--${BOUNDARY}\r\nContent-Disposition: form-data; ${rest}\r\n\r\n`;
const END = `\r\n--${BOUNDARY}--\r\n`;

const agent = new Agent({ keepAlive: true, maxSockets: 1 });
let index = 0;
const start = performance.now();
for await (const bytes of createReadStream(file, { highWaterMark: Number(chunk) })) {
	const text = `${field('name="segment_index"')}${index++}\r\n`;
	const before = `${text}${field('name="media"; filename="chunk"')}`;
	const asked = request({
		agent,
		host: '127.0.0.1',
		port,
		method: 'POST',
		path: '/2/media/upload/1/append',
		headers: {
			'content-type': `multipart/form-data; boundary=${BOUNDARY}`,
			'content-length': before.length + bytes.length + END.length,
		},
	});
	asked.write(before);
	asked.write(bytes);
	asked.end(END);
	const [reply] = await once(asked, 'response');
	reply.resume();
	await once(reply, 'end');
}
process.stdout.write(String((performance.now() - start) / 1000));
agent.destroy();
