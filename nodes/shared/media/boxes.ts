import { bounds } from '../bounds';

/** One box of an ISO base media file (MP4, HEIF, AVIF) in memory: the range of its content. */
export interface Box {
	type: string;
	start: number;
	end: number;
}

/** The consecutive boxes of a range; the last one may be incomplete. */
export function* boxes(data: Buffer, from = 0, to = data.length): Generator<Box> {
	for (let at = from, count = 0; at + 8 <= to && count < bounds.boxes.most; count++) {
		const length = data.readUInt32BE(at);
		const wide = length === 1 && at + 16 <= to;
		const header = wide ? 16 : 8;
		const size = wide ? Number(data.readBigUInt64BE(at + 8)) : length === 0 ? to - at : length;
		if (size < header) return;
		yield {
			type: data.toString('latin1', at + 4, at + 8),
			start: at + header,
			end: Math.min(at + size, to),
		};
		at += size;
	}
}

/** The first box of this type in a range. */
export function findBox(data: Buffer, type: string, from?: number, to?: number) {
	for (const box of boxes(data, from, to)) if (box.type === type) return box;
	return undefined;
}
