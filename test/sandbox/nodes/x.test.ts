import type { IDataObject, INodeExecutionData } from 'n8n-workflow';

import { startSandbox, type RecordedRequest, type Sandbox } from '..';
import type { XState } from '../x/model';
import { expectDescribed } from '../../support/described';
import { gif, mp4, png } from '../../support/mediaFixtures';
import { binaryItem } from '../../support/n8n';
import { connected, resultOf, xNode } from '../../X/setup';

// Waiting is counted, not done.
jest.mock('n8n-workflow', () => ({
	...jest.requireActual<object>('n8n-workflow'),
	sleep: async () => {},
}));

let sandbox: Sandbox<XState>;

/** What the tests of this file have asked X. */
const recorded: RecordedRequest[] = [];

beforeEach(async () => void (sandbox = await startSandbox('x')));
afterEach(async () => {
	recorded.push(...sandbox.requests);
	await sandbox.stop();
});

const files = {
	a: { data: png(40, 30), fileName: 'a.png', mimeType: 'image/png' },
	b: { data: png(30, 40), fileName: 'b.png', mimeType: 'image/png' },
	still: { data: gif(1), fileName: 'still.gif', mimeType: 'image/gif' },
	loop: { data: gif(2), fileName: 'loop.gif', mimeType: 'image/gif' },
	// Three chunks, the last one not full.
	film: { data: mp4({ bytes: 2_500_000 }), fileName: 'film.mp4', mimeType: 'video/mp4' },
};

const media = (binaryProperty: string, altText = '') => ({
	media: { medium: [{ source: 'binary', binaryProperty, altText }] },
});

const COMMUNITY = '1493446837214187523';

interface Case {
	parameters: (own: string) => IDataObject;
	holds: IDataObject;
}

const OPERATIONS: Record<string, Case> = {
	text: { parameters: () => ({ text: 'Hello' }), holds: { text: 'Hello', media: [], options: {} } },
	link: {
		parameters: () => ({ text: 'Fish & <chips>', link: 'https://example.com/menu/' }),
		holds: { text: 'Fish & <chips>\n\nhttps://example.com/menu/' },
	},
	images: {
		parameters: () => ({ text: 'Three', ...media('a,b,still', 'First\nSecond\nStill') }),
		holds: {
			media: [
				{ type: 'image/png', alt: 'First', width: 40 },
				{ alt: 'Second', width: 30 },
				{ type: 'image/gif', category: 'tweet_image', alt: 'Still' },
			],
		},
	},
	gif: {
		parameters: () => ({ text: 'Loop', ...media('loop', 'Moving') }),
		holds: { media: [{ type: 'image/gif', category: 'tweet_gif', alt: 'Moving' }] },
	},
	video: {
		parameters: () => ({ text: 'Film', ...media('film') }),
		holds: { media: [{ type: 'video/mp4', category: 'tweet_video', length: 2_500_000 }] },
	},
	poll: {
		parameters: () => ({ text: 'Tea?', options: { pollOptions: 'Yes\nNo', pollDuration: 60 } }),
		holds: { options: { poll: { options: ['Yes', 'No'], duration_minutes: 60 } } },
	},
	community: {
		parameters: () => ({
			text: 'For the community',
			options: {
				community: { mode: 'id', value: COMMUNITY },
				shareWithFollowers: true,
				madeWithAi: true,
				paidPartnership: true,
				replySettings: 'following',
			},
		}),
		holds: {
			options: {
				community_id: COMMUNITY,
				share_with_followers: true,
				made_with_ai: true,
				paid_partnership: true,
				reply_settings: 'following',
			},
		},
	},
	reply: {
		parameters: (own) => ({
			text: 'Answer',
			options: { replyTo: `https://x.com/demo/status/${own}` },
		}),
		holds: { replyTo: 'OWN' },
	},
	quote: {
		parameters: (own) => ({ text: 'Look', options: { quote: own } }),
		holds: { quoteOf: 'OWN' },
	},
};

const RIGHT = { published: 'published', found: 'already_published' };
/** Fault of the publishing request, what becomes of it, and how many posts there are then. */
const FAULTS: ReadonlyArray<readonly [kind: string, outcome: string, posts: number]> = [
	['none', RIGHT.published, 1],
	['429', 'rate_limited', 0],
	['5xx-before', 'outcome_unknown', 0],
	['5xx-after', RIGHT.found, 1],
	['cut-before', 'outcome_unknown', 0],
	['cut-after', RIGHT.found, 1],
	['expired-token', RIGHT.published, 1],
	['refused', 'permission_missing', 0],
];

/** More than a minute passes: until then X may not show a post. */
const later = () => {
	const { now } = Date;
	jest.spyOn(Date, 'now').mockImplementation(() => now() + 61_000);
};
afterEach(() => jest.restoreAllMocks());

const outcomeOf = ({ error, status }: IDataObject) =>
	(error as IDataObject | undefined)?.code ?? status;

async function setUp(name: string) {
	const own = sandbox.state.addPost({ account: 'demo', text: 'Earlier' }).id;
	const { parameters, holds } = OPERATIONS[name];
	const given = parameters(own);
	const options = { rateLimitWait: 0, ...(given.options as IDataObject) };
	const node = xNode(
		{ ...given, options },
		{ credential: connected(sandbox), continueOnFail: true },
	);
	const item: INodeExecutionData = await binaryItem(files);
	const made = () => sandbox.state.posts.filter(({ id }) => id !== own);
	const expected = JSON.parse(JSON.stringify(holds).replace('OWN', own)) as IDataObject;
	return { node, item, made, expected };
}

describe.each(Object.keys(OPERATIONS))('publishing: %s', (name) => {
	it.each(FAULTS)('with fault %s: %s, %i posts', async (kind, outcome, posts) => {
		const { node, item, made, expected } = await setUp(name);
		if (kind !== 'none') sandbox.faults.next('publish', { kind });
		const result = await resultOf(node, item);
		expect([outcomeOf(result), made().length]).toEqual([outcome, posts]);
		if (posts === 1) {
			expect(made()).toMatchObject([expected]);
			expect(result).toMatchObject({
				platform: 'x',
				account: { name: 'demo' },
				id: made()[0].id,
				url: `${sandbox.url}/demo/status/${made()[0].id}`,
			});
		}
		const { oauthTokenData } = node.stored.crosspostXOAuth2Api as { oauthTokenData: IDataObject };
		for (const secret of [oauthTokenData.access_token, oauthTokenData.refresh_token, 'x-secret']) {
			expect(JSON.stringify(result)).not.toContain(secret);
		}
		// n8n runs the node again: still one post, whatever came before.
		later();
		const again = await resultOf(node, item);
		expect(again).toMatchObject({ id: made()[0].id });
		expect(made()).toHaveLength(1);
	});
});

describe('threads', () => {
	const thread = (options: IDataObject = {}) => ({
		text: 'One',
		...media('a'),
		thread: { post: [{ text: 'Two', ...media('film') }, { text: 'Three' }] },
		options: { rateLimitWait: 0, ...options },
	});

	it.each(FAULTS)('with fault %s of the second part: %s', async (kind, outcome, posts) => {
		const node = xNode(thread(), { credential: connected(sandbox), continueOnFail: true });
		const item = await binaryItem(files);
		sandbox.faults.next('publish', { kind: 'none' }, { kind });
		const result = await resultOf(node, item);
		const texts = () => sandbox.state.posts.map(({ text }) => text);
		expect(texts()).toEqual(posts === 1 ? ['One', 'Two', 'Three'] : ['One']);
		if (posts === 0) {
			expect(result.error).toMatchObject({
				code: outcome,
				published: [{ id: sandbox.state.posts[0].id, status: 'published' }],
				...(outcome !== 'outcome_unknown' && {
					resume: { rest: [{ text: 'Two' }, { text: 'Three' }] },
				}),
			});
			const { resume } = result.error as IDataObject;
			const change = resume ? { parameters: { operation: 'resume', resume }, fresh: true } : {};
			later();
			expect(await resultOf(node, item, change)).toMatchObject({ status: 'published' });
		}
		expect(texts()).toEqual(['One', 'Two', 'Three']);
		const [one, two, three] = sandbox.state.posts;
		expect([two.replyTo, three.replyTo]).toEqual([one.id, two.id]);
		expect([one.media.length, two.media.length, three.media.length]).toEqual([1, 1, 0]);
	});

	it('waits until X shows the part before', async () => {
		const node = xNode(thread(), { credential: connected(sandbox) });
		sandbox.faults.next(
			'publish',
			{ kind: 'none' },
			{ kind: 'parent-not-visible' },
			{ kind: 'parent-not-visible' },
		);
		const result = await resultOf(node, await binaryItem(files));
		expect(result.thread).toHaveLength(3);
		expect(sandbox.state.posts).toHaveLength(3);
	});
});

describe('uploads', () => {
	it('sends a film in chunks of 1 MiB, looks at the state, and keeps every byte', async () => {
		const node = xNode({ text: 'Film', ...media('film') }, { credential: connected(sandbox) });
		await resultOf(node, await binaryItem(files));
		const operations = sandbox.requests.map(({ operation }) => operation);
		expect(operations).toEqual([
			'me',
			'upload.initialize',
			'upload.append',
			'upload.append',
			'upload.append',
			'upload.finalize',
			'upload.status',
			'upload.status',
			'publish',
		]);
		const [{ media: kept }] = sandbox.state.posts;
		expect(kept[0]).toMatchObject({ totalBytes: 2_500_000, state: 'succeeded' });
		expect(kept[0].segments.map(({ length }) => length).sort()).toEqual([
			1_048_576, 1_048_576, 402_848,
		]);
	});

	it.each(['upload.initialize', 'upload.append', 'upload.finalize', 'upload.status'])(
		'repeats %s after a cut, an outage, a limit and an expired token',
		async (operation) => {
			const options = { rateLimitWait: 100 };
			const node = xNode(
				{ text: 'Film', ...media('film'), options },
				{ credential: connected(sandbox) },
			);
			const kinds = ['cut-before', '5xx-after', '429', 'expired-token'];
			sandbox.faults.next(operation, ...kinds.map((kind) => ({ kind })));
			expect(await resultOf(node, await binaryItem(files))).toMatchObject({ status: 'published' });
			expect(sandbox.state.posts[0].media).toMatchObject([
				{ length: 2_500_000, state: 'succeeded' },
			]);
			expect(sandbox.faults.pending()).toEqual([]);
		},
	);

	it.each([
		['upload', 'a', {}],
		['upload.finalize', 'film', { late: true }],
		['upload.initialize', 'film', {}],
	])('reports media that X refuses at %s', async (operation, property, more) => {
		const node = xNode(
			{ text: 'No', ...media(property) },
			{ credential: connected(sandbox), continueOnFail: true },
		);
		sandbox.faults.next(operation, { kind: 'media-refused', ...more });
		const { error } = await resultOf(node, await binaryItem(files));
		expect(error).toMatchObject({ code: 'media_rejected', retryable: false });
		expect(sandbox.state.posts).toEqual([]);
	});

	it('hands a film that takes too long to Resume', async () => {
		const options = { processingWait: 0 };
		const node = xNode(
			{ text: 'Film', ...media('film'), options },
			{ credential: connected(sandbox) },
		);
		const item = await binaryItem(files);
		const waiting = await resultOf(node, item);
		const [upload] = sandbox.state.media;
		expect(waiting).toMatchObject({
			status: 'processing',
			id: upload.id,
			resume: { pending: { waiting: [{ id: upload.id }] } },
		});
		expect(sandbox.state.posts).toEqual([]);
		const parameters = {
			operation: 'resume',
			resume: { ...(waiting.resume as IDataObject), options: {} },
		};
		const done = await resultOf(node, { json: {} }, { parameters, fresh: true });
		expect(done).toMatchObject({ status: 'published', id: sandbox.state.posts[0].id });
		expect(sandbox.state.posts).toMatchObject([{ text: 'Film', media: [{ id: upload.id }] }]);
		expect(sandbox.state.media).toHaveLength(1);
	});
});

describe('what X refuses', () => {
	const failing = async (kind: string, options: IDataObject = {}) => {
		const parameters = { text: 'Hello', options: { rateLimitWait: 0, ...options } };
		const node = xNode(parameters, { credential: connected(sandbox), continueOnFail: true });
		sandbox.faults.next('publish', { kind });
		const { error } = await resultOf(node);
		return error as IDataObject;
	};

	it.each([
		['credits', { code: 'quota_exceeded', rule: 'x.credits', httpStatus: 402 }],
		[
			'spend-cap',
			{ code: 'quota_exceeded', rule: 'x.credits', retryAt: expect.stringMatching(/T00:00:00/) },
		],
		['usage-capped', { code: 'quota_exceeded', rule: 'x.usage-capped', httpStatus: 429 }],
		['duplicate', { code: 'duplicate', rule: 'x.post.duplicate', httpStatus: 403 }],
		['not-enrolled', { code: 'permission_missing', rule: 'x.client-forbidden' }],
		['refused', { code: 'permission_missing', rule: 'x.permission' }],
		['429', { code: 'rate_limited', retryable: true, retryAt: expect.any(String) }],
	])('tells %s', async (kind, expected) => {
		expect(await failing(kind)).toMatchObject(expected);
		expect(sandbox.state.posts).toEqual([]);
	});

	it('tells its rules on replies and quotes', async () => {
		const cold = sandbox.state.addPost({ account: 'stranger', text: 'Hi all' }).id;
		const warm = sandbox.state.addPost({ account: 'stranger', text: 'What do you say @demo' }).id;
		const run = async (options: IDataObject) =>
			await resultOf(
				xNode({ text: 'Hello', options }, { credential: connected(sandbox), continueOnFail: true }),
			);
		expect(await run({ replyTo: cold })).toMatchObject({
			error: {
				code: 'platform_rejected',
				rule: 'x.reply.policy',
				remediation: expect.stringContaining('mentioned'),
			},
		});
		expect(await run({ quote: cold })).toMatchObject({
			error: { code: 'platform_rejected', rule: 'x.quote.policy' },
		});
		expect(await run({ replyTo: '1999' })).toMatchObject({
			error: { code: 'not_found', rule: 'x.reply.target' },
		});
		expect(await run({ replyTo: warm })).toMatchObject({ status: 'published' });
	});

	it('finds the same text of another run a duplicate, not an outcome', async () => {
		const run = async () =>
			await resultOf(
				xNode({ text: 'Once' }, { credential: connected(sandbox), continueOnFail: true }),
			);
		expect(await run()).toMatchObject({ status: 'published' });
		sandbox.clock.advance(60_000);
		expect(await run()).toMatchObject({ error: { code: 'duplicate' } });
		expect(sandbox.state.posts).toHaveLength(1);
	});
});

describe('the connection', () => {
	it('is renewed five minutes before its end, and each refresh token used once', async () => {
		const credential = connected(sandbox);
		credential.oauthTokenData.n8n_expires_at = String(Date.now() + 4 * 60_000);
		const node = xNode({ text: 'Hello' }, { credential });
		expect(await resultOf(node)).toMatchObject({ status: 'published' });
		expect(sandbox.requests.map(({ operation }) => operation)).toEqual(['token', 'me', 'publish']);
		const { oauthTokenData } = node.stored.crosspostXOAuth2Api as unknown as {
			oauthTokenData: Record<string, string>;
		};
		expect(oauthTokenData.access_token).not.toBe(credential.oauthTokenData.access_token);
		expect(oauthTokenData.refresh_token).not.toBe(credential.oauthTokenData.refresh_token);
	});

	it('that is dead says to reconnect, by the name of the credential', async () => {
		const credential = connected(sandbox);
		sandbox.faults.next('me', { kind: 'revoked-token' });
		const node = xNode({ text: 'Hello' }, { credential, continueOnFail: true });
		const { error } = await resultOf(node);
		expect(error).toMatchObject({
			code: 'platform_auth_failed',
			message: expect.stringContaining('invalid_request'),
			remediation: 'Reconnect the credential "My crosspostXOAuth2Api" and run again.',
			retryable: false,
		});
		expect(JSON.stringify(error)).not.toContain(credential.oauthTokenData.refresh_token);
	});

	it('that X cannot renew at the moment may be tried again', async () => {
		const credential = connected(sandbox);
		credential.oauthTokenData.n8n_expires_at = '1';
		sandbox.faults.next('token', { kind: '5xx-before' });
		const node = xNode({ text: 'Hello' }, { credential, continueOnFail: true });
		expect(await resultOf(node)).toMatchObject({
			error: { code: 'platform_unavailable', retryable: true },
		});
	});
});

it('asked X only for what its OpenAPI file knows', () => expectDescribed('x', recorded));
