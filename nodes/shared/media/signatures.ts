import { boxes } from './boxes';
import { textMime } from './textMime';

/** Bytes at a fixed offset, as Latin-1; the most specific come first. */
const MAGIC: ReadonlyArray<readonly [at: number, magic: string, mime: string]> = [
	[0, '\xff\xd8\xff', 'image/jpeg'],
	[0, '\x89PNG\r\n\x1a\n', 'image/png'],
	[0, 'GIF87a', 'image/gif'],
	[0, 'GIF89a', 'image/gif'],
	[0, 'II*\0', 'image/tiff'],
	[0, 'MM\0*', 'image/tiff'],
	[0, '8BPS\0\x01', 'image/vnd.adobe.photoshop'],
	[0, '%PDF-', 'application/pdf'],
	[0, 'fLaC', 'audio/flac'],
	[0, '#!AMR', 'audio/amr'],
	[0, 'FLV\x01', 'video/x-flv'],
	[0, '\0\0\x01\xba', 'video/mpeg'],
	[0, '\0\0\x01\xb3', 'video/mpeg'],
	[0, '0&\xb2\x75\x8e\x66\xcf\x11', 'video/x-ms-asf'],
	[0, '\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1', 'application/x-cfb'],
];

const FORMS: Record<string, string> = {
	WEBP: 'image/webp',
	WAVE: 'audio/wav',
	'AVI ': 'video/x-msvideo',
	AIFF: 'audio/aiff',
	AIFC: 'audio/aiff',
};

/** https://mp4ra.org/registered-types/brands */
const BRANDS: Record<string, string> = {
	'qt  ': 'video/quicktime',
	avif: 'image/avif',
	avis: 'image/avif',
	heic: 'image/heic',
	heix: 'image/heic',
	heim: 'image/heic',
	heis: 'image/heic',
	hevc: 'image/heic-sequence',
	hevx: 'image/heic-sequence',
	'M4A ': 'audio/mp4',
	'M4B ': 'audio/mp4',
	'M4P ': 'audio/mp4',
};

/** The MIME type by the first bytes of a file, never by its name. */
export function mimeOf(head: Buffer): string | undefined {
	const found = MAGIC.find(([at, magic]) => has(head, at, magic));
	return (
		found?.[2] ??
		formMime(head) ??
		movieMime(head) ??
		matroskaMime(head) ??
		oggMime(head) ??
		bitmapMime(head) ??
		zipMime(head) ??
		soundMime(head) ??
		transportMime(head) ??
		textMime(head)
	);
}

function has(head: Buffer, at: number, magic: string) {
	return head.toString('latin1', at, at + magic.length) === magic;
}

function formMime(head: Buffer) {
	return has(head, 0, 'RIFF') || has(head, 0, 'FORM')
		? FORMS[head.toString('latin1', 8, 12)]
		: undefined;
}

function movieMime(head: Buffer) {
	const type = head.toString('latin1', 4, 8);
	if (type === 'ftyp') return brandMime(head);
	// QuickTime files from before 2001 have no brand.
	const old = /^(moov|mdat|pnot)$/.test(type) || (/^(wide|free|skip)$/.test(type) && head[0] === 0);
	return old ? 'video/quicktime' : undefined;
}

function brandMime(head: Buffer) {
	const [box] = boxes(head);
	if (!box) return undefined;
	const brands = head.toString('latin1', box.start, Math.min(box.end, 256)).match(/[^]{4}/g) ?? [];
	const [major = '', , ...compatible] = brands;
	if (/^(mif[12]|msf1|miaf)$/.test(major)) {
		const known = compatible.map((brand) => BRANDS[brand]);
		return known.find((mime) => mime?.startsWith('image/')) ?? 'image/heif';
	}
	if (/^3g[2p]/.test(major)) return major.startsWith('3g2') ? 'video/3gpp2' : 'video/3gpp';
	return BRANDS[major] ?? 'video/mp4';
}

function matroskaMime(head: Buffer) {
	if (!has(head, 0, '\x1a\x45\xdf\xa3')) return undefined;
	const kind = /\x42\x82[\x80-\xff](webm|matroska)/.exec(head.toString('latin1', 4, 128))?.[1];
	return kind === 'webm' ? 'video/webm' : kind && 'video/x-matroska';
}

function oggMime(head: Buffer) {
	if (!has(head, 0, 'OggS')) return undefined;
	return head.subarray(0, 4096).includes('\x80theora', 0, 'latin1') ? 'video/ogg' : 'audio/ogg';
}

function bitmapMime(head: Buffer) {
	const known = head.length >= 18 && [12, 40, 52, 56, 64, 108, 124].includes(head.readUInt32LE(14));
	return has(head, 0, 'BM') && known ? 'image/bmp' : undefined;
}

const OFFICE: ReadonlyArray<readonly [folder: string, kind: string]> = [
	['ppt/', 'presentationml.presentation'],
	['word/', 'wordprocessingml.document'],
	['xl/', 'spreadsheetml.sheet'],
];

function zipMime(head: Buffer) {
	if (!has(head, 0, 'PK\x03\x04')) return undefined;
	const kind = OFFICE.find(([folder]) => head.includes(folder))?.[1];
	return kind ? `application/vnd.openxmlformats-officedocument.${kind}` : 'application/zip';
}

function soundMime(head: Buffer) {
	const at = has(head, 0, 'ID3') && head.length >= 10 ? 10 + syncSafe(head, 6) : 0;
	if (has(head, at, 'fLaC')) return 'audio/flac';
	return frameMime(head, at) ?? (at > 0 ? 'audio/mpeg' : undefined);
}

function syncSafe(head: Buffer, at: number) {
	return [0, 1, 2, 3].reduce((sum, index) => sum * 128 + (head.readUInt8(at + index) & 0x7f), 0);
}

/** The header of an MPEG audio frame (layer II or III) or of an AAC frame. */
function frameMime(head: Buffer, at: number) {
	if (at + 4 > head.length || head[at] !== 0xff) return undefined;
	const [second, third] = [head.readUInt8(at + 1), head.readUInt8(at + 2)];
	if ((second & 0xf6) === 0xf0) return (third & 0x3c) >> 2 < 13 ? 'audio/aac' : undefined;
	const layer = (second >> 1) & 3;
	const version = (second >> 3) & 3;
	const sound = second >= 0xe0 && version !== 1 && (layer === 1 || layer === 2);
	return sound && third >> 4 < 15 && (third & 0x0c) !== 0x0c ? 'audio/mpeg' : undefined;
}

/** Packets of 188 bytes; Blu-ray and camcorders put four bytes before each. */
function transportMime(head: Buffer) {
	const plain = [0, 188, 376].every((at) => head[at] === 0x47);
	const timed = [4, 196, 388].every((at) => head[at] === 0x47);
	return plain || timed ? 'video/mp2t' : undefined;
}
