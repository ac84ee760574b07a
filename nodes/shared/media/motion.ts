/** Whether a picture is animated; undefined if its first bytes do not tell. */
export function moves(mime: string, head: Buffer): boolean | undefined {
	if (mime === 'image/gif') return gifMoves(head);
	if (mime === 'image/png') return pngMoves(head);
	if (mime === 'image/webp') return webpMoves(head);
	if (mime === 'image/avif') return head.subarray(8, 12).equals(AVIS);
	return undefined;
}

const AVIS = Buffer.from('avis');

/** https://developers.google.com/speed/webp/docs/riff_container#extended_file_format */
function webpMoves(head: Buffer) {
	if (head.length < 21) return undefined;
	return head.toString('latin1', 12, 16) === 'VP8X' && (head.readUInt8(20) & 2) > 0;
}

/** https://www.w3.org/TR/png-3/#11acTL: precedes the picture data. */
function pngMoves(head: Buffer) {
	for (let at = 8; at + 12 <= head.length; at += 12 + head.readUInt32BE(at)) {
		const type = head.toString('latin1', at + 4, at + 8);
		if (type === 'acTL') return head.readUInt32BE(at + 8) > 1;
		if (type === 'IDAT') return false;
	}
	return undefined;
}

const EXTENSION = 0x21;
const PICTURE = 0x2c;
const END = 0x3b;

/** https://www.w3.org/Graphics/GIF/spec-gif89a.txt */
function gifMoves(head: Buffer) {
	let loops = false;
	let frames = 0;
	for (let at = 13 + colourTable(head[10]); at < head.length; ) {
		const block = head[at];
		if (block === END) return false;
		if (block === PICTURE) {
			frames += 1;
			if (frames > 1) return true;
			at = afterSubBlocks(head, at + 11 + colourTable(head[at + 9]));
		} else if (block === EXTENSION) {
			loops ||= head.toString('latin1', at + 3, at + 14) === 'NETSCAPE2.0';
			at = afterSubBlocks(head, at + 2);
		} else {
			return false;
		}
	}
	// The second frame may lie beyond the head; a loop extension makes one very likely.
	return loops || undefined;
}

function colourTable(flags = 0) {
	return flags & 0x80 ? 3 * 2 ** ((flags & 7) + 1) : 0;
}

function afterSubBlocks(head: Buffer, from: number) {
	let at = from;
	for (let length = head[at]; length; length = head[at]) at += length + 1;
	return at + 1;
}
