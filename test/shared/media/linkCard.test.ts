import { Readable } from 'node:stream';

import { cardOf, headOf } from '@/nodes/shared/media/linkCard';
import { HOSTILE } from '@/test/support/hostilePages';

const pieces = (page: string | Buffer, size = 1000) => {
	const bytes = Buffer.isBuffer(page) ? page : Buffer.from(page);
	const all: Buffer[] = [];
	for (let at = 0; at < bytes.length; at += size) all.push(bytes.subarray(at, at + size));
	return Readable.from(all);
};
const card = async (
	page: string | Buffer,
	contentType?: string,
	url = 'https://a.example.org/x/y',
) => cardOf(await headOf(pieces(page), contentType), url);

const JAPANESE = Buffer.from('93fa967b8cea', 'hex');
const around = (before: string, bytes: Buffer, after = '</title>') =>
	Buffer.concat([Buffer.from(before), bytes, Buffer.from(after)]);

describe('the encoding of a page', () => {
	it.each<[string, Buffer, string | undefined]>([
		['its meta element', around('<meta charset="Shift_JIS"><title>', JAPANESE), undefined],
		['the header', around('<title>', JAPANESE), 'text/html; charset=Shift_JIS'],
		[
			'the header before its meta element',
			around('<meta charset="utf-8"><title>', JAPANESE),
			'text/html; charset="shift-jis"',
		],
		[
			'http-equiv',
			around(
				'<meta http-equiv="Content-Type" content="text/html; charset=shift_jis"><title>',
				JAPANESE,
			),
			'text/html; charset=nonsense',
		],
		[
			'its byte order mark',
			Buffer.from('\ufeff<title>日本語</title>'),
			'text/html; charset=shift_jis',
		],
		['nothing', Buffer.from('<title>日本語</title>'), undefined],
		['UTF-16', Buffer.from('\ufeff<title>日本語</title>', 'utf16le'), undefined],
	])('is told by %s', async (_what, page, contentType) => {
		expect(await card(page, contentType)).toMatchObject({ title: '日本語' });
	});

	it('is windows-1252 where nothing is told and the bytes are no UTF-8', async () => {
		const page = Buffer.from('<title>Caf\xe9 \x96 fin</title>', 'latin1');
		expect(await card(page)).toMatchObject({ title: 'Café – fin' });
	});

	it('is told by a meta element however late it comes', async () => {
		const late = `<style>${'a'.repeat(9000)}</style><meta charset=Shift_JIS><title>`;
		expect(await card(around(late, JAPANESE))).toMatchObject({ title: '日本語' });
		expect(await card(around(`<title>`, JAPANESE, `</title>${late}`))).toMatchObject({
			title: '日本語',
		});
	});

	it('is UTF-8 with a broken byte where most bytes are UTF-8', async () => {
		const start = '<title>日本語</title><meta name=description content="Über';
		const page = around(start, Buffer.from([0xe9]), 'Größe">');
		expect(await card(page)).toEqual({ title: '日本語', description: 'ÜberGröße' });
	});
});

describe('the head of a page', () => {
	it.each([
		['<title>It&rsquo;s caf&eacute; &ndash; 5&nbsp;&euro; &hellip;</title>', 'It’s café – 5 € …'],
		['<title>a &#8211; &#x2014; &notanentity; &#0; &#55357;b</title>', 'a – — ¬anentity; b'],
		['<title>\n   Hello\n   World\n</title>', 'Hello World'],
		['<meta property="og:title" content="5 > 3: why"><title>No</title>', '5 > 3: why'],
		["<META NAME='Twitter:Title' CONTENT='One'><title>Two</title>", 'One'],
		['<meta content=Bare property=og:title>', 'Bare'],
		['<script>"<title>No</title>"</script><title>Yes</title>', 'Yes'],
		['<!-- <title>No</title> --><title>Yes</title>', 'Yes'],
		['<title>First</title><svg><title>Second</title></svg>', 'First'],
		['<svg><g><title>Icon</title></g></svg><title>Of the page</title>', 'Of the page'],
		['<svg/><title>Behind</title>', 'Behind'],
		[
			`<html ${Array.from({ length: 1000 }, (_, n) => `data-a${n}=b`).join(' ')}><title>T</title>`,
			'T',
		],
		[
			'<title></title><meta property="og:title" content=" "><meta name="twitter:title" content="Third">',
			'Third',
		],
	])('tells the title: %s', async (page, title) => {
		expect(await card(page)).toMatchObject({ title });
	});

	it('is read however late it comes, and not beyond its end', async () => {
		const late = `<head><style>${'a'.repeat(640_000)}</style><meta property="og:title" content="Late"></head>`;
		expect(await card(late)).toMatchObject({ title: 'Late' });
		expect(await card('<head></head><body><title>Of the body</title>')).toBeUndefined();
		const read = { bytes: 0 };
		const endless = (async function* () {
			yield Buffer.from('<head>');
			for (;;) {
				read.bytes += 65_536;
				yield Buffer.alloc(65_536, 'a');
			}
		})();
		await headOf(endless);
		expect(read.bytes).toBeLessThan(5_000_000);
	});

	it.each([
		'Just a moment...',
		'Attention Required! | Cloudflare',
		' Please wait... | Cloudflare',
		'Access Denied',
		'Access denied | a.example.org used Cloudflare to restrict access',
		'Robot Check',
	])('is none of a page that only asks for a proof: %s', async (title) =>
		expect(await card(`<title>${title}</title>`)).toBeUndefined(),
	);

	it.each([
		'Access Denied: why refugees are turned away',
		'Access Denied | The Daily News',
		'Please wait...with me: a poem',
		'Robot check-up',
		'Just a moment... - Poems',
	])('is one where an article only begins in such words: %s', async (title) =>
		expect(await card(`<title>${title}</title>`)).toMatchObject({ title }),
	);
});

describe('the picture', () => {
	const image = async (page: string, url?: string) =>
		(await card(`<title>T</title>${page}`, undefined, url))?.image;

	it.each([
		['<meta property="og:image" content="img.png">', 'https://a.example.org/x/img.png'],
		['<meta property="og:image" content="/img.png">', 'https://a.example.org/img.png'],
		[
			'<base href="/deep/"><meta property="og:image" content="img.png">',
			'https://a.example.org/deep/img.png',
		],
		[
			'<meta property="og:image" content="/b"><base href="https://cdn.example.org/d/">',
			'https://cdn.example.org/b',
		],
		['<meta property="og:image:url" content="//cdn.example.org/a">', 'https://cdn.example.org/a'],
		['<meta name="twitter:image:src" content="/t.png">', 'https://a.example.org/t.png'],
		['<link rel="image_src" href="/l.png">', 'https://a.example.org/l.png'],
		['<meta property="og:image" content="data:image/png;base64,AAAA">', undefined],
		['<meta property="og:image" content="http://[">', undefined],
		...['data:image/png;base64,AAAA', 'http://[', 'http://127.0.0.1/a', ' '].map(
			(none): [string, string] => [
				`<meta property="og:image" content="${none}"><meta name="twitter:image" content="/t">`,
				'https://a.example.org/t',
			],
		),
	])('is where the page says: %s', async (page, expected) => {
		expect(await image(page)).toBe(expected);
	});

	it.each([
		'http://127.0.0.1/a.png',
		'http://10.0.0.1/a',
		'http://[::1]/a',
		'http://printer.local/a',
	])('is none where a public page names an address inside of the network: %s', async (url) =>
		expect(await image(`<meta property="og:image" content="${url}">`)).toBeUndefined(),
	);
});

describe('a page that nobody means', () => {
	const KILOBYTES_512 = 512 * 1024;
	const cpu = async (page: Buffer) => {
		const before = process.cpuUsage();
		await headOf(pieces(page, 16_384));
		const { user, system } = process.cpuUsage(before);
		return (user + system) / 1000;
	};

	it('ends where attributes have no end', async () => {
		const names = Array.from({ length: 60_000 }, (_, index) => `a${index.toString(36)}=b`);
		const page = Buffer.from(`<meta ${names.join(' ')}><title>Late</title>`);
		await cpu(page);
		expect(await cpu(page)).toBeLessThan(1000);
		expect((await headOf(pieces(page, 16_384))).title).toBeUndefined();
	});

	it.each(HOSTILE)('takes time that grows no faster than it does: %s', async (unit) => {
		const times = async (bytes: number) => await cpu(Buffer.from(unit.repeat(bytes / unit.length)));
		await times(KILOBYTES_512);
		expect(await times(KILOBYTES_512)).toBeLessThan(1000);
	});
});
