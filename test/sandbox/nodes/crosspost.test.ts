import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { pipeline, Readable } from 'node:stream';

import { CrosspostMastodonOAuth2Api } from '../../../credentials/CrosspostMastodonOAuth2Api.credentials';
import { Crosspost } from '../../../nodes/Crosspost/Crosspost.node';
import { mp4Stream } from '../../support/movieFixtures';
import { useBinaryStore } from '../../support/binaries';
import { testNode } from '../../support/n8n';
import { startSandbox } from '..';

// Slow machines need long for a hundred megabytes.
jest.setTimeout(60_000);

const MIB = 1024 * 1024;
const USUAL = 99 * MIB;
const FILM = 100 * MIB;

let films: Server;
let downloads = 0;

beforeAll(async () => {
	await useBinaryStore();
	films = createServer((request, response) => {
		const film = Readable.from(mp4Stream({ bytes: FILM }));
		response.writeHead(200, { 'content-type': 'video/mp4', 'content-length': FILM });
		pipeline(film, response, (broken) => (downloads += broken ? 0 : 1));
	});
	await new Promise<void>((ready) => films.listen(0, '127.0.0.1', ready));
});
afterAll(() => films.close());

async function publish(videoBytes: number) {
	const sandbox = await startSandbox('mastodon', { videoBytes });
	const { port } = films.address() as AddressInfo;
	const node = testNode({
		type: new Crosspost(),
		parameters: {
			...{ operation: 'publish', platforms: ['mastodon'], publishWhen: 'passing', text: 'Film' },
			media: { medium: [{ source: 'url', url: `http://127.0.0.1:${port}/film.mp4` }] },
		},
		credentials: [
			{
				type: new CrosspostMastodonOAuth2Api(),
				data: {
					instanceUrl: sandbox.url,
					oauthTokenData: { access_token: sandbox.issueToken().accessToken },
				},
			},
		],
	});
	const outputs = await node.run();
	await sandbox.stop();
	return outputs.map((items) => items.map(({ json }) => json));
}

it('brings a film from the web to a server that takes larger ones than most', async () => {
	const [published, failed] = await publish(FILM);
	expect(failed).toEqual([]);
	expect(published).toMatchObject([{ platform: 'mastodon', status: 'published' }]);
});

it('does not download what the server would refuse', async () => {
	const before = downloads;
	const [, [{ error }]] = await publish(USUAL);
	const problem = { rule: 'mastodon.media.size', limit: USUAL, actual: FILM };
	expect(error).toMatchObject({ code: 'validation_failed', problems: [problem] });
	expect(downloads).toBe(before);
});
