import fc from 'fast-check';

import { readMovie } from '@/nodes/shared/media/mp4';
import { sniff } from '@/nodes/shared/media/sniff';
import { growthOf, PROPORTIONAL } from '@/test/support/growth';
import { gif, heif, jpeg, mp4, png, webp } from '@/test/support/mediaFixtures';
import { sourceOf } from '@/test/support/streams';
import './setup';

/** A picture whose directory contains width and height. */
const tiff = Buffer.from(
	'49492a000800000002000001030001000000040000000101030001000000050000000000',
	'hex',
);

const files = {
	avif: heif(400, 300, { brand: 'avif' }),
	heic: heif(400, 300, { turns: 1 }),
	mov: mp4({ seconds: 2, brand: 'qt  ', moovLast: true }),
	tiff: Buffer.concat([tiff, Buffer.alloc(4)]),
	fragmented: mp4({ seconds: 2, fragmented: true, wide: true }),
	gif: gif(2),
	jpeg: jpeg(40, 30),
	mp4: mp4({ seconds: 2 }),
	png: png(4, 4),
	webp: webp(4, 4),
};

/** A valid file in which some bytes are changed, left out or repeated. */
const mutated = fc
	.tuple(
		fc.constantFrom(...Object.values(files)),
		fc.array(fc.tuple(fc.nat(), fc.integer({ min: 0, max: 255 })), { maxLength: 20 }),
		fc.nat(),
		fc.nat({ max: 64 }),
	)
	.map(([file, changes, cut, more]) => {
		const copy = Buffer.from(file);
		for (const [at, byte] of changes) copy[at % copy.length] = byte;
		const end = cut % (copy.length + 1);
		return Buffer.concat([copy.subarray(0, end), copy.subarray(0, more), copy.subarray(end)]);
	});

it('is looked at without a failure, whatever its bytes are', async () => {
	await fc.assert(
		fc.asyncProperty(
			fc.oneof(
				mutated,
				fc.uint8Array({ maxLength: 200 }).map((all) => Buffer.from(all)),
			),
			async (file) => {
				const facts = sniff(file);
				for (const size of [facts?.width, facts?.height])
					if (size !== undefined) expect(size).toBeGreaterThanOrEqual(0);
				const movie = await readMovie(
					(async function* () {
						yield file;
					})(),
				);
				if (movie?.seconds !== undefined) expect(movie.seconds).toBeGreaterThanOrEqual(0);
			},
		),
	);
});

it.each(Object.entries(files))('is known as what it is: %s', (_name, file) => {
	expect(sniff(file)?.mime).toMatch(/^(image|video)\//);
});

/** A file that begins correctly and then repeats its beginning, middle or end without end. */
const endless = (file: Buffer, bytes: number) =>
	[0, 12, Math.floor(file.length / 2), Math.max(0, file.length - 16)].map((from) => {
		const rest = file.subarray(from);
		const more = Array<Buffer>(Math.ceil(bytes / rest.length)).fill(rest);
		return Buffer.concat([file, ...more]);
	});

const lookAt = async (all: Buffer[]) => {
	for (const file of all) {
		sniff(file);
		await readMovie(sourceOf(file));
	}
};

it.each(Object.entries(files))(
	'takes time and memory in proportion to it, however it goes on: %s',
	async (_name, file) => {
		const inputOf = (size: number) => endless(file, size * 50_000);
		const large = inputOf(10);
		await lookAt(large);
		const before = process.memoryUsage();
		await lookAt(large);
		const after = process.memoryUsage();
		expect(after.heapUsed - before.heapUsed).toBeLessThan(64 * 1024 ** 2);
		expect(after.arrayBuffers - before.arrayBuffers).toBeLessThan(64 * 1024 ** 2);
		expect(await growthOf(inputOf, lookAt)).toBeLessThan(PROPORTIONAL);
	},
);
