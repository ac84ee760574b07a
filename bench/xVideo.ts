import { Container } from '@n8n/di';
import { BinaryDataService } from 'n8n-core';
import type { INodeExecutionData } from 'n8n-workflow';
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { request } from 'node:http';
import { join } from 'node:path';
import { Readable } from 'node:stream';

import { CrosspostXOAuth2Api } from '../credentials/CrosspostXOAuth2Api.credentials';
import { X } from '../nodes/X/X.node';
import { chunks } from '../nodes/shared/media/chunks';
import { multipart } from '../nodes/shared/media/multipart';
import { mp4Stream } from '../test/support/mediaFixtures';
import { testNode, useBinaryStore } from '../test/support/n8n';
import type { Row } from './row';

const MIB = 1024 * 1024;
const FILM = 512 * MIB;
const CHUNK = MIB;
const MOST_MEMORY = 64 * MIB;
const LEAST_RATIO = 0.5;

interface Measured {
	seconds: number;
	/** Bytes of memory above what the process had before. */
	peak: number;
}

/** A film of X's full size from n8n's file store to a server, beside a plain client's pushing. */
export async function xVideo(): Promise<Row> {
	const sink = fork(join(__dirname, 'sink.js'));
	try {
		const { port } = await told<{ port: number }>(sink);
		const item = await film();
		const node = await measured(async () => await publish(port, item));
		const plain = await measured(async () => await pushPlainly(port, item));
		await expectBytes(sink, 2 * FILM);
		return rowOf(node, plain);
	} finally {
		sink.kill('SIGKILL');
	}
}

async function film(): Promise<INodeExecutionData> {
	await useBinaryStore();
	const stored = await Container.get(BinaryDataService).store(
		{ type: 'execution', workflowId: 'workflow', executionId: 'execution' },
		Readable.from(mp4Stream({ bytes: FILM })),
		{ data: '', mimeType: 'video/mp4', fileName: 'film.mp4' },
	);
	return { json: {}, binary: { data: stored } };
}

async function publish(port: number, item: INodeExecutionData) {
	const base = `http://127.0.0.1:${port}`;
	const oauthTokenData = { access_token: 'at', refresh_token: 'rt' };
	const node = testNode({
		type: new X(),
		parameters: {
			resource: 'post',
			operation: 'publish',
			text: 'Film',
			media: { medium: [{ source: 'binary', binaryProperty: 'data', altText: '' }] },
		},
		credentials: [{ type: new CrosspostXOAuth2Api(), data: { apiBaseUrl: base, oauthTokenData } }],
	});
	const [[{ json }]] = await node.run([item]);
	if (json.id !== '2') throw new Error(`Not published: ${JSON.stringify(json)}`);
}

/** The same chunks of the same file, one after the other over one connection, by Node's client alone. */
async function pushPlainly(port: number, item: INodeExecutionData) {
	const id = item.binary?.data.id as string;
	const file = await Container.get(BinaryDataService).getAsStream(id, CHUNK);
	let index = 0;
	for await (const data of chunks(file, CHUNK)) {
		const contentType = 'application/octet-stream';
		const { headers, body } = multipart([
			{ name: 'segment_index', value: String(index++) },
			{ name: 'media', filename: 'chunk', contentType, data },
		]);
		const options = { port, method: 'POST', path: '/2/media/upload/1/append', headers };
		const asked = request({ host: '127.0.0.1', ...options }).end(body);
		const [reply] = (await once(asked, 'response')) as [NodeJS.ReadableStream];
		reply.resume();
		await once(reply, 'end');
	}
}

async function measured(step: () => Promise<void>): Promise<Measured> {
	globalThis.gc?.();
	const idle = process.memoryUsage.rss();
	let most = idle;
	const timer = setInterval(() => (most = Math.max(most, process.memoryUsage.rss())), 50);
	const start = performance.now();
	await step();
	const seconds = (performance.now() - start) / 1000;
	clearInterval(timer);
	return { seconds, peak: most - idle };
}

async function expectBytes(sink: ChildProcess, least: number) {
	sink.send('bytes');
	const { bytes } = await told<{ bytes: number }>(sink);
	if (bytes < least) throw new Error(`Only ${bytes} of ${least} bytes came`);
}

async function told<T>(child: ChildProcess): Promise<T> {
	const [message] = (await once(child, 'message')) as [T];
	return message;
}

function rowOf(node: Measured, plain: Measured): Row {
	const ratio = plain.seconds / node.seconds;
	const rate = ({ seconds }: Measured) => `${Math.round(FILM / MIB / seconds)} MiB/s`;
	return {
		name: `X: 512 MiB video from n8n’s file store, Node ${process.versions.node}`,
		figures: `memory +${(node.peak / MIB).toFixed(0)} MiB; ${rate(node)}, plain node:http ${rate(plain)}, ratio ${ratio.toFixed(2)}`,
		wanted: `memory below +${MOST_MEMORY / MIB} MiB, ratio at least ${LEAST_RATIO}`,
		passed: node.peak < MOST_MEMORY && ratio >= LEAST_RATIO,
	};
}
