import { bounds } from '../../../nodes/shared/bounds';
import { readMovie } from '../../../nodes/shared/media/mp4';
import { growthOf, PROPORTIONAL } from '../../support/growth';
import { box, fullBox, mp4, mp4Stream, png, type MovieOptions } from '../../support/mediaFixtures';
import { random, randomInteger } from '../../support/random';
import { sourceOf, zeros } from '../../support/streams';

// Large and numerous files take long on a slow machine.
jest.setTimeout(60_000);

const read = async (file: Buffer) => await readMovie(sourceOf(file));

const found = {
	width: 640,
	height: 360,
	seconds: 2,
	framesPerSecond: 30,
	videoCodec: 'avc1',
};

it.each<[string, MovieOptions, object]>([
	['movie box first', {}, {}],
	['movie box last', { moovLast: true }, {}],
	['QuickTime', { brand: 'qt  ' }, {}],
	['64-bit times', { wide: true, seconds: 3.5 }, { seconds: 3.5 }],
	['duration for fragments only', { fragmented: true, seconds: 7 }, { seconds: 7 }],
	['both', { fragmented: true, wide: true, seconds: 7 }, { seconds: 7 }],
	['another rate', { framesPerSecond: 24 }, { framesPerSecond: 24 }],
	['upright', { rotation: 90 }, { width: 360, height: 640 }],
	['upside down', { rotation: 180 }, {}],
	['upright the other way', { rotation: 270, wide: true }, { width: 360, height: 640 }],
])('%s', async (_, options, differs) => {
	expect(await read(mp4(options))).toEqual({ ...found, ...differs });
});

it('reads it from pieces of any size', async () => {
	const next = random(4);
	for (let round = 0; round < 50; round++) {
		const file = mp4({ moovLast: round % 2 === 0, bytes: 3000 });
		expect(await readMovie(sourceOf(file, next))).toEqual(found);
	}
});

it('closes the source after the movie box and does not read the frames behind it', async () => {
	const file = mp4({ bytes: 100_000 });
	const pieces = Array.from({ length: 100 }, (_, index) =>
		file.subarray(index * 1000, (index + 1) * 1000),
	);
	const source = sourceOf(pieces);
	expect(await readMovie(source)).toEqual(found);
	expect(source).toMatchObject({ read: 1000, closed: true });
});

it('passes over 5 GB of frames before the movie box without keeping them', async () => {
	const bytes = 5 * 1024 ** 3;
	const before = process.memoryUsage().arrayBuffers;
	let most = 0;
	async function* watched() {
		for await (const piece of mp4Stream({ moovLast: true, bytes })) {
			most = Math.max(most, process.memoryUsage().arrayBuffers);
			yield piece;
		}
	}
	expect(await readMovie(watched())).toEqual(found);
	expect(most - before).toBeLessThan(64 * 1024 * 1024);
});

it('finds the picture among several tracks, and the sound', async () => {
	const handler = (kind: string) =>
		fullBox('hdlr', 0, 0, Buffer.alloc(4), Buffer.from(kind), Buffer.alloc(13));
	const sound = box(
		'trak',
		box(
			'mdia',
			handler('soun'),
			// QuickTime's handler for the data, not for the media.
			box(
				'minf',
				handler('alis'),
				box('stbl', fullBox('stsd', 0, 0, Buffer.alloc(4), box('mp4a', Buffer.alloc(28)))),
			),
		),
	);
	const movie = mp4();
	const at = movie.indexOf('moov') - 4;
	const size = movie.readUInt32BE(at);
	const children = movie.subarray(at + 8, at + size);
	expect(await read(box('moov', sound, children))).toEqual({ ...found, audioCodec: 'mp4a' });
	expect(await read(box('moov', children, sound))).toEqual({ ...found, audioCodec: 'mp4a' });
	expect(await read(box('moov', sound))).toEqual({ audioCodec: 'mp4a' });
});

it('takes a size of 0 as up to the end', async () => {
	const movie = mp4({ moovLast: true });
	movie.writeUInt32BE(0, movie.indexOf('moov') - 4);
	expect(await read(movie)).toEqual(found);
	const endless = mp4({ moovLast: true });
	endless.writeUInt32BE(0, endless.indexOf('mdat') - 4);
	expect(await read(endless)).toBeUndefined();
});

it('says nothing of an unknown duration', async () => {
	const movie = mp4();
	movie.writeUInt32BE(0xffffffff, movie.indexOf('mvhd') + 20);
	expect(await read(movie)).toEqual({ ...found, seconds: undefined });
	const wide = mp4({ wide: true });
	wide.fill(0xff, wide.indexOf('mvhd') + 28, wide.indexOf('mvhd') + 36);
	expect(await read(wide)).toEqual({ ...found, seconds: undefined });
});

it.each([
	['nothing', Buffer.alloc(0)],
	['a picture', png(30, 20)],
	['text', Buffer.from('<!doctype html><html>This page does not exist</html>')],
	['no movie box', box('ftyp', Buffer.from('isom\0\0\0\0'))],
	[
		'an impossible size',
		Buffer.concat([box('free'), Buffer.from([0, 0, 0, 7]), Buffer.from('moov')]),
	],
	['an impossible 64-bit size', Buffer.from('\0\0\0\x01moov\0\0\0\0\0\0\0\x0f', 'latin1')],
])('is not to be found in %s', async (_, file) => {
	expect(await read(file)).toBeUndefined();
});

it('gives up on what is no movie without reading it all', async () => {
	const source = sourceOf([
		png(1, 1).subarray(0, 12),
		...Array<Buffer>(9).fill(Buffer.alloc(100, 'x')),
	]);
	expect(await readMovie(source)).toBeUndefined();
	expect(source).toMatchObject({ read: 12, closed: true });
});

it('gives up after so many boxes, however many there are', async () => {
	const boxes = Array<Buffer>(100).fill(Buffer.concat(Array<Buffer>(1000).fill(box('free'))));
	const source = sourceOf([...boxes, mp4()]);
	expect(await readMovie(source)).toBeUndefined();
	expect(source.read).toBeLessThanOrEqual(bounds.boxes.most * 8 + 8000);
	expect(source.closed).toBe(true);
});

it('looks at so many tracks, however many there are', async () => {
	const tracks = Array<Buffer>(bounds.tracks.most + 1).fill(box('trak'));
	const source = sourceOf([box('moov', ...tracks, ...Array<Buffer>(5000).fill(box('free')))]);
	expect(await readMovie(source)).toEqual({});
});

it('hands on what goes wrong in the source', async () => {
	async function* broken() {
		yield mp4().subarray(0, 100);
		throw new Error('gone');
	}
	await expect(readMovie(broken())).rejects.toThrow('gone');
});

it('comes to an end with any cut', async () => {
	const file = mp4({ wide: true, fragmented: true });
	for (let length = 0; length < file.length; length++) {
		const movie = await readMovie(sourceOf(file.subarray(0, length)));
		expect({ ...found, ...movie }).toEqual(found);
	}
});

it('comes to an end with any bytes', async () => {
	const next = random(5);
	for (let round = 0; round < 1000; round++) {
		const file = mp4({ moovLast: round % 2 === 0, wide: round % 3 === 0 });
		for (let hit = randomInteger(next, 1, 8); hit > 0; hit--) {
			file[randomInteger(next, 0, file.length - 1)] = [0, 1, 8, 0xff, next() * 256][
				randomInteger(next, 0, 4)
			];
		}
		for (const value of Object.values((await readMovie(sourceOf(file))) ?? {})) {
			expect(typeof value === 'string' || (Number.isFinite(value) && value > 0)).toBe(true);
		}
	}
});

it.each<[string, (size: number) => AsyncIterable<Buffer>]>([
	[
		'boxes in the movie box',
		(size) => sourceOf(box('moov', ...Array<Buffer>(size * 5_000).fill(box('trak')))),
	],
	[
		'movie boxes that end beyond the file',
		(size) =>
			sourceOf(
				Buffer.concat(
					Array<Buffer>(size * 5_000).fill(Buffer.from('\x7f\xff\xff\xffmoov', 'latin1')),
				),
			),
	],
	['empty bytes', (size) => zeros(size * 2 * 1024 * 1024)],
])('takes time in proportion to the %s', async (_what, sourceFor) => {
	const growth = await growthOf(
		(size) => size,
		async (size) => await readMovie(sourceFor(size)),
	);
	expect(growth).toBeLessThan(PROPORTIONAL);
});
