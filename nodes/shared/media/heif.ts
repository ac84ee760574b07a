import { boxes, findBox, type Box } from './boxes';

/** Size of the primary picture of a HEIF or AVIF file, after rotation. */
export function heifSize(data: Buffer): Size | undefined {
	const meta = findBox(data, 'meta');
	if (!meta) return undefined;
	// A full box: four bytes of version and flags precede its children.
	const inMeta = (type: string) => findBox(data, type, meta.start + 4, meta.end);
	const properties = inMeta('iprp');
	const primary = inMeta('pitm');
	if (!properties || !primary) return undefined;

	const listed = findBox(data, 'ipco', properties.start, properties.end);
	const given = findBox(data, 'ipma', properties.start, properties.end);
	if (!listed || !given) return undefined;

	const all = [...boxes(data, listed.start, listed.end)];
	const wide = data.readUInt8(primary.start) > 0;
	const item = wide ? data.readUInt32BE(primary.start + 4) : data.readUInt16BE(primary.start + 4);
	return sizeFrom(
		data,
		propertiesOf(data, given, item).map((index) => all[index - 1]),
	);
}

function sizeFrom(data: Buffer, properties: Array<Box | undefined>): Size | undefined {
	const extent = properties.find((box) => box?.type === 'ispe');
	if (!extent) return undefined;
	const width = data.readUInt32BE(extent.start + 4);
	const height = data.readUInt32BE(extent.start + 8);
	const rotation = properties.find((box) => box?.type === 'irot');
	const turned = rotation !== undefined && data.readUInt8(rotation.start) % 2 === 1;
	return turned ? { width: height, height: width } : { width, height };
}

/** Property numbers of an item, counted from 1 in the order of the list. */
function propertiesOf(data: Buffer, box: Box, item: number): number[] {
	const idBytes = data.readUInt8(box.start) > 0 ? 4 : 2;
	const indexBytes = data.readUInt8(box.start + 3) & 1 ? 2 : 1;
	const mask = indexBytes === 2 ? 0x7fff : 0x7f;
	for (let at = box.start + 8; at + idBytes < box.end; ) {
		const id = data.readUIntBE(at, idBytes);
		const count = data.readUInt8(at + idBytes);
		at += idBytes + 1;
		if (id === item) {
			return Array.from(
				{ length: count },
				(_, index) => data.readUIntBE(at + index * indexBytes, indexBytes) & mask,
			);
		}
		at += count * indexBytes;
	}
	return [];
}

export interface Size {
	width: number;
	height: number;
}
