import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { randomBytes } from 'node:crypto';

const DID = 'did:plc:echo';

/** A Bluesky server that can only log in and post. */
export async function smallPds() {
	const issued: string[] = [];
	const jwt = () => {
		const claims = { exp: Math.floor(Date.now() / 1000) + 7200 };
		const body = Buffer.from(JSON.stringify(claims)).toString('base64url');
		const made = `h.${body}.${randomBytes(24).toString('base64url')}`;
		issued.push(made);
		return made;
	};
	const session = () => ({ did: DID, handle: 'alice.test', accessJwt: jwt(), refreshJwt: jwt() });
	const record = { uri: `at://${DID}/app.bsky.feed.post/3k`, cid: 'c', value: {} };
	const blob = { $type: 'blob', ref: { $link: 'b' }, mimeType: 'image/png', size: 100 };
	const answers: Record<string, (() => object) | undefined> = {
		'server.createSession': session,
		'server.refreshSession': session,
		'server.getSession': () => ({ did: DID, handle: 'alice.test' }),
		'server.deleteSession': () => ({}),
		'repo.uploadBlob': () => ({ blob }),
		'repo.putRecord': () => record,
		'repo.listRecords': () => ({ records: [record] }),
	};
	const server = createServer((request, response) => {
		request.resume();
		const [, name = ''] = /com\.atproto\.([\w.]+)/.exec(request.url ?? '') ?? [];
		const answer = answers[name];
		response.writeHead(answer ? 200 : 404, { 'content-type': 'application/json' });
		response.end(JSON.stringify(answer?.() ?? { error: 'NotFound', message: name }));
	});
	await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
	return {
		url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
		secrets: () => issued,
		issueToken: () => {
			const [accessToken, refreshToken] = [jwt(), jwt()];
			return { accessToken, refreshToken, account: 'alice', scopes: [] };
		},
		stop: async () => {
			server.closeAllConnections();
			await new Promise((done) => server.close(done));
		},
	};
}
