import { bounds } from '../../../nodes/shared/bounds';
import { sniff } from '../../../nodes/shared/media/sniff';
import { gif, heif, jpeg, mp4, png, webp } from '../../support/mediaFixtures';
import { random, randomInteger } from '../../support/random';

// Large and numerous files take long on a slow machine.
jest.setTimeout(60_000);

const latin = (text: string) => Buffer.from(text, 'latin1');
const ebml = (type: string) =>
	latin(
		`\x1a\x45\xdf\xa3\x9f\x42\x86\x81\x01\x42\x82${String.fromCharCode(0x80 + type.length)}${type}`,
	);
const ogg = (packet: string) => latin(`OggS\0\x02${'\0'.repeat(20)}\x01\x13${packet}`);

/** Little-endian, one strip, with its tags at the end or at the start. */
function tiff(width: number, height: number) {
	const tag = (code: number, value: number) => [
		code & 255,
		code >> 8,
		3,
		0,
		1,
		0,
		0,
		0,
		value & 255,
		value >> 8,
		0,
		0,
	];
	return Buffer.from([
		0x49,
		0x49,
		42,
		0,
		8,
		0,
		0,
		0,
		2,
		0,
		...tag(256, width),
		...tag(257, height),
		0,
		0,
		0,
		0,
	]);
}

function bmp(width: number, height: number) {
	const file = Buffer.alloc(58);
	file.write('BM');
	file.writeUInt32LE(40, 14);
	file.writeInt32LE(width, 18);
	file.writeInt32LE(height, 22);
	return file;
}

const HEAD_BYTES = bounds.mediaHead.most;

describe('pictures', () => {
	it.each([
		['png', png(300, 200), { mime: 'image/png', width: 300, height: 200, animated: false }],
		[
			'apng',
			png(30, 20, { frames: 2 }),
			{ mime: 'image/png', width: 30, height: 20, animated: true },
		],
		['jpeg', jpeg(300, 200), { mime: 'image/jpeg', width: 300, height: 200 }],
		[
			'gif',
			gif(1, { width: 30, height: 20 }),
			{ mime: 'image/gif', width: 30, height: 20, animated: false },
		],
		['moving gif', gif(2), { mime: 'image/gif', width: 2, height: 2, animated: true }],
		[
			'gif playing once',
			gif(2, { loops: false }),
			{ mime: 'image/gif', width: 2, height: 2, animated: true },
		],
		['webp', webp(300, 200), { mime: 'image/webp', width: 300, height: 200, animated: false }],
		[
			'moving webp',
			webp(30, 20, { frames: 2 }),
			{ mime: 'image/webp', width: 30, height: 20, animated: true },
		],
		['heic', heif(400, 300), { mime: 'image/heic', width: 400, height: 300 }],
		[
			'avif',
			heif(400, 300, { brand: 'avif' }),
			{ mime: 'image/avif', width: 400, height: 300, animated: false },
		],
		[
			'moving avif',
			heif(40, 30, { brand: 'avis' }),
			{ mime: 'image/avif', width: 40, height: 30, animated: true },
		],
		['bmp', bmp(30, 20), { mime: 'image/bmp', width: 30, height: 20 }],
		['bmp top down', bmp(30, -20), { mime: 'image/bmp', width: 30, height: 20 }],
		['tiff', tiff(300, 200), { mime: 'image/tiff', width: 300, height: 200 }],
	])('%s', (_, file, expected) => {
		expect(sniff(file)).toEqual(expected);
	});

	it.each([1, 2, 3, 4])('jpeg with orientation %i keeps its axes', (orientation) => {
		expect(sniff(jpeg(300, 200, { orientation }))).toMatchObject({ width: 300, height: 200 });
	});

	it.each([5, 6, 7, 8])('jpeg with orientation %i swaps them', (orientation) => {
		expect(sniff(jpeg(300, 200, { orientation }))).toMatchObject({ width: 200, height: 300 });
	});

	it.each([
		[0, 400, 300],
		[1, 300, 400],
		[2, 400, 300],
		[3, 300, 400],
	] as const)('heic turned by %i quarters', (turns, width, height) => {
		expect(sniff(heif(400, 300, { turns }))).toEqual({ mime: 'image/heic', width, height });
	});

	it('finds the size of a jpeg behind much metadata, and says nothing if it is cut off', () => {
		const file = jpeg(300, 200, { orientation: 6, metadata: 500_000 });
		expect(sniff(file.subarray(0, HEAD_BYTES))).toEqual({
			mime: 'image/jpeg',
			width: 200,
			height: 300,
		});
		expect(sniff(file.subarray(0, 500_000))).toEqual({ mime: 'image/jpeg' });
	});

	it('finds the size of a jpeg past what stands between its segments', () => {
		const [start, size] = [jpeg(40, 30).subarray(0, 2), jpeg(40, 30).subarray(2)];
		for (const filler of ['\xff\xff\xff', '\xff\xe2\0\x02', '\xff\xe2\0\x04abjunk'])
			expect(sniff(Buffer.concat([start, latin(filler), size]))).toMatchObject({
				...{ mime: 'image/jpeg', width: 40, height: 30 },
			});
	});

	it('spends little time on a jpeg of nothing but tiny segments', () => {
		const start = process.cpuUsage();
		for (const unit of ['\xff\xe2\0\x02', '\xff\xe1\0\x08Exif\0\0', '\xff\xe2\0\0', '\xff\0'])
			sniff(latin(`\xff\xd8${unit.repeat(HEAD_BYTES / unit.length)}`));
		// image-size needed that long for each of these four files.
		expect(process.cpuUsage(start).user / 1000).toBeLessThan(400);
	});

	it('does not read past the head into other memory', () => {
		const memory = Buffer.concat([png(300, 200), png(30, 20)]);
		expect(sniff(memory.subarray(0, 18))).toEqual({ mime: 'image/png' });
	});

	it('takes a gif that is cut off in its first frame for moving if it loops', () => {
		const size = { width: 100, height: 100 };
		const start = (file: Buffer) => sniff(file.subarray(0, 500))?.animated;
		expect([start(gif(2, size)), start(gif(2, { ...size, loops: false }))]).toEqual([
			true,
			undefined,
		]);
	});
});

describe('whatever comes', () => {
	const files = [
		png(30, 20, { frames: 2 }),
		jpeg(30, 20, { orientation: 6, metadata: 300 }),
		gif(3),
		webp(30, 20, { frames: 2 }),
		heif(40, 30, { turns: 1 }),
		heif(40, 30, { brand: 'avif' }),
		bmp(30, 20),
		tiff(30, 20),
		mp4(),
		ebml('webm'),
		ogg('\x01vorbis'),
		latin('ID3\x04\0\0\0\0\0\x02..\xff\xf9\x50\x80'),
		Buffer.from('<?xml version="1.0"?><!-- a --><svg width="1">'),
	];

	it('says the same or less of a head cut short, never something else', () => {
		for (const file of files) {
			const all = sniff(file);
			for (let length = 64; length < file.length; length++) {
				expect({ ...all, ...sniff(Buffer.from(file.subarray(0, length))) }).toEqual(all);
			}
		}
	});

	it('never throws on a head cut short', () => {
		for (const file of files) {
			for (let length = 0; length <= file.length; length++) sniff(file.subarray(0, length));
		}
	});

	it('never throws on broken bytes', () => {
		const next = random(3);
		for (let round = 0; round < 5000; round++) {
			const file = Buffer.from(files[randomInteger(next, 0, files.length - 1)]);
			for (let hit = randomInteger(next, 1, 12); hit > 0; hit--) {
				const value = next() < 0.5 ? [0, 1, 0x7f, 0xff][randomInteger(next, 0, 3)] : next() * 256;
				file[randomInteger(next, 0, file.length - 1)] = value;
			}
			const { width = 1, height = 1 } = sniff(file) ?? {};
			expect(width * height).toBeGreaterThan(0);
		}
	});

	it('takes no more time than in proportion to the head, however it is made', () => {
		const repeated = (start: Buffer, unit: Buffer) =>
			Buffer.concat([start, ...Array<Buffer>(Math.floor(HEAD_BYTES / unit.length)).fill(unit)]);
		const heads = [
			repeated(latin('\xff\xd8\xff\xe0'), latin('\xff\xe1\0\x02')),
			repeated(latin('\xff\xd8\xff\xe0'), latin('\0\x01\0\0')),
			repeated(latin('GIF89a\x01\0\x01\0\0\0\0'), latin('!\xff\0\0')),
			repeated(png(1, 1).subarray(0, 33), latin('\0\0\0\0aaaa....')),
			repeated(latin('\0\0\0\x14ftypheic\0\0\0\0heic'), latin('\0\0\0\x08free')),
			repeated(latin('<?xml?>'), latin('<!---->')),
			repeated(latin('<svg:'), latin('<!--')),
			repeated(latin('1'), latin('1\n  ')),
			repeated(latin('OggS'), latin('\x80theo')),
			Buffer.alloc(HEAD_BYTES, 0xff),
			Buffer.alloc(HEAD_BYTES),
			Buffer.alloc(HEAD_BYTES, ' '),
		];
		for (const file of heads) {
			const start = performance.now();
			sniff(file);
			// Linear algorithms need a tenth of this on a slow machine; quadratic ones would need
			// minutes.
			expect(performance.now() - start).toBeLessThan(10_000);
		}
	});
});
