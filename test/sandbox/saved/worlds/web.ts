import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

import { Container } from '@n8n/di';
import { BinaryDataService } from 'n8n-core';
import nock from 'nock';

import { WEB } from '../plan/values';
import { headersOf, PAGES, type Crawl } from './files';

/** The web as n8n and the platforms see it; n8n itself is part of it. */
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
