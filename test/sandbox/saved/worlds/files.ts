import { gif, jpeg, mp4, png } from '@/test/support/mediaFixtures';

const ARTICLE = `<title>On (b)</title>
<meta property="og:description" content="What it is about">
<meta property="og:image" content="/a.png">`;

const film = { width: 720, height: 1280, seconds: 10 };

/** The files on the web, by path. */
export const PAGES: Record<string, Buffer> = {
	'/a.png': png(40, 60),
	'/b.jpg': jpeg(400, 400),
	'/c.jpg': jpeg(540, 600),
	'/film.mp4': mp4({ ...film, bytes: 5000 }),
	'/article': Buffer.from(ARTICLE),
};

const TYPES: Record<string, string> = { png: 'image/png', jpg: 'image/jpeg', mp4: 'video/mp4' };

/** The files of the item. */
export const FILES = {
	image: { data: jpeg(100, 100), fileName: 'a.jpg', mimeType: 'image/jpeg' },
	second: { data: jpeg(110, 100), fileName: 'b.jpg', mimeType: 'image/jpeg' },
	one: { data: jpeg(540, 600), fileName: 'one.jpg', mimeType: 'image/jpeg' },
	two: { data: jpeg(600, 540), fileName: 'two.jpg', mimeType: 'image/jpeg' },
	loop: { data: gif(2), fileName: 'loop.gif', mimeType: 'image/gif' },
	film: { data: mp4({ ...film, bytes: 5000 }), fileName: 'film.mp4', mimeType: 'video/mp4' },
	wide: {
		data: mp4({ width: 1280, height: 720, seconds: 10, bytes: 5000 }),
		...{ fileName: 'wide.mp4', mimeType: 'video/mp4' },
	},
	large: {
		data: mp4({ bytes: 200_000, seconds: 10 }),
		...{ fileName: 'large.mp4', mimeType: 'video/mp4' },
	},
	paper: { data: Buffer.from('%PDF-1.7 text'), fileName: 'paper.pdf', mimeType: 'application/pdf' },
};

/** The local addresses of public addresses, for the platforms' crawlers. */
export type Crawl = Record<string, string>;

export function headersOf(path: string, { length }: Buffer) {
	const type = TYPES[path.split('.').pop() ?? ''] ?? 'text/html';
	return { 'content-type': type, 'content-length': String(length) };
}
