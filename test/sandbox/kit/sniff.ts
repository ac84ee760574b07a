export interface Sniffed {
	type: string;
	width?: number;
	height?: number;
}

/** Detects a file's type from its first bytes, and an image's size. */
export function sniff(head: Buffer): Sniffed | undefined {
	return image(head) ?? film(head) ?? sound(head);
}

function image(head: Buffer): Sniffed | undefined {
	const text = head.subarray(0, 12).toString('latin1');
	if (text.startsWith('\x89PNG\r\n\x1a\n') && head.length >= 24)
		return { type: 'image/png', width: head.readUInt32BE(16), height: head.readUInt32BE(20) };
	if (text.startsWith('GIF8') && head.length >= 10)
		return { type: 'image/gif', width: head.readUInt16LE(6), height: head.readUInt16LE(8) };
	if (text.startsWith('\xff\xd8\xff')) return { type: 'image/jpeg', ...jpegSize(head) };
	if (text.startsWith('RIFF') && text.endsWith('WEBP'))
		return { type: 'image/webp', ...webpSize(head) };
	if (text.startsWith('BM')) return { type: 'image/bmp' };
	const brand = text.slice(4);
	if (/^ftyp(heic|heix|mif1)/.test(brand)) return { type: 'image/heic' };
	return brand.startsWith('ftypavif') ? { type: 'image/avif' } : undefined;
}

/** Walks the markers up to the frame header, which contains the size. */
function jpegSize(head: Buffer): { width?: number; height?: number } {
	let at = 2;
	while (at + 9 < head.length) {
		if (head[at] !== 0xff) return {};
		const marker = head[at + 1]!;
		const isFrame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
		if (isFrame) return { height: head.readUInt16BE(at + 5), width: head.readUInt16BE(at + 7) };
		at += 2 + head.readUInt16BE(at + 2);
	}
	return {};
}

function webpSize(head: Buffer): { width?: number; height?: number } {
	const kind = head.subarray(12, 16).toString('latin1');
	if (kind === 'VP8X' && head.length >= 30)
		return { width: head.readUIntLE(24, 3) + 1, height: head.readUIntLE(27, 3) + 1 };
	if (kind === 'VP8 ' && head.length >= 30)
		return { width: head.readUInt16LE(26) & 0x3fff, height: head.readUInt16LE(28) & 0x3fff };
	return {};
}

function film(head: Buffer): Sniffed | undefined {
	const text = head.subarray(0, 12).toString('latin1');
	if (text.slice(4, 8) === 'ftyp') {
		const brand = text.slice(8, 12);
		if (brand === 'qt  ') return { type: 'video/quicktime' };
		return { type: brand.startsWith('M4A') ? 'audio/mp4' : 'video/mp4' };
	}
	return head.length >= 4 && head.readUInt32BE(0) === 0x1a45dfa3
		? { type: 'video/webm' }
		: undefined;
}

function sound(head: Buffer): Sniffed | undefined {
	const text = head.subarray(0, 12).toString('latin1');
	if (text.startsWith('ID3') || /^\xff[\xfb\xf3\xf2]/.test(text)) return { type: 'audio/mpeg' };
	if (text.startsWith('OggS')) return { type: 'audio/ogg' };
	if (text.startsWith('fLaC')) return { type: 'audio/flac' };
	return text.startsWith('RIFF') && text.endsWith('WAVE') ? { type: 'audio/wave' } : undefined;
}
