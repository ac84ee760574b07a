import fc from 'fast-check';

import { readMovie } from '@/nodes/shared/media/mp4';
import { sniff } from '@/nodes/shared/media/sniff';
import { gif, heif, jpeg, mp4, png, webp } from '@/test/support/mediaFixtures';
import './setup';

/** A picture of which the directory tells width and height. */
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

/** A valid file of which some bytes are others, some are left out, and some stand twice. */
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
