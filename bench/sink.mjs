/**
 * X in a process of its own that says yes to everything and keeps nothing: what is measured is the
 * client. Tells its port and the account, and at each post how many bytes have come since the upload
 * began, and how many seconds ago that was.
 */
import { createServer } from 'node:http';

const AUTHORIZE = '/i/oauth2/authorize';
const TOKEN = { token_type: 'bearer', access_token: 'at', refresh_token: 'rt', expires_in: 7200 };
const MEDIA = { data: { id: '1', media_key: '7_1' } };
const BEGIN = /^POST \/2\/media\/upload\/initialize/;
const POST = /^POST \/2\/tweets/;
const ANSWERS = [
	[/^POST \/2\/oauth2\/token/, TOKEN],
	[/^GET \/2\/users\/me/, { data: { id: '1', username: 'bench', name: 'Bench' } }],
	[BEGIN, MEDIA],
	[/^POST \/2\/media\/upload\/1\/append/, { data: { expires_at: 1 } }],
	[/^POST \/2\/media\/upload\/1\/finalize/, MEDIA],
	[POST, { data: { id: '2', text: '' } }],
];

let received = 0;
let begin = 0;

const server = createServer((request, response) => {
	if (request.url.startsWith(AUTHORIZE)) return consent(request, response);
	request.on('data', (chunk) => (received += chunk.length));
	request.on('end', () => {
		const line = `${request.method} ${request.url}`;
		if (BEGIN.test(line)) [received, begin] = [0, performance.now()];
		const found = ANSWERS.find(([pattern]) => pattern.test(line));
		response.writeHead(found ? 200 : 404, { 'content-type': 'application/json' });
		response.end(JSON.stringify(found?.[1] ?? {}));
		if (!POST.test(line)) return;
		process.send({ received, seconds: (performance.now() - begin) / 1000 });
	});
});
server.listen(0, '127.0.0.1', () => {
	const { port } = server.address();
	process.send({ port, accounts: [accountAt(`http://127.0.0.1:${port}`)] });
});

function accountAt(url) {
	const data = { clientId: 'id', clientSecret: 'secret' };
	return {
		platform: 'x',
		credential: { name: 'Bench', type: 'crosspostXOAuth2Api', data },
		connect: true,
		overwrite: { apiBaseUrl: url, webBaseUrl: url, authUrl: `${url}/i/oauth2/authorize` },
	};
}

function consent(request, response) {
	const { searchParams } = new URL(request.url, 'http://127.0.0.1');
	const back = new URL(searchParams.get('redirect_uri'));
	back.searchParams.set('code', 'code');
	back.searchParams.set('state', searchParams.get('state'));
	response.writeHead(302, { location: back.href }).end();
}
