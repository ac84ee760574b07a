import fc from 'fast-check';

import { texts } from './setup';
import { cardOf, headOf } from '@/nodes/shared/media/linkCard';
import { HOSTILE } from '@/test/support/hostilePages';

const MB = 1024 * 1024;

const words = fc.constantFrom(
	...['<', '>', '<meta ', 'property="og:title" ', 'content=', '"', "'", '&', '#', 'x', ';', ' '],
	...['<title>', '</title>', '<base href=', '<link rel=image_src href=', '<!--', '<script>'],
	...['<meta charset=utf-16>', '\0', '\ud83d', 'é', '\ufeff'],
);
const pages = fc.oneof(
	fc.array(fc.oneof(words, fc.string()), { maxLength: 60 }).map((all) => Buffer.from(all.join(''))),
	fc.uint8Array({ maxLength: 300 }).map((all) => Buffer.from(all)),
);
const charsets = fc.constantFrom('utf-8', 'utf-16le', 'shift_jis', 'iso-2022-jp', 'gb18030', 'x');
const types = fc.oneof(
	charsets.map((charset) => `text/html; charset=${charset}`),
	texts,
	fc.constant(undefined),
);

function* pieces(page: Buffer, size: number) {
	for (let at = 0; at < page.length; at += size) yield page.subarray(at, at + size);
}
const streamed = async function* (page: Buffer, size: number) {
	yield* pieces(page, size);
};

it('a page is read, whatever its bytes, their pieces and its type are', async () => {
	await fc.assert(
		fc.asyncProperty(pages, fc.integer({ min: 1, max: 50 }), types, async (page, size, type) => {
			const head = await headOf(streamed(page, size), type);
			const found = cardOf(head, 'https://a.example.org/');
			for (const text of [found?.title, found?.description])
				expect(text ?? '').not.toMatch(/[\p{Cc}\p{Cs}\uFFFD]/u);
			if (found?.image) expect(found.image).toMatch(/^https?:/);
		}),
	);
});

it('a page means the same in whatever pieces it comes', async () => {
	await fc.assert(
		fc.asyncProperty(pages, fc.integer({ min: 1, max: 50 }), types, async (page, size, type) => {
			const whole = cardOf(
				await headOf(streamed(page, page.length + 1), type),
				'https://a.example/',
			);
			const inPieces = cardOf(await headOf(streamed(page, size), type), 'https://a.example/');
			expect(inPieces).toEqual(whole);
		}),
	);
});

it.each(HOSTILE)('takes little memory, however often it says the same: %s', async (unit) => {
	const page = Buffer.from(unit.repeat((4 * MB) / unit.length));
	const before = process.memoryUsage();
	const head = await headOf(streamed(page, 16_384));
	const after = process.memoryUsage();
	expect(after.arrayBuffers - before.arrayBuffers).toBeLessThan(50 * MB);
	expect(after.heapUsed - before.heapUsed).toBeLessThan(200 * MB);
	expect(JSON.stringify([...head.metas, ...head.links, head.title]).length).toBeLessThan(MB);
});
