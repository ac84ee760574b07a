import { createReadStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { sniff } from '../kit/sniff';
import { refuse, type Call, type Reply } from '../kit/types';
import { finish, VIDEO_TYPES } from './fetching';
import type { Receiving, Server, Upload } from './model';

/** `PUT {upload_url}`: one chunk, in order; only the token in the URL identifies the client. */
export async function takeChunk(server: Server, call: Call): Promise<Reply> {
	const receiving = known(server, call);
	const upload = receiving.task.upload as Upload;
	const [first, last] = rangeOf(call, upload);
	if (first !== upload.received) return misplaced(server, upload, last);
	const isLast = upload.done === upload.chunks - 1;
	const due = isLast ? upload.size - upload.received : upload.chunkSize;
	if (last - first + 1 !== due) return { status: 400 };
	await keep(receiving, call);
	upload.done += 1;
	upload.received = last + 1;
	if (isLast) complete(server, receiving);
	return progress(upload);
}

function known({ receiving, clock }: Server, { query }: Call): Receiving {
	const found = receiving.get(query.get('upload_id') ?? '');
	if (!found || found.token !== query.get('upload_token')) return refuse({ status: 404 });
	const { expiresAt = 0 } = found.task.upload ?? {};
	return expiresAt > clock.now() ? found : refuse({ status: 403 });
}

function rangeOf({ headers, body }: Call, { size }: Upload): [number, number] {
	const [, from, to, total] =
		/^bytes (\d+)-(\d+)\/(\d+)$/.exec(headers['content-range'] ?? '') ?? [];
	const [first, last] = [Number(from), Number(to)];
	const type = (headers['content-type'] ?? '').toLowerCase();
	const length = body.kind === 'binary' ? body.digest.length : 0;
	const fits = length > 0 && length === last - first + 1 && Number(total) === size;
	const announced = Number(headers['content-length']) === length;
	return fits && announced && VIDEO_TYPES.includes(type) ? [first, last] : refuse({ status: 400 });
}

/** Whether the chunk is not the next one; a repeated chunk may be accepted. */
function misplaced({ settings }: Server, upload: Upload, last: number): Reply {
	const repeated = settings.repeatedChunk === 'accept' && last + 1 === upload.received;
	return repeated ? progress(upload) : { ...progress(upload), status: 416 };
}

async function keep(receiving: Receiving, { body }: Call): Promise<void> {
	if (body.kind !== 'binary' || !body.file) return;
	if (receiving.head.length === 0) receiving.head = body.digest.head;
	for await (const bytes of createReadStream(body.file)) receiving.hash.update(bytes as Buffer);
	await rm(body.file, { force: true });
}

function complete(server: Server, { task, hash, head, refuse: refused }: Receiving): void {
	const type = sniff(head)?.type ?? 'unknown';
	const medium = {
		id: task.publishId,
		type,
		length: task.upload?.received ?? 0,
		sha256: hash.digest('hex'),
	};
	const fits = VIDEO_TYPES.includes(type) && !refused;
	finish(server, task, [medium], fits ? undefined : 'file_format_check_failed');
}

function progress({ received, size }: Upload): Reply {
	return {
		status: received === size ? 201 : 206,
		headers: { 'content-range': `bytes 0-${received}/${size}` },
	};
}
