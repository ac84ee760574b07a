import type { IDataObject } from 'n8n-workflow';

import { CrosspostBlueskyApi } from '@/credentials/CrosspostBlueskyApi.credentials';
import { CrosspostXOAuth2Api } from '@/credentials/CrosspostXOAuth2Api.credentials';
import { Crosspost } from '@/nodes/Crosspost/Crosspost.node';
import { newestVersion } from '@/nodes/shared/editor/versions';
import { fieldsOf } from '@/nodes/shared/publish/postFields';
import { x } from '@/nodes/X/x';
import { conversation } from '@/test/support/conversation';
import { testNode } from '@/test/support/n8n';

const DID = 'did:plc:alice';
const exp = Math.floor(Date.now() / 1000) + 7200;
const jwt = `h.${Buffer.from(JSON.stringify({ exp })).toString('base64url')}.s`;
const session = { accessJwt: jwt, refreshJwt: 'r', did: DID, handle: 'alice.test' };
const until = { access_token: 'at', n8n_expires_at: String(Date.now() + 1e10) };

/** Bluesky has none of the fields, X polls without a question. */
async function crossposted(parameters: IDataObject, typeVersion = newestVersion) {
	conversation('https://bsky.social', [
		['POST', '/xrpc/com.atproto.server.createSession', 200, session],
		['GET', '/xrpc/com.atproto.server.getSession', 200, { did: DID, handle: 'alice.test' }],
	]);
	const node = testNode({
		type: new Crosspost(),
		parameters: {
			...{ operation: 'validate', platforms: ['bluesky', 'x'], text: 'Hello' },
			...parameters,
		},
		credentials: [
			{
				type: new CrosspostBlueskyApi(),
				data: { identifier: 'a', appPassword: 'b', serviceUrl: 'https://bsky.social' },
			},
			{ type: new CrosspostXOAuth2Api(), data: { oauthTokenData: until } },
		],
		continueOnFail: true,
		typeVersion,
	});
	const [valid, failed] = await node.run();
	const told = (name: string) => {
		const json = [...valid, ...failed].find(({ json: { platform } }) => platform === name)?.json;
		const { problems = [] } = (json?.error ?? {}) as { problems?: Array<{ rule: string }> };
		const warnings = (json?.warnings ?? []) as string[];
		return [...problems.map(({ rule }) => rule), ...warnings];
	};
	return { bluesky: told('bluesky'), x: told('x') };
}

const poll = (more: IDataObject = {}) => ({ poll: { poll: { answers: 'Yes\nNo', ...more } } });

it('a platform leaves out what it lacks, with a warning', async () => {
	const options = { title: 'A title', firstComment: 'First', ...poll() };
	const { bluesky, x } = await crossposted({ options });
	expect(bluesky).toEqual([
		'Bluesky has no titles: Title is left out [bluesky.title.dropped]',
		'Bluesky has no polls: Poll is left out [bluesky.poll.dropped]',
		'Bluesky has no first comments: First Comment is left out [bluesky.firstComment.dropped]',
	]);
	expect(x).toEqual([
		'X has no titles: Title is left out [x.title.dropped]',
		'X has no first comments: First Comment is left out [x.firstComment.dropped]',
	]);
});

it('so it does with parts of a poll', async () => {
	const parts = { question: 'Tea?', multiple: true, hideTotals: true, minutes: 60 };
	expect((await crossposted({ options: poll(parts) })).x).toEqual([
		expect.stringMatching(/Question is left out \[x.poll.question.dropped\]$/),
		expect.stringMatching(/Multiple Choice is left out \[x.poll.multiple.dropped\]$/),
		expect.stringMatching(/Hide Results is left out \[x.poll.hideTotals.dropped\]$/),
	]);
});

it('nothing is said of fields that were left empty', async () => {
	const options = { title: '', firstComment: ' ', scheduledAt: '', poll: {} };
	expect(await crossposted({ options })).toEqual({ bluesky: [], x: [] });
});

it('a platform that cannot schedule refuses what would go out at once', async () => {
	const options = { scheduledAt: new Date(Date.now() + 1e8).toISOString() };
	const { bluesky, x } = await crossposted({ options });
	expect(bluesky).toEqual(['bluesky.schedule.unsupported']);
	expect(x).toEqual(['x.schedule.unsupported']);
});

it('what a platform has of its own takes the place of the common one', async () => {
	const own = { x: poll({ answers: 'Only' }) };
	expect((await crossposted({ options: poll({ question: 'Tea?' }), ...own })).x).toEqual([
		'x.poll.options',
	]);
});

it('a node of the first version has its own options alone', async () => {
	const former = { x: { pollOptions: 'Only' }, options: { title: 'A title' } };
	expect(await crossposted(former, 1)).toEqual({ bluesky: [], x: ['x.poll.options'] });
	expect(await crossposted({ x: { pollOptions: 'Only' } })).toEqual({ bluesky: [], x: [] });
});

it('what a platform’s polls lack does not reach it', () => {
	const given = { question: 'Tea?', answers: 'yes\nno', minutes: 60, multiple: true };
	const options = { poll: { poll: { ...given, hideTotals: true } } };
	expect(fieldsOf(x, options, 'a').poll).toEqual({ answers: ['yes', 'no'], minutes: 60 });
});
