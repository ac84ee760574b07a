import { moves } from './motion';
import { mimeOf } from './signatures';
import { pictureSize } from './size';

/** What the first bytes of a file tell about it. */
export interface Sniffed {
	mime: string;
	/** As shown, that is, after turning it as its metadata say. */
	width?: number;
	height?: number;
	/** Of a picture; left out where the bytes given do not tell. */
	animated?: boolean;
}

/** Undefined: not a kind of file known here. */
export function sniff(head: Buffer): Sniffed | undefined {
	const mime = mimeOf(head);
	if (!mime) return undefined;
	const animated = moves(mime, head);
	return { mime, ...pictureSize(mime, head), ...(animated !== undefined && { animated }) };
}
