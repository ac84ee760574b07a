import { deflateSync } from 'zlib';

export * from './movieFixtures';

/** A valid white PNG; with more frames an APNG. */
export function png(width: number, height: number, { frames = 1 } = {}): Buffer {
	const row = Buffer.concat([Buffer.from([0]), Buffer.alloc(Math.ceil(width / 8), 0xff)]);
	const pixels = deflateSync(Buffer.concat(Array<Buffer>(height).fill(row)));
	const header = Buffer.concat([uint32(width), uint32(height), Buffer.from([1, 0, 0, 0, 0])]);
	const moving = frames > 1;
	const later = Array.from({ length: frames - 1 }, (_, index) => [
		chunk('fcTL', frameControl(2 * index + 1, width, height)),
		chunk('fdAT', Buffer.concat([uint32(2 * index + 2), pixels])),
	]);
	return Buffer.concat([
		Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
		chunk('IHDR', header),
		...(moving ? [chunk('acTL', Buffer.concat([uint32(frames), uint32(0)]))] : []),
		...(moving ? [chunk('fcTL', frameControl(0, width, height))] : []),
		chunk('IDAT', pixels),
		...later.flat(),
		chunk('IEND', Buffer.alloc(0)),
	]);
}

function frameControl(sequence: number, width: number, height: number) {
	const delay = Buffer.from([0, 1, 0, 10, 0, 0]);
	return Buffer.concat([...[sequence, width, height, 0, 0].map(uint32), delay]);
}

function chunk(type: string, data: Buffer) {
	const named = Buffer.concat([Buffer.from(type, 'latin1'), data]);
	return Buffer.concat([uint32(data.length), named, uint32(crc32(named))]);
}

function crc32(data: Buffer) {
	let crc = 0xffffffff;
	for (const byte of data) {
		crc ^= byte;
		for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
	}
	return (crc ^ 0xffffffff) >>> 0;
}

export interface JpegOptions {
	/** EXIF orientation, 1 to 8. */
	orientation?: number;
	/** Bytes of metadata before the size. */
	metadata?: number;
}

/** A valid grey JPEG; `width` and `height` are those before rotation. */
export function jpeg(width: number, height: number, options: JpegOptions = {}): Buffer {
	const { orientation, metadata = 0 } = options;
	const blocks = Math.ceil(width / 8) * Math.ceil(height / 8);
	const filler = Array.from({ length: Math.ceil(metadata / 65000) }, (_, index) =>
		segment(0xe2, Buffer.alloc(Math.min(65000, metadata - index * 65000))),
	);
	// A single code of one bit, for "no difference" and "end of block".
	const oneCode = [1, ...Array<number>(15).fill(0), 0];
	return Buffer.concat([
		Buffer.from([0xff, 0xd8]),
		segment(0xe0, Buffer.from('JFIF\0\x01\x01\0\0\x01\0\x01\0\0', 'latin1')),
		...(orientation ? [segment(0xe1, exif(orientation))] : []),
		...filler,
		segment(0xdb, Buffer.from([0, ...Array<number>(64).fill(1)])),
		segment(0xc0, Buffer.from([8, ...uint16(height), ...uint16(width), 1, 1, 0x11, 0])),
		segment(0xc4, Buffer.from([0x00, ...oneCode])),
		segment(0xc4, Buffer.from([0x10, ...oneCode])),
		segment(0xda, Buffer.from([1, 1, 0, 0, 63, 0])),
		bitsOfZero(blocks * 2),
		Buffer.from([0xff, 0xd9]),
	]);
}

/** Padded with ones, as JPEG requires. */
function bitsOfZero(bits: number) {
	const rest = bits % 8;
	return Buffer.from([...Buffer.alloc(Math.floor(bits / 8)), ...(rest > 0 ? [0xff >> rest] : [])]);
}

function segment(marker: number, data: Buffer) {
	return Buffer.concat([Buffer.from([0xff, marker, ...uint16(data.length + 2)]), data]);
}

function exif(orientation: number) {
	const entry = [...uint16(0x112), ...uint16(3), ...uint32(1), ...uint16(orientation), 0, 0];
	return Buffer.concat([
		Buffer.from('Exif\0\0MM\0*', 'latin1'),
		Buffer.from([...uint32(8), ...uint16(1), ...entry, ...uint32(0)]),
	]);
}

/** A valid GIF; animated with more than one frame, forever if it `loops`. */
export function gif(frames = 1, { width = 2, height = 2, loops = frames > 1 } = {}): Buffer {
	const size = [...littleEndian(width), ...littleEndian(height)];
	const frame = (index: number) =>
		Buffer.concat([
			Buffer.from([0x21, 0xf9, 4, 0, 10, 0, 0, 0]),
			Buffer.from([0x2c, 0, 0, 0, 0, ...size, 0]),
			pixels(width * height, index % 2),
		]);
	return Buffer.concat([
		Buffer.from('GIF89a'),
		Buffer.from([...size, 0x80, 0, 0, 0, 0, 0, 0xff, 0xff, 0xff]),
		loops ? Buffer.from('!\xff\x0bNETSCAPE2.0\x03\x01\0\0\0', 'latin1') : Buffer.alloc(0),
		...Array.from({ length: frames }, (_, index) => frame(index)),
		Buffer.from([0x3b]),
	]);
}

/** Uncompressed: the table is cleared before each pixel, so codes stay three bits long. */
function pixels(count: number, colour: number) {
	const codes = [...Array.from({ length: count }, () => [4, colour]).flat(), 5];
	const bytes = Buffer.alloc(Math.ceil((codes.length * 3) / 8));
	codes.forEach((code, index) => {
		for (let bit = 0; bit < 3; bit++) {
			const at = index * 3 + bit;
			bytes[at >> 3] |= ((code >> bit) & 1) << (at & 7);
		}
	});
	const blocks: Buffer[] = [];
	for (let at = 0; at < bytes.length; at += 255) {
		const block = bytes.subarray(at, at + 255);
		blocks.push(Buffer.from([block.length]), block);
	}
	return Buffer.concat([Buffer.from([2]), ...blocks, Buffer.from([0])]);
}

/** A valid lossless black WebP; animated with more than one frame. */
export function webp(width: number, height: number, { frames = 1 } = {}): Buffer {
	const still = riffChunk('VP8L', lossless(width, height));
	if (frames === 1) return riff('WEBP', [still]);
	const size = [...uint24(width - 1), ...uint24(height - 1)];
	const frame = riffChunk(
		'ANMF',
		Buffer.concat([Buffer.from([...uint24(0), ...uint24(0), ...size, ...uint24(100), 0]), still]),
	);
	return riff('WEBP', [
		riffChunk('VP8X', Buffer.from([2, 0, 0, 0, ...size])),
		riffChunk('ANIM', Buffer.alloc(6)),
		...Array<Buffer>(frames).fill(frame),
	]);
}

/** Five prefix codes of a single symbol each, so that pixels take no bits. */
function lossless(width: number, height: number) {
	const fields: Array<[value: number, bits: number]> = [
		[0x2f, 8],
		[width - 1, 14],
		[height - 1, 14],
		[0, 4],
		[0, 3],
		...Array<[number, number]>(5).fill([1, 4]),
	];
	const bits = fields.flatMap(([value, count]) =>
		Array.from({ length: count }, (_, bit) => (value >> bit) & 1),
	);
	const bytes = Buffer.alloc(Math.ceil(bits.length / 8) + 1);
	bits.forEach((bit, at) => (bytes[at >> 3] |= bit << (at & 7)));
	return bytes;
}

export function riff(form: string, chunks: Buffer[]): Buffer {
	const content = Buffer.concat([Buffer.from(form), ...chunks]);
	return riffChunk('RIFF', content);
}

function riffChunk(type: string, data: Buffer) {
	const size = Buffer.alloc(4);
	size.writeUInt32LE(data.length);
	return Buffer.concat([Buffer.from(type), size, data, Buffer.alloc(data.length % 2)]);
}

function uint16(value: number) {
	return [value >> 8, value & 0xff];
}

function uint24(value: number) {
	return [value & 0xff, (value >> 8) & 0xff, value >> 16];
}

function uint32(value: number) {
	const bytes = Buffer.alloc(4);
	bytes.writeUInt32BE(value);
	return bytes;
}

function littleEndian(value: number) {
	return [value & 0xff, value >> 8];
}
