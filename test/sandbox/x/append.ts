import { SECOND } from '../kit/clock';
import { digestOf, type Digest } from '../kit/digest';
import { problems } from '../kit/schema';
import { refuse, type Call, type Reply } from '../kit/types';
import type { Assembly, Server, XMedia } from './model';
import { invalid } from './problems';
import { APPEND } from './schemas';

/** The documented limit is higher, but the edge refuses larger parts with an empty 413. */
export const SEGMENT_LIMIT = 2 * 1024 * 1024;
const WAITING_LIMIT = 8;

export const TOO_LARGE: Reply = { status: 413 };

/** One segment; a repeated index replaces the earlier one. */
export function append(server: Server, item: XMedia, call: Call): Reply {
	const assembly = server.assemblies.get(item.id);
	if (!assembly) return invalid(['The media upload has already been finalized.']);
	const { index, digest } = segmentOf(call);
	if (digest.length > SEGMENT_LIMIT || !digest.bytes) return TOO_LARGE;
	const known = item.segments.find((segment) => segment.index === index);
	const sum = item.segments.reduce((total, { length }) => total + length, 0);
	if (sum - (known?.length ?? 0) + digest.length > item.totalBytes)
		return invalid([`Segments exceed the total of ${item.totalBytes} bytes.`]);
	if (known) {
		// The segment is already hashed: the whole stays correct only if the repetition is equal.
		assembly.broken ||= known.sha256 !== digest.sha256;
		Object.assign(known, { length: digest.length, sha256: digest.sha256 });
	} else {
		item.segments.push({ index, length: digest.length, sha256: digest.sha256 });
		item.length += digest.length;
		assemble(assembly, index, digest.bytes);
	}
	return { status: 200, json: { data: { expires_at: Math.round(item.expiresAt / SECOND) } } };
}

function segmentOf({ body }: Call): { index: number; digest: Digest } {
	if (body.kind === 'json') {
		const wrong = problems(APPEND, body.value);
		if (wrong.length) return refuse(invalid(wrong));
		const { media, segment_index } = body.value as { media: string; segment_index: number };
		return { index: segment_index, digest: digestOf(Buffer.from(media, 'base64'), SEGMENT_LIMIT) };
	}
	if (body.kind !== 'multipart')
		return refuse(invalid(['$: expected multipart/form-data or application/json.']));
	const fields = Object.fromEntries(body.fields);
	const given = { ...fields, segment_index: Number(fields.segment_index ?? NaN), media: '' };
	const file = body.files.find(({ field }) => field === 'media');
	const wrong = problems(APPEND, { ...given, ...(!file && { media: undefined }) });
	if (wrong.length || !file) return refuse(invalid(wrong));
	return { index: given.segment_index, digest: file };
}

/** Hashes segments in order; keeps a few that wait for an earlier one, but no more. */
function assemble(assembly: Assembly, index: number, bytes: Buffer): void {
	if (index === 0) assembly.head = Buffer.from(bytes.subarray(0, 64 * 1024));
	assembly.waiting.set(index, bytes);
	for (
		let next = assembly.waiting.get(assembly.next);
		next;
		next = assembly.waiting.get(assembly.next)
	) {
		assembly.hash.update(next);
		assembly.waiting.delete(assembly.next);
		assembly.next += 1;
	}
	if (assembly.waiting.size > WAITING_LIMIT) {
		assembly.broken = true;
		assembly.waiting.clear();
	}
}
