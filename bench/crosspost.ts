import type { IDataObject } from 'n8n-workflow';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

import { CrosspostBlueskyApi } from '../credentials/CrosspostBlueskyApi.credentials';
import { CrosspostMastodonOAuth2Api } from '../credentials/CrosspostMastodonOAuth2Api.credentials';
import { CrosspostThreadsOAuth2Api } from '../credentials/CrosspostThreadsOAuth2Api.credentials';
import { CrosspostXOAuth2Api } from '../credentials/CrosspostXOAuth2Api.credentials';
import { Crosspost } from '../nodes/Crosspost/Crosspost.node';
import { startSandbox } from '../test/sandbox';
import { testNode } from '../test/support/n8n';
import type { Row } from './row';

const LATENCY = 300;
const MOST_RATIO = 1.3;
const PLATFORMS = ['bluesky', 'mastodon', 'threads', 'x'];

/** One cross-post to four platforms that take 300 ms a call, beside the slowest of them alone. */
export async function crosspost(): Promise<Row> {
	const [mastodon, threads, x] = [
		await startSandbox('mastodon'),
		await startSandbox('threads'),
		await startSandbox('x'),
	];
	const bluesky = await blueskyServer();
	try {
		for (const { faults } of [mastodon, threads, x]) faults.latency(LATENCY);
		const token = (sandbox: typeof mastodon | typeof threads | typeof x): IDataObject => ({
			access_token: sandbox.issueToken().accessToken,
		});
		const app = { clientId: 'id', clientSecret: 'secret' };
		const node = testNode({
			type: new Crosspost(),
			parameters: { operation: 'publish', publishWhen: 'passing' },
			credentials: [
				{
					type: new CrosspostBlueskyApi(),
					data: { serviceUrl: bluesky.url, identifier: 'a.test', appPassword: 'abcd' },
				},
				{
					type: new CrosspostMastodonOAuth2Api(),
					data: { instanceUrl: mastodon.url, oauthTokenData: token(mastodon) },
				},
				{
					type: new CrosspostThreadsOAuth2Api(),
					data: {
						...{ clientId: 'threads-client', clientSecret: 'threads-secret' },
						apiBaseUrl: threads.url,
						oauthTokenData: { access_token: threads.issueToken({ kind: 'short' }).accessToken },
					},
				},
				{
					type: new CrosspostXOAuth2Api(),
					data: { ...app, apiBaseUrl: x.url, oauthTokenData: token(x) },
				},
			],
		});
		let count = 0;
		const seconds = async (platforms: string[]) => {
			const parameters = { platforms, text: `Post ${++count}` };
			const start = performance.now();
			const [published, failed] = await node.run([{ json: {} }], { fresh: true, parameters });
			if (published.length !== platforms.length) throw new Error(JSON.stringify(failed));
			return (performance.now() - start) / 1000;
		};
		// Logs in, exchanges tokens and asks for accounts, which happens once.
		await seconds(PLATFORMS);
		const alone = [];
		for (const platform of PLATFORMS) alone.push(await seconds([platform]));
		return rowOf(Math.max(...alone), await seconds(PLATFORMS));
	} finally {
		await Promise.all([mastodon.stop(), threads.stop(), x.stop(), bluesky.stop()]);
	}
}

/** As much of a Bluesky server as a text post needs. */
async function blueskyServer() {
	const claims = Buffer.from(JSON.stringify({ exp: Math.floor(Date.now() / 1000) + 7200 }));
	const jwt = `h.${claims.toString('base64url')}.s`;
	const answer = {
		...{ accessJwt: jwt, refreshJwt: jwt, did: 'did:plc:a', handle: 'a.test' },
		...{ uri: 'at://did:plc:a/app.bsky.feed.post/3k', cid: 'c' },
	};
	const server: Server = createServer((request, response) => {
		request.resume().on('end', () => {
			setTimeout(() => {
				response.writeHead(200, { 'content-type': 'application/json' });
				response.end(JSON.stringify(answer));
			}, LATENCY);
		});
	});
	await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
	const { port } = server.address() as AddressInfo;
	return {
		url: `http://127.0.0.1:${port}`,
		stop: async () => void (await new Promise((done) => server.close(done))),
	};
}

function rowOf(slowest: number, all: number): Row {
	const ratio = all / slowest;
	return {
		name: 'Crosspost to four platforms that take 300 ms a call',
		figures: `${all.toFixed(2)} s, the slowest alone ${slowest.toFixed(2)} s, ratio ${ratio.toFixed(2)}`,
		wanted: `ratio at most ${MOST_RATIO}`,
		passed: ratio <= MOST_RATIO,
	};
}
