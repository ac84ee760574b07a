import type { IDataObject, INodeExecutionData } from 'n8n-workflow';

import { binaryItem } from '../../support/binaries';
import { connected, resultOf, xNode } from '../../X/setup';
import { asDescribed, FAULTS, files, media, outcomeOf, sandbox } from './xSetup';

// Waits are recorded, but take no time.
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
		// n8n runs the node again: there is still one post after any first result.
		const again = await resultOf(node, item);
		expect(again).toMatchObject({ id: made()[0].id });
		expect(made()).toHaveLength(1);
	});
});

describe('a post that only its community sees', () => {
	it.each(FAULTS)('with fault %s is never made twice', async (kind, outcome, posts) => {
		const options = { rateLimitWait: 0, community: { mode: 'id', value: COMMUNITY } };
		const node = xNode(
			{ text: 'For us', options },
			{ credential: connected(sandbox), continueOnFail: true },
		);
		sandbox.faults.next('publish', { kind });
		const isOpen = kind.endsWith('before') || kind.endsWith('after');
		const result = await resultOf(node);
		expect([outcomeOf(result), sandbox.state.posts.length]).toEqual([
			isOpen ? 'outcome_unknown' : outcome,
			posts,
		]);
		const again = await resultOf(node);
		expect(outcomeOf(again)).toBe(isOpen ? 'outcome_unknown' : 'published');
		expect(sandbox.state.posts).toHaveLength(isOpen ? posts : 1);
	});

	it.each([true, false])(
		'nor is an answer to it, shared or not: %s',
		async (shareWithFollowers) => {
			const community = { mode: 'id', value: COMMUNITY };
			const node = xNode(
				{
					text: 'One',
					thread: { post: [{ text: 'Two' }] },
					options: { community, shareWithFollowers },
				},
				{ credential: connected(sandbox), continueOnFail: true },
			);
			sandbox.faults.next('publish', { kind: 'none' }, { kind: 'cut-after' });
			for (const _run of [1, 2]) {
				expect(outcomeOf(await resultOf(node))).toBe('outcome_unknown');
				expect(sandbox.state.posts.map(({ text }) => text)).toEqual(['One', 'Two']);
			}
		},
	);
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

it('asked X only for what its OpenAPI file knows', asDescribed);
