import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** The ways in which a file on the web fails to arrive, by its name. */
export const FAILURES = ['404.png', '500.png', 'inner.png', 'round.png', 'cut.png', 'page.png'];

/** A host that serves no files and repeats the requested address. */
export async function brokenFiles() {
	const server = createServer((request, response) => {
		const { url = '', headers } = request;
		const said = `${url} ${decodeURIComponent(url)} ${headers.authorization ?? ''}`;
		const to = (location: string) => response.writeHead(302, { location }).end(said);
		if (url.includes('inner.png')) return void to(`http://10.0.0.1${url}`);
		if (url.includes('round.png')) return void to(url);
		if (url.includes('page.png')) return void response.writeHead(200).end(said);
		if (url.includes('cut.png')) {
			response.writeHead(200, { 'content-length': '100000', 'content-type': 'image/png' });
			return void response.write(said, () => response.destroy());
		}
		response.writeHead(url.includes('500') ? 500 : 404, { 'x-asked': encodeURIComponent(url) });
		response.end(said);
	});
	await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
	return {
		port: (server.address() as AddressInfo).port,
		stop: async () => {
			server.closeAllConnections();
			await new Promise((done) => server.close(done));
		},
	};
}

/** URLs that give access to anyone who has them, and the parts of them that must stay secret. */
export const ADDRESSES: Record<
	string,
	(host: string, file: string) => [url: string, secret: string]
> = {
	'user and password': (host, file) => [
		`http://someone:pw%2FQp%2Bw%3DR%26t9x8@${host}/${file}`,
		'pw/Qp+w=R&t9x8',
	],
	'a bot’s token in the path': (host, file) => [
		`http://${host}/file/bot123456:AAFkQp7wRt9x8Zm3/photos/${file}`,
		'AAFkQp7wRt9x8Zm3',
	],
	'a signature in the query': (host, file) => [
		`http://${host}/${file}?X-Amz-Signature=c0ffee7Qp%2Fw%2B9x8&expires=5`,
		'c0ffee7Qp/w+9x8',
	],
	'a token in the fragment': (host, file) => [
		`http://${host}/${file}#access_token=fr4gQp7wRt9x8Zm3`,
		'fr4gQp7wRt9x8Zm3',
	],
};
