import nock from 'nock';

import { CrosspostBlueskyApi } from '@/credentials/CrosspostBlueskyApi.credentials';
import { CrosspostXOAuth2Api } from '@/credentials/CrosspostXOAuth2Api.credentials';
import { Crosspost } from '@/nodes/Crosspost/Crosspost.node';
import { testNode } from '@/test/support/n8n';

const BLUESKY = 'https://bsky.social';
const X = 'https://api.x.com';
const DID = 'did:plc:alice';

beforeAll(() => nock.disableNetConnect());
afterEach(() => nock.cleanAll());
afterAll(() => nock.enableNetConnect());

const later = String(Date.now() + 7_200_000);
const jwt = `h.${Buffer.from(JSON.stringify({ exp: Number(later) })).toString('base64url')}.s`;

const setup = () =>
	testNode({
		type: new Crosspost(),
		parameters: {
			...{ resource: 'post', operation: 'publish', text: 'Hello' },
			...{ platforms: ['bluesky', 'x'], publishWhen: 'passing' },
		},
		credentials: [
			{
				type: new CrosspostBlueskyApi(),
				data: { identifier: 'alice.test', appPassword: 'abcd-efgh', serviceUrl: BLUESKY },
			},
			{
				type: new CrosspostXOAuth2Api(),
				data: { oauthTokenData: { access_token: 'token', n8n_expires_at: later } },
			},
		],
		continueOnFail: true,
	});

/** The run ends while X has the publishing request and Bluesky is still asked for the account. */
function world(end: () => void) {
	const sent: string[] = [];
	const on = (host: string) => nock(host).persist();
	const soon = async () => await new Promise((done) => setTimeout(done, 100));
	const session = { accessJwt: jwt, refreshJwt: 'r', did: DID, handle: 'alice.test' };
	on(BLUESKY).post('/xrpc/com.atproto.server.createSession').reply(200, session);
	on(BLUESKY)
		.get('/xrpc/com.atproto.server.getSession')
		.reply(200, async () => (await soon(), { did: DID, handle: 'alice.test' }));
	on(BLUESKY)
		.post('/xrpc/com.atproto.repo.putRecord')
		.reply(200, () => void sent.push('bluesky'));
	on(X)
		.get('/2/users/me')
		.query(true)
		.reply(200, { data: { id: '7', username: 'alice' } });
	on(X)
		.post('/2/tweets')
		.reply(201, async () => {
			sent.push('x');
			end();
			await soon();
			return { data: { id: '1' } };
		});
	return sent;
}

it('stops each platform of a Crosspost where it stands, and lets finish what is on its way', async () => {
	const end = new AbortController();
	const sent = world(() => end.abort());
	const node = setup();
	const items = [{ json: {} }, { json: {} }];
	const [published, failed] = await node.run(items, { signal: end.signal });
	expect(published.map(({ json }) => [json.platform, json.id])).toEqual([['x', '1']]);
	expect(failed.map(({ json, pairedItem }) => [json, pairedItem])).toEqual([
		[{ platform: 'bluesky', error: expect.objectContaining({ code: 'stopped' }) }, { item: 0 }],
		[{ platform: 'crosspost', error: expect.objectContaining({ code: 'stopped' }) }, { item: 1 }],
	]);
	expect(sent).toEqual(['x']);
});

it('sends nothing for a Crosspost whose run has ended', async () => {
	const sent = world(() => {});
	const end = AbortSignal.abort();
	const [published, failed] = await setup().run([{ json: {} }], { signal: end });
	expect(published).toEqual([]);
	expect(failed).toMatchObject([{ json: { error: { code: 'stopped' } } }]);
	expect(sent).toEqual([]);
});
