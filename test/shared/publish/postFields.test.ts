import type { IDataObject, INodeProperties, INodePropertyCollection } from 'n8n-workflow';

import { posted } from './reader';
import type { Limits } from '@/nodes/shared/contract/limits';
import { allOptionsOf, optionsOf } from '@/nodes/shared/editor/describe';
import { samplePlatform } from '@/test/support/platform';

const bare: Limits = { text: { max: 500, unit: 'codePoints' }, media: {} };
const full: Limits = {
	...bare,
	title: { of: 'the post', max: 10, unit: 'codePoints', required: true },
	schedule: { ahead: { min: 10, max: 1440 }, note: 'Not for stories.' },
	poll: {
		answers: { min: 2, max: 4 },
		answer: { max: 5, unit: 'utf16' },
		question: { max: 8, unit: 'utf16' },
		minutes: { min: 5, max: 10_080 },
		...{ multiple: true, hideTotals: true },
	},
	firstComment: { max: 20, unit: 'codePoints' },
};
const withLimits = (change: Partial<Limits> = {}) =>
	samplePlatform({ limits: { ...full, ...change } });

const ahead = (minutes: number) => new Date(Date.now() + minutes * 60_000).toISOString();
const poll = (answers: unknown, more: IDataObject = {}): IDataObject => ({
	poll: { poll: { question: 'Tea?', answers, ...more } } as IDataObject,
});
const withOptions = async (options: IDataObject, change: Partial<Limits> = {}, text = 'Hello') =>
	await posted(withLimits(change), { text, options });

describe('in the editor', () => {
	const words = (limits: Limits) =>
		Object.fromEntries(
			optionsOf(samplePlatform({ limits })).map(({ displayName, description }) => [
				displayName,
				description,
			]),
		);

	it('a platform has those that its limits name, with their figures', () => {
		expect(words(full)).toMatchObject({
			Title: 'Title of the post, up to 10 characters. The first line of the text if none is given.',
			'Schedule For':
				'When the platform publishes the post, 10 minutes to 1 day ahead. Not for stories.',
			Poll: 'Poll with 2 to 4 answers of up to 5 characters. In a thread the first post has it.',
			'First Comment': 'Comment to add under the post once it is out, up to 20 characters',
		});
		const all = Object.keys(words(bare));
		expect(all).toEqual(expect.not.arrayContaining(['Title', 'Schedule For', 'Poll']));
		expect(all).not.toContain('First Comment');
	});

	const partsOf = (change: Partial<NonNullable<Limits['poll']>>) => {
		const limits = { ...full, poll: { ...full.poll!, ...change } };
		const found = optionsOf(samplePlatform({ limits })).find(({ name }) => name === 'poll');
		const [{ values }] = found?.options as INodePropertyCollection[];
		return values.map(({ displayName, type, description }) => [displayName, type, description]);
	};

	it('a poll has the parts that the platform knows', () => {
		const answers = ['Answers', 'string', 'One answer per line, 2 to 4 of up to 5 characters'];
		expect(partsOf({}).map(([name]) => name)).toEqual([
			...['Answers', 'Duration (Minutes)', 'Hide Results', 'Multiple Choice', 'Question'],
		]);
		expect(
			partsOf({
				minutes: undefined,
				multiple: undefined,
				hideTotals: undefined,
				question: undefined,
			}),
		).toEqual([answers]);
		const [, duration] = partsOf({ minutes: [60, 1440, 4320] });
		expect(duration).toEqual(['Duration', 'options', 'How long people may vote']);
	});
});

describe('a post has', () => {
	it('what was given, as the platform needs it', async () => {
		const { sent, rules } = await withOptions({
			title: ' A title ',
			scheduledAt: '2100-01-01T00:00:00+02:00',
			firstComment: ' First ',
			...poll('Yes\n\n No ', { minutes: 60, multiple: true, hideTotals: true }),
		});
		expect(rules).toEqual(['schedule.window']);
		expect(sent).toEqual([]);
		const { sent: later } = await withOptions(
			{ title: ' A title ', scheduledAt: '2100-01-01T00:00:00+02:00', firstComment: ' First ' },
			{ schedule: { ahead: { min: 10 } } },
		);
		expect(later).toMatchObject([
			{
				title: 'A title',
				scheduledAt: Date.UTC(2099, 11, 31, 22),
				firstComment: 'First',
				options: {},
			},
		]);
		const asked = await withOptions(poll('Yes\n\n No ', { minutes: 60, hideTotals: true }));
		expect(asked.sent).toMatchObject([
			{ poll: { question: 'Tea?', answers: ['Yes', 'No'], minutes: 60, hideTotals: true } },
		]);
	});

	it('none of these where nothing was given, or the platform lacks it', async () => {
		const given = { title: '  ', firstComment: '', scheduledAt: '', poll: {} };
		const { sent } = await withOptions(given, { title: undefined });
		expect(sent).toEqual([{ text: 'Hello', media: [], options: {} }]);
		const lacking = await posted(samplePlatform(), { text: 'Hello', options: poll('a\nb') });
		expect(lacking.sent).toEqual([{ text: 'Hello', media: [], options: {} }]);
	});

	it('the first line of its text for a title, where it must have one', async () => {
		expect((await withOptions({}, {}, 'One\nTwo')).sent).toMatchObject([{ title: 'One' }]);
		const long = await withOptions({}, {}, 'One more word\nTwo');
		expect(long.rules).toEqual(['title.length']);
		const nothing = await withOptions({}, { textOptional: true }, '');
		expect(nothing.rules).toContain('title.missing');
	});

	it('them in the first part of a thread only', async () => {
		const thread = { post: [{ text: 'Two' }] };
		const options = { firstComment: 'First', ...poll('a\nb') };
		const { sent } = await posted(withLimits(), { text: 'One', thread, options });
		expect(sent).toMatchObject([
			{ title: 'One', firstComment: 'First', poll: {} },
			{ text: 'Two' },
		]);
		expect(Object.keys(sent[1])).toEqual(
			expect.not.arrayContaining(['title', 'poll', 'firstComment']),
		);
		const split = await posted(withLimits({ text: { max: 20, unit: 'codePoints' } }), {
			text: 'One\n\nand more words than fit into a single post',
			options: { ...options, longText: 'thread' },
		});
		expect(split.sent.map(({ poll: one, title }) => [title, one !== undefined])).toEqual([
			['One', true],
			...split.sent.slice(1).map(() => [undefined, false]),
		]);
		expect(split.sent.length).toBeGreaterThan(1);
	});
});

describe('what does not fit is refused', () => {
	it.each<[string, IDataObject, string[], Partial<Limits>?]>([
		['a long title', { title: 'a'.repeat(11) }, ['title.length']],
		['a long comment', { firstComment: 'a'.repeat(21) }, ['comment.length']],
		['one answer', poll('a'), ['poll.count']],
		['five answers', poll('a\nb\nc\nd\ne'), ['poll.count']],
		['no answer', { poll: { poll: { question: 'Tea?' } } }, ['poll.count']],
		['equal answers', poll('a\n a '), ['poll.duplicate']],
		['a long answer', poll('a\n123456'), ['poll.length']],
		['no question', poll('a\nb', { question: '' }), ['poll.question']],
		['a long question', poll('a\nb', { question: '123456789' }), ['poll.question']],
		['a short poll', poll('a\nb', { minutes: 4 }), ['poll.duration']],
		['no time', { scheduledAt: 'tomorrow' }, ['schedule.time']],
		['a near time', { scheduledAt: ahead(9) }, ['schedule.window']],
		['a far time', { scheduledAt: ahead(1450) }, ['schedule.window']],
		['a past time', { scheduledAt: ahead(-9) }, ['schedule.window']],
		['a time chosen by nothing', { scheduledAt: '={{ undefined }}' }, ['scheduledAt.empty']],
		[
			'a near time',
			{ scheduledAt: ahead(9) },
			['schedule.soon'],
			{ schedule: { ahead: { min: 10 } } },
		],
	])('%s', async (_what, options, rules, change = {}) => {
		expect((await withOptions(options, change)).rules).toEqual(rules);
	});

	it('another time than those to choose from', async () => {
		const few = { poll: { ...full.poll!, minutes: [60, 4320] } };
		// The field itself accepts no other value; without it the default time applies.
		const { rules } = await withOptions(poll('a\nb', { minutes: 90 }), few);
		expect(rules).toEqual(['minutes.type', 'poll.duration']);
		expect((await withOptions(poll('a\nb', { minutes: 4320 }), few)).rules).toEqual([]);
	});

	it('a thread that is scheduled', async () => {
		const { rules } = await posted(withLimits(), {
			text: 'One',
			thread: { post: [{ text: 'Two' }] },
			options: { scheduledAt: ahead(60) },
		});
		expect(rules).toEqual(['schedule.thread']);
	});
});

it('a warning comes where a figure is not sure, and where a time that is over means at once', async () => {
	const unsure = { firstComment: { max: 5, unit: 'utf16', unsure: true } } as const;
	const { rules, warnings } = await withOptions({ firstComment: '123456' }, unsure);
	expect(rules).toEqual([]);
	expect(warnings).toEqual([expect.stringMatching(/said to take 5 \[sample.comment.length\]$/)]);
	const past = { schedule: { ahead: { min: 10 }, pastIsNow: true } } as const;
	const late = await withOptions({ scheduledAt: ahead(-60) }, past);
	expect(late.warnings).toEqual([expect.stringMatching(/at once \[sample.schedule.past\]$/)]);
});

it('media of other kinds show no title, which a warning tells', async () => {
	const { warnings } = await withOptions(
		{ title: 'A' },
		{
			title: { of: 'a video', kinds: ['video'], max: 10, unit: 'utf16' },
		},
	);
	expect(warnings).toEqual([
		'On Sample only a video has a title: it is left out [sample.title.dropped]',
	]);
});

it('former options are shown and read in the nodes that have them', async () => {
	const old: INodeProperties = {
		displayName: 'Heading',
		name: 'heading',
		type: 'string',
		default: '',
	};
	const platform = samplePlatform({
		limits: full,
		former: [
			{
				...{ until: 1.1, options: [old], replacedBy: ['title'] },
				read: ({ heading = 'as ever' }) => ({ title: heading }),
			},
		],
	});
	const names = (version: number) => optionsOf(platform, version).map(({ name }) => name);
	expect(names(1)).toContain('heading');
	expect(names(1)).not.toContain('title');
	expect(names(1.1)).toContain('title');
	expect(names(1.1)).not.toContain('heading');
	expect(allOptionsOf(platform).map(({ name }) => name)).toEqual(
		expect.arrayContaining(['heading', 'title']),
	);
	const of = async (typeVersion: number, options: IDataObject) =>
		(await posted(platform, { text: 'Hello', options }, undefined, { typeVersion })).sent;
	expect(await of(1, { heading: 'Old' })).toMatchObject([{ title: 'Old', options: {} }]);
	expect(await of(1, {})).toMatchObject([{ title: 'as ever' }]);
	expect(await of(1, { title: 'New' })).toMatchObject([{ title: 'as ever' }]);
	expect(await of(1.1, { title: 'New' })).toMatchObject([{ title: 'New' }]);
	// n8n drops parameters that this version of the node does not have.
	expect(await of(1.1, { heading: 'Old' })).toMatchObject([{ title: 'Hello' }]);
});
