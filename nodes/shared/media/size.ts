import { imageSize } from '../vendor/imageSize';
import { heifSize, type Size } from './heif';

const RASTER = /^image\/(jpeg|png|gif|webp|bmp|tiff)$/;
const HEIF = /^image\/(avif|heic|heif|heic-sequence)$/;

/** Width and height after rotation; undefined if the first bytes do not tell. */
export function pictureSize(mime: string, head: Buffer): Size | undefined {
	try {
		const size = HEIF.test(mime)
			? heifSize(head)
			: RASTER.test(mime)
				? measured(mime, head)
				: undefined;
		return size && size.width > 0 && size.height > 0 ? size : undefined;
	} catch {
		// An incomplete or broken head is read beyond its end.
		return undefined;
	}
}

function measured(mime: string, head: Buffer): Size {
	const telling = mime === 'image/jpeg' ? tellingOf(head) : head;
	// A copy, because image-size would read on in the shared ArrayBuffer.
	const { width, height, orientation = 1 } = imageSize(new Uint8Array(telling));
	return orientation > 4 ? { width: height, height: width } : { width, height };
}

/** Start of a JPEG file with an empty first segment, which image-size skips. */
const JPEG_START = Buffer.from('ffd8ffe00002', 'hex');
/** Bytes of a frame header up to the size. */
const FRAME_HEADER = 9;

/**
 * The segments of a JPEG with its size and rotation. image-size is thousands of times slower per
 * segment, and a file of 512 KiB may have 100,000 of them.
 */
function tellingOf(head: Buffer): Buffer {
	let exif = head.subarray(0, 0);
	for (let at = 2; at !== -1 && at + 4 <= head.length; at = head.indexOf(0xff, at)) {
		const marker = head.readUInt8(at + 1);
		const end = at + 2 + head.readUInt16BE(at + 2);
		if (marker === 0xff) at++;
		else if (marker >= 0xc0 && marker <= 0xc2)
			return Buffer.concat([JPEG_START, exif, head.subarray(at, at + FRAME_HEADER)]);
		else {
			const isExif = marker === 0xe1 && head.toString('latin1', at + 4, at + 8) === 'Exif';
			if (isExif) exif = head.subarray(at, end);
			at = end;
		}
	}
	return head.subarray(0, 0);
}
