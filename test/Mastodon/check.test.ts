import type { IDataObject } from 'n8n-workflow';

import { conversation } from '../support/conversation';
import { gif, mp4, png } from '../support/mediaFixtures';
import { binaryItem } from '../support/binaries';
import { HOST, INSTANCE, mastodonNode, outcome, WHOAMI } from './setup';

const item = () =>
	binaryItem({
		one: { data: png(8, 6), fileName: 'one.png', mimeType: '' },
		two: { data: gif(2), fileName: 'two.gif', mimeType: '' },
		film: { data: mp4(), fileName: 'film.mp4', mimeType: '' },
		fast: { data: mp4({ framesPerSecond: 121 }), fileName: 'fast.mp4', mimeType: '' },
	});

const media = (names: string[], more: IDataObject = {}) => ({
	medium: names.map((name) => ({ source: 'binary', binaryProperty: name, ...more })),
});

const validated = async (parameters: IDataObject, instance: object = INSTANCE) => {
	conversation(HOST, [['GET', '/api/v2/instance', 200, instance]]);
	const [json] = await outcome(mastodonNode({ operation: 'validate', ...parameters }), [
		await item(),
	]);
	return json as { valid: boolean; problems: IDataObject[]; warnings: string[] };
};

const poll = (answers: string[], more: IDataObject = {}) => ({
	poll: { poll: { answers: answers.join('\n'), ...more } },
});
const minutesAhead = (minutes: number) => new Date(Date.now() + minutes * 60_000).toISOString();
const long = 'a'.repeat(51);

describe('Validate', () => {
	it.each<[string, IDataObject, IDataObject]>([
		[
			'a poll of one answer',
			{ options: poll(['a']) },
			{ rule: 'poll.count', limit: '2 to 4', actual: 1 },
		],
		[
			'too many answers',
			{ options: poll(['a', 'b', 'c', 'd', 'e']) },
			{ rule: 'poll.count', limit: '2 to 4', actual: 5 },
		],
		['answers alike', { options: poll(['a', 'b', ' a ']) }, { rule: 'poll.duplicate' }],
		[
			'a long answer',
			{ options: poll(['b', long]) },
			{ rule: 'poll.length', limit: 50, actual: 51 },
		],
		[
			'a short poll',
			{ options: poll(['a', 'b'], { minutes: 4 }) },
			{ rule: 'poll.duration', limit: '5 to 43829', actual: 4 },
		],
		[
			'a long poll',
			{ options: poll(['a', 'b'], { minutes: 43_830 }) },
			{ rule: 'poll.duration', limit: '5 to 43829', actual: 43_830 },
		],
		[
			'a quote with media',
			{ media: media(['one']), options: { quote: '7' } },
			{ rule: 'quote.together' },
		],
		[
			'a quote with a poll',
			{ options: { quote: '7', ...poll(['a', 'b']) } },
			{ rule: 'quote.together' },
		],
		[
			'no time',
			{ options: { scheduledAt: 'tomorrow' } },
			{ rule: 'schedule.time', actual: 'tomorrow' },
		],
		[
			'a near time',
			{ options: { scheduledAt: minutesAhead(4) } },
			{ rule: 'schedule.soon', limit: '5 minutes' },
		],
		[
			'a focus outside',
			{ media: media(['one'], { focus: '0,1.1' }) },
			{ rule: 'media.focus', actual: '0,1.1' },
		],
		[
			'half a focus',
			{ media: media(['one'], { focus: '0' }) },
			{ rule: 'media.focus', actual: '0' },
		],
		[
			'too many frames a second',
			{ media: media(['fast']) },
			{ rule: 'media.frameRate', limit: 120, actual: 121 },
		],
		['media of two kinds', { media: media(['one', 'film']) }, { rule: 'media.mixed' }],
		[
			'two animations',
			{ media: media(['two', 'two']) },
			{ rule: 'media.count', limit: 1, actual: 2 },
		],
		[
			'too many images',
			{ media: media(['one', 'one', 'one', 'one', 'one']) },
			{ rule: 'media.count', limit: 4 },
		],
	])('names %s', async (_what, parameters, { rule, ...figures }) => {
		const { valid, problems } = await validated({ text: 'Hello', ...parameters });
		expect(valid).toBe(false);
		expect(problems).toMatchObject([
			{ rule: `mastodon.${String(rule)}`, message: expect.any(String), ...figures },
		]);
	});

	it('goes by the frame rate that the server names', async () => {
		const { configuration } = INSTANCE;
		const media_attachments = { ...configuration.media_attachments, video_frame_rate_limit: 25 };
		const slow = { ...INSTANCE, configuration: { ...configuration, media_attachments } };
		const { problems } = await validated({ text: 'Hello', media: media(['film']) }, slow);
		expect(problems).toMatchObject([{ rule: 'mastodon.media.frameRate', limit: 25, actual: 30 }]);
	});

	it('names all problems at once and sends nothing', async () => {
		const options = {
			...poll(['a']),
			contentWarning: 'w'.repeat(100),
			scheduledAt: minutesAhead(1),
		};
		const { problems } = await validated({ text: 'a'.repeat(401), options });
		expect(problems.map(({ rule, limit, actual }) => [rule, limit, actual])).toEqual([
			['mastodon.text.length', 400, 401],
			['mastodon.poll.count', '2 to 4', 1],
			['mastodon.schedule.soon', '5 minutes', expect.any(String)],
		]);
	});

	it('warns of what the server would leave out or do otherwise', async () => {
		const { version: _version, api_versions: _versions, ...older } = INSTANCE;
		const options = {
			quotePolicy: 'nobody',
			scheduledAt: '2020-01-01T00:00:00Z',
			cover: 'https://example.com/a.png',
		};
		const { valid, warnings } = await validated({ text: 'Hello', options }, older);
		expect(valid).toBe(true);
		expect(warnings).toEqual([
			expect.stringMatching(/goes out at once \[mastodon.schedule.past\]$/),
			'This server does not know who may quote [mastodon.quote.policy]',
			expect.stringMatching(/left out \[mastodon.media.cover\]$/),
		]);
	});

	it('looks at poll and time in the first part of a thread only', async () => {
		const options = { ...poll(['a', 'b']), scheduledAt: minutesAhead(60) };
		const thread = { post: [{ text: 'Two', media: media(['one']) }] };
		const { problems } = await validated({ text: 'One', thread, options });
		expect(problems).toMatchObject([{ rule: 'mastodon.schedule.thread', actual: 2 }]);
	});
});

describe('an instance of its own kind', () => {
	const its = (change: IDataObject) => ({ ...INSTANCE, ...change });

	it.each([
		['4.6.9', 1],
		['4.7.0+glitch', 0],
		['5.0.0', 0],
	])('of version %s has %i objections to a poll with media', async (version, count) => {
		const post = { text: 'Hello', media: media(['one']), options: poll(['a', 'b']) };
		expect((await validated(post, its({ version }))).problems).toHaveLength(count);
	});

	it('states its limits', async () => {
		const configuration = {
			statuses: { max_characters: 9, max_media_attachments: 1, characters_reserved_per_url: 5 },
			media_attachments: {
				supported_mime_types: ['image/png'],
				image_size_limit: 10,
				description_limit: 3,
			},
		};
		const post = {
			text: 'https://example.com/abcdef 789',
			media: media(['one', 'two'], { altText: 'four' }),
		};
		const { problems } = await validated(post, its({ configuration }));
		expect(problems.map(({ rule, limit, actual }) => [rule, limit, actual])).toEqual([
			['mastodon.media.size', 10, png(8, 6).length],
			['mastodon.alt.length', 3, 4],
			['mastodon.media.type', 'image/png', 'image/gif'],
		]);
	});

	it.each<[string, IDataObject]>([
		[
			'nonsense',
			{ configuration: { statuses: { max_characters: 'many' }, polls: { max_options: 0 } } },
		],
		['nothing', { configuration: undefined, version: undefined, api_versions: undefined }],
	])('that states %s is taken for a usual one', async (_what, change) => {
		expect(await validated({ text: 'a'.repeat(500) }, its(change))).toMatchObject({ valid: true });
		expect(await validated({ text: 'a'.repeat(501) }, its(change))).toMatchObject({ valid: false });
	});

	it('that states nothing at all is taken for a usual one', async () => {
		conversation(HOST, [
			['GET', '/api/v2/instance', 404, ''],
			['GET', '/api/v1/instance', 404, ''],
		]);
		const [json] = await outcome(mastodonNode({ operation: 'validate', text: 'a'.repeat(501) }));
		expect(json.problems).toMatchObject([{ limit: 500, actual: 501 }]);
	});
});

it('shows what a user typed for an instance as the host of the handle', async () => {
	conversation(HOST, [WHOAMI]);
	const node = mastodonNode(
		{ resource: 'account', operation: 'get' },
		{ instanceUrl: '@alice@social.example' },
	);
	expect(await outcome(node)).toMatchObject([
		{ account: { id: '1', name: 'alice@social.example' } },
	]);
});
