import { moves } from './motion';
import { mimeOf } from './signatures';
import { pictureSize } from './size';

/** Properties of a file from its first bytes. */
export interface Sniffed {
	mime: string;
	/** After rotation by its metadata. */
	width?: number;
	height?: number;
	/** For pictures only; undefined if unknown. */
	animated?: boolean;
}

/** Undefined if the file type is unknown. */
export function sniff(head: Buffer): Sniffed | undefined {
	const mime = mimeOf(head);
	if (!mime) return undefined;
	const animated = moves(mime, head);
	return { mime, ...pictureSize(mime, head), ...(animated !== undefined && { animated }) };
}
