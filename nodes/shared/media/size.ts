import { imageSize } from '../vendor/imageSize';
import { heifSize, type Size } from './heif';

const RASTER = /^image\/(jpeg|png|gif|webp|bmp|tiff)$/;
const HEIF = /^image\/(avif|heic|heif|heic-sequence)$/;

/** Width and height as a viewer shows the picture; undefined where the head does not tell. */
export function pictureSize(mime: string, head: Buffer): Size | undefined {
	try {
		const size = HEIF.test(mime) ? heifSize(head) : RASTER.test(mime) ? measured(head) : undefined;
		return size && size.width > 0 && size.height > 0 ? size : undefined;
	} catch {
		// A head that is cut short or broken is read past its end.
		return undefined;
	}
}

function measured(head: Buffer): Size {
	// A copy, because image-size reads on into whatever else lies in the same ArrayBuffer.
	const { width, height, orientation = 1 } = imageSize(new Uint8Array(head));
	return orientation > 4 ? { width: height, height: width } : { width, height };
}
