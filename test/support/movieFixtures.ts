import { zeros } from './streams';

export interface MovieOptions {
	width?: number;
	height?: number;
	seconds?: number;
	framesPerSecond?: number;
	/** Clockwise rotation, as a phone records it; `width` and `height` are those before it. */
	rotation?: 0 | 90 | 180 | 270;
	/** Puts the movie box after the frames, as most recorders do. */
	moovLast?: boolean;
	/** Size of the whole file; the frames fill it. */
	bytes?: number;
	brand?: string;
	/** 64-bit times and durations. */
	wide?: boolean;
	/** Stores the duration only where fragmented files have it. */
	fragmented?: boolean;
}

/** An MP4 with one H.264 track whose frames are zeros: valid for code that does not decode it. */
export function mp4(options: MovieOptions = {}): Buffer {
	const { before, frames, after } = layout(options);
	return Buffer.concat([before, Buffer.alloc(frames), after]);
}

/** The same as a stream, for sizes that do not fit in memory. */
export async function* mp4Stream(options: MovieOptions = {}): AsyncGenerator<Buffer> {
	const { before, frames, after } = layout(options);
	yield before;
	yield* zeros(frames);
	yield after;
}

function layout(options: MovieOptions) {
	const { moovLast = false, bytes = 0, brand = 'isom' } = options;
	const type = box('ftyp', text(brand), uint32(512), text(brand), text('mp41'));
	const movie = moov(options);
	const around = type.length + movie.length + 16;
	const frames = Math.max(bytes - around, 64);
	// Always uses the 64-bit size.
	const data = Buffer.concat([uint32(1), text('mdat'), uint64(frames + 16)]);
	return moovLast
		? { before: Buffer.concat([type, data]), frames, after: movie }
		: { before: Buffer.concat([type, movie, data]), frames, after: Buffer.alloc(0) };
}

/** A box of ISO/IEC 14496-12. */
export function box(type: string, ...content: Buffer[]): Buffer {
	const body = Buffer.concat(content);
	return Buffer.concat([uint32(body.length + 8), text(type), body]);
}

export function fullBox(type: string, version: number, flags: number, ...content: Buffer[]) {
	return box(type, uint32(version * 2 ** 24 + flags), ...content);
}

const SCALE = 600;

function moov(options: MovieOptions) {
	const { seconds = 2, fragmented = false, wide = false } = options;
	const duration = Math.round(seconds * SCALE);
	const time = wide ? uint64 : uint32;
	const header = fullBox(
		'mvhd',
		wide ? 1 : 0,
		0,
		time(0),
		time(0),
		uint32(SCALE),
		time(fragmented ? 0 : duration),
		uint32(0x10000),
		Buffer.from([1, 0, ...Array<number>(10).fill(0)]),
		matrix(0),
		Buffer.alloc(24),
		uint32(2),
	);
	const extends_ = box('mvex', fullBox('mehd', wide ? 1 : 0, 0, time(duration)));
	return box('moov', header, track(options, duration), ...(fragmented ? [extends_] : []));
}

function track(options: MovieOptions, duration: number) {
	const media = box(
		'mdia',
		fullBox('mdhd', 0, 0, ...[0, 0, SCALE, duration, 0x55c40000].map(uint32)),
		fullBox('hdlr', 0, 0, uint32(0), text('vide'), Buffer.alloc(12), text('Frames\0')),
		box(
			'minf',
			fullBox('vmhd', 0, 1, Buffer.alloc(8)),
			box('dinf', fullBox('dref', 0, 0, uint32(1), fullBox('url ', 0, 1))),
			samples(options, duration),
		),
	);
	return box('trak', trackHeader(options, duration), media);
}

function trackHeader(options: MovieOptions, duration: number) {
	const { width = 640, height = 360, rotation = 0, wide = false } = options;
	const time = wide ? uint64 : uint32;
	return fullBox(
		'tkhd',
		wide ? 1 : 0,
		3,
		time(0),
		time(0),
		uint32(1),
		uint32(0),
		time(duration),
		Buffer.alloc(16),
		matrix(rotation),
		uint32(width * 65536),
		uint32(height * 65536),
	);
}

function samples(
	{ width = 640, height = 360, framesPerSecond = 30 }: MovieOptions,
	duration: number,
) {
	const count = Math.max(Math.round((duration / SCALE) * framesPerSecond), 1);
	const entry = box(
		'avc1',
		Buffer.from([0, 0, 0, 0, 0, 0, 0, 1]),
		Buffer.alloc(16),
		uint32(width * 65536 + height),
		Buffer.from([0, 0x48, 0, 0, 0, 0x48, 0, 0, 0, 0, 0, 0, 0, 1]),
		Buffer.alloc(32),
		Buffer.from([0, 24, 0xff, 0xff]),
		box('avcC', Buffer.from('0142c01effe1000467640028010001', 'hex')),
	);
	return box(
		'stbl',
		fullBox('stsd', 0, 0, uint32(1), entry),
		fullBox('stts', 0, 0, uint32(1), uint32(count), uint32(Math.round(duration / count))),
		fullBox('stsc', 0, 0, uint32(1), uint32(1), uint32(count), uint32(1)),
		fullBox('stsz', 0, 0, uint32(1), uint32(count)),
		fullBox('stco', 0, 0, uint32(1), uint32(0)),
	);
}

/** Rows (a, b, u), (c, d, v), (x, y, w); the third column (u, v, w) has 30 fraction bits. */
function matrix(rotation: number) {
	const [cosine, sine] = { 0: [1, 0], 90: [0, 1], 180: [-1, 0], 270: [0, -1] }[rotation] ?? [1, 0];
	const rows = [cosine, sine, 0, -sine, cosine, 0, 0, 0].map((value) => value * 65536);
	return Buffer.concat(
		[...rows, 2 ** 30].map((value) => uint32(value < 0 ? value + 2 ** 32 : value)),
	);
}

export interface HeifOptions {
	/** Anticlockwise quarter turns, stored in the box `irot`. */
	turns?: 0 | 1 | 2 | 3;
	brand?: string;
}

/** The boxes before the image of a HEIC or AVIF file; lists a smaller thumbnail first. */
export function heif(
	width: number,
	height: number,
	{ turns = 0, brand = 'heic' }: HeifOptions = {},
) {
	const size = (w: number, h: number) => fullBox('ispe', 0, 0, uint32(w), uint32(h));
	const properties = box(
		'iprp',
		box('ipco', size(160, 120), size(width, height), box('irot', Buffer.from([turns]))),
		// Item 1 has property 1; item 2 has properties 2 and 3, the latter essential.
		fullBox('ipma', 0, 0, uint32(2), Buffer.from([0, 1, 1, 1, 0, 2, 2, 2, 0x83])),
	);
	return Buffer.concat([
		box('ftyp', text(brand), uint32(0), text('mif1'), text(brand)),
		fullBox('meta', 0, 0, fullBox('pitm', 0, 0, Buffer.from([0, 2])), properties),
		box('mdat', Buffer.alloc(64)),
	]);
}

function text(value: string) {
	return Buffer.from(value, 'latin1');
}

function uint32(value: number) {
	const bytes = Buffer.alloc(4);
	bytes.writeUInt32BE(value);
	return bytes;
}

function uint64(value: number) {
	const bytes = Buffer.alloc(8);
	bytes.writeBigUInt64BE(BigInt(value));
	return bytes;
}
