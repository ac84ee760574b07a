export interface MovieFacts {
	width?: number;
	height?: number;
	seconds?: number;
}

/** Size and length of an MP4 or MOV whose index is within its first bytes; otherwise empty. */
export function movieFacts(head: Buffer): MovieFacts {
	const track = head.indexOf('tkhd', 0, 'latin1');
	const movie = head.indexOf('mvhd', 0, 'latin1');
	return { ...(track > 0 && sizeAt(head, track + 4)), ...(movie > 0 && timeAt(head, movie + 4)) };
}

/** Reads the track's header: version 0 has times of four bytes, version 1 of eight. */
function sizeAt(head: Buffer, at: number): MovieFacts {
	const place = at + (head[at] === 1 ? 88 : 76);
	if (place + 8 > head.length) return {};
	const [width, height] = [
		head.readUInt32BE(place) / 65_536,
		head.readUInt32BE(place + 4) / 65_536,
	];
	return width && height ? { width, height } : {};
}

function timeAt(head: Buffer, at: number): MovieFacts {
	const long = head[at] === 1;
	const place = at + (long ? 20 : 12);
	if (place + 12 > head.length) return {};
	const units = head.readUInt32BE(place);
	const length = long ? Number(head.readBigUInt64BE(place + 4)) : head.readUInt32BE(place + 4);
	return units ? { seconds: length / units } : {};
}
