import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

import { Container } from '@n8n/di';
import { BinaryDataService } from 'n8n-core';
import nock from 'nock';

import { gif, jpeg, mp4, png } from '@/test/support/mediaFixtures';
import { WEB } from '../plan/values';

const ARTICLE = `<title>On (b)</title>
<meta property="og:description" content="What it is about">
<meta property="og:image" content="/a.png">`;

const film = { width: 720, height: 1280, seconds: 10 };

const PAGES: Record<string, Buffer> = {
	'/a.png': png(40, 60),
	'/b.jpg': jpeg(400, 400),
	'/c.jpg': jpeg(540, 600),
	'/film.mp4': mp4({ ...film, bytes: 5000 }),
	'/article': Buffer.from(ARTICLE),
};

const TYPES: Record<string, string> = {
	...{ png: 'image/png', jpg: 'image/jpeg', mp4: 'video/mp4' },
};

/** The files that come with the item. */
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

/** What the crawlers of platforms find behind public addresses. */
export type Crawl = Record<string, string>;

/** The web as n8n sees it and as platforms do, where n8n itself is a part of it. */
export async function openWeb(): Promise<{ crawl: Crawl; close(): void }> {
	for (const [path, body] of Object.entries(PAGES))
		nock(WEB).persist().get(path).query(true).reply(200, body, headersOf(path, body));
	const server = createServer(async ({ url = '' }, response) => {
		const { pathname, searchParams } = new URL(url, WEB);
		const page = PAGES[pathname];
		if (page) return void response.writeHead(200, headersOf(pathname, page)).end(page);
		const token = searchParams.get('token');
		if (!token) return void response.writeHead(404).end();
		const store = Container.get(BinaryDataService);
		const id = store.validateSignedToken(token);
		response.end(await store.getAsBuffer({ id, data: '', mimeType: '' }));
	});
	await new Promise<void>((ready) => void server.listen(0, '127.0.0.1', ready));
	const local = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
	return {
		crawl: { [`${WEB}/`]: local, 'https://n8n.example.com/': local },
		close: () => {
			nock.cleanAll();
			server.close();
		},
	};
}

function headersOf(path: string, { length }: Buffer) {
	const type = TYPES[path.split('.').pop() ?? ''] ?? 'text/html';
	return { 'content-type': type, 'content-length': String(length) };
}
