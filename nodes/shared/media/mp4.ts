import { bounds } from '../bounds';
import { cursor, type Cursor } from '../http/chunks';

/** Properties of an MP4 or QuickTime file. */
export interface Movie {
	/** After rotation. */
	width?: number;
	height?: number;
	seconds?: number;
	framesPerSecond?: number;
	/** Sample entry codes, such as avc1, hvc1, mp4a. */
	videoCodec?: string;
	audioCodec?: string;
}

/**
 * Reads a stream until the end of the movie box, and closes it. Undefined if there is no movie box.
 * Only small boxes are held in memory.
 */
export async function readMovie(stream: AsyncIterable<Buffer>): Promise<Movie | undefined> {
	const bytes = cursor(stream);
	try {
		const found = await walk(bytes);
		return found && movieFrom(found);
	} finally {
		await bytes.close();
	}
}

interface Track {
	kind?: string;
	codec?: string;
	width: number;
	height: number;
	clock: Clock;
	frames: number;
}

/** A duration in units of 1/scale seconds; 0 means unknown. */
interface Clock {
	scale: number;
	duration: number;
}

const UNKNOWN: Clock = { scale: 0, duration: 0 };

interface Found {
	clock: Clock;
	fragments: number;
	tracks: Track[];
}

/** Boxes whose children are read; other boxes have no relevant children. */
const PARENTS: ReadonlySet<string> = new Set(['trak', 'mdia', 'minf', 'stbl', 'mvex']);
/** Only the first bytes of a box matter. */
const ENOUGH = 128;

async function walk(bytes: Cursor): Promise<Found | undefined> {
	let found: Found | undefined;
	for (let end = Infinity, count = 0; bytes.at < end && count < bounds.boxes.most; count++) {
		const box = await nextBox(bytes);
		if (!box) break;
		const read = READERS[box.type];
		if (box.type === 'moov') {
			end = bytes.at + box.length;
			found = { clock: UNKNOWN, fragments: 0, tracks: [] };
		} else if (found && PARENTS.has(box.type)) {
			if (box.type !== 'trak') continue;
			if (found.tracks.length >= bounds.tracks.most) break;
			found.tracks.push(emptyTrack());
		} else if (found && read) {
			const content = await bytes.take(Math.min(box.length, ENOUGH));
			read(content, found, found.tracks.at(-1) ?? emptyTrack());
			await bytes.skip(box.length - content.length);
		} else if (box.length < Infinity) {
			await bytes.skip(box.length);
		} else {
			break;
		}
	}
	return found;
}

function emptyTrack(): Track {
	return { width: 0, height: 0, clock: UNKNOWN, frames: 0 };
}

/**
 * Type of the next box and length of its content; Infinity if it extends to the end of the file.
 */
async function nextBox(bytes: Cursor) {
	const header = await bytes.take(8);
	const type = header.toString('latin1', 4);
	if (header.length < 8 || !/^[\x20-\x7e\xa9]{4}$/.test(type)) return undefined;
	const size = header.readUInt32BE(0);
	if (size === 0) return { type, length: Infinity };
	if (size !== 1) return size < 8 ? undefined : { type, length: size - 8 };
	const large = await bytes.take(8);
	const length = large.length < 8 ? -1 : Number(large.readBigUInt64BE(0)) - 16;
	return length < 0 ? undefined : { type, length };
}

/** ISO/IEC 14496-12 and https://developer.apple.com/documentation/quicktime-file-format */
const READERS: Record<string, (box: Buffer, found: Found, track: Track) => void> = {
	mvhd: (box, found) => {
		found.clock = clockIn(box);
	},
	mehd: (box, found) => {
		found.fragments = box[0] === 1 ? uint64(box, 4) : uint32(box, 4);
	},
	tkhd: (box, _found, track) => {
		const matrix = box[0] === 1 ? 52 : 40;
		const [a, b] = [int32(box, matrix), int32(box, matrix + 4)];
		const [width, height] = [uint32(box, matrix + 36), uint32(box, matrix + 40)];
		// After a quarter turn the axes are swapped: the first row is (0, ±1).
		const turned = Math.abs(b) > Math.abs(a);
		track.width = Math.round((turned ? height : width) / 65536);
		track.height = Math.round((turned ? width : height) / 65536);
	},
	mdhd: (box, _found, track) => {
		track.clock = clockIn(box);
	},
	hdlr: (box, _found, track) => {
		// QuickTime has a second handler, which describes where the data is.
		track.kind ??= box.toString('latin1', 8, 12);
	},
	stsd: (box, _found, track) => {
		if (box.length >= 16) track.codec = box.toString('latin1', 12, 16).trim();
	},
	stsz: (box, _found, track) => {
		track.frames = uint32(box, 8);
	},
};

function clockIn(box: Buffer): Clock {
	const wide = box[0] === 1;
	const duration = wide ? uint64(box, 24) : uint32(box, 16);
	const unknown = duration >= (wide ? 2 ** 64 : 2 ** 32 - 1);
	return { scale: uint32(box, wide ? 20 : 12), duration: unknown ? 0 : duration };
}

function movieFrom({ clock, fragments, tracks }: Found): Movie {
	const video = tracks.find(
		({ kind, width, height }) => kind === 'vide' && width > 0 && height > 0,
	);
	const audio = tracks.find(({ kind }) => kind === 'soun');
	const seconds = (clock.duration || fragments) / clock.scale;
	const rate = video && (video.frames * video.clock.scale) / video.clock.duration;
	return {
		...(video && { width: video.width, height: video.height }),
		...(isPositive(seconds) && { seconds }),
		...(isPositive(rate) && { framesPerSecond: rate }),
		...(video?.codec && { videoCodec: video.codec }),
		...(audio?.codec && { audioCodec: audio.codec }),
	};
}

function isPositive(value: number | undefined) {
	return value !== undefined && Number.isFinite(value) && value > 0;
}

function uint32(box: Buffer, at: number) {
	return at + 4 <= box.length ? box.readUInt32BE(at) : 0;
}

function int32(box: Buffer, at: number) {
	return at + 4 <= box.length ? box.readInt32BE(at) : 0;
}

function uint64(box: Buffer, at: number) {
	return at + 8 <= box.length ? Number(box.readBigUInt64BE(at)) : 0;
}
