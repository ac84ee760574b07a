import type { IDataObject } from 'n8n-workflow';
import nock from 'nock';

import { gif, mp4, png } from '../support/mediaFixtures';
import { binaryItem } from '../support/binaries';
import { resultOf, xNode } from './setup';

beforeAll(() => nock.disableNetConnect());
afterAll(() => nock.enableNetConnect());

const film = (options: Parameters<typeof mp4>[0]) => ({
	data: mp4(options),
	fileName: 'film.mp4',
	mimeType: 'video/mp4',
});
const picture = { data: png(40, 30), fileName: 'a.png', mimeType: 'image/png' };
const files = {
	...{ a: picture, b: picture, c: picture, d: picture, e: picture },
	still: { data: gif(1), fileName: 'still.gif', mimeType: 'image/gif' },
	loop: { data: gif(2), fileName: 'loop.gif', mimeType: 'image/gif' },
	film: film({ width: 1280, height: 720, seconds: 140 }),
	short: film({ width: 1280, height: 720, seconds: 0.4 }),
	long: film({ width: 1280, height: 720, seconds: 141 }),
	wide: film({ width: 400, height: 100, seconds: 5 }),
	large: film({ width: 1920, height: 1080, seconds: 5 }),
	tiny: film({ width: 60, height: 30, seconds: 5 }),
	smooth: film({ width: 1280, height: 720, seconds: 5, framesPerSecond: 60.4 }),
	fast: film({ width: 1280, height: 720, seconds: 5, framesPerSecond: 61 }),
	tall: film({ width: 720, height: 1280, seconds: 5 }),
};

/** Returns the rules of all problems, and those of the warnings. */
async function validated(parameters: IDataObject) {
	const node = xNode({ operation: 'validate', ...parameters });
	const { valid, problems, warnings } = (await resultOf(node, await binaryItem(files))) as {
		valid: boolean;
		problems: Array<{ rule: string }>;
		warnings: string[];
	};
	expect(valid).toBe(problems.length === 0);
	const rules = problems.map(({ rule }) => rule);
	return [...rules, ...warnings.map((warning) => warning.replace(/^.*\[(.*)\]$/, 'warns $1'))];
}

const options = (given: IDataObject) => ({ text: 'Hello', options: given });
const media = (binaryProperty: string, more: IDataObject = {}) => ({
	text: 'Hello',
	media: { medium: [{ source: 'binary', binaryProperty, altText: '', ...more }] },
});

describe('texts', () => {
	it.each<[string, IDataObject, string[]]>([
		['280 units', { text: 'a'.repeat(280) }, []],
		['281 units', { text: 'a'.repeat(281) }, ['x.text.length']],
		['140 of two units', { text: '字'.repeat(140) }, []],
		['141 of two units', { text: '字'.repeat(141) }, ['x.text.length']],
		['emoji of one family', { text: '👨‍👩‍👧‍👦'.repeat(140) }, []],
		['25,000 with Premium', { text: 'a'.repeat(25_000), options: { premium: true } }, []],
		[
			'25,001 with Premium',
			{ text: 'a'.repeat(25_001), options: { premium: true } },
			['x.text.length'],
		],
		[
			'a link, which counts 23',
			{ text: `${'a'.repeat(256)} https://example.com/${'b'.repeat(200)}` },
			['warns x.link.price'],
		],
		[
			'a link that is added',
			{ text: 'a'.repeat(260), link: 'https://example.com' },
			['x.text.length', 'warns x.link.price'],
		],
		['nothing', { text: '' }, ['x.text.empty']],
		['one cashtag', { text: '$ABC rises' }, []],
		['two cashtags', { text: '$ABC and $DEF rise' }, ['x.cashtag.count']],
	])('%s', async (_name, parameters, expected) => {
		expect(await validated(parameters)).toEqual(expected);
	});
});

describe('media', () => {
	it.each<[string, IDataObject, string[]]>([
		['without a text', { ...media('a'), text: '' }, []],
		['four images', media('a,b,c,still'), []],
		['five images', media('a,b,c,d,e'), ['x.media.count']],
		['a moving GIF', media('loop'), []],
		['a moving GIF beside an image', media('a,loop'), ['x.media.mixed']],
		['a film beside an image', media('a,film'), ['x.media.mixed']],
		['1000 letters of alt text', media('a', { altText: 'a'.repeat(1000) }), []],
		['1001 letters of alt text', media('a', { altText: 'a'.repeat(1001) }), ['x.alt.length']],
		['alt text of a film', media('film', { altText: 'A film' }), ['warns x.alt.unsupported']],
		['a film of 140 s', media('film'), []],
		['a film of 0.4 s', media('short'), ['x.media.duration']],
		['a film of 141 s', media('long'), ['x.media.duration']],
		['a film of 141 s with Premium', { ...media('long'), options: { premium: true } }, []],
		['a film of 4:1', media('wide'), ['x.media.ratio']],
		['a film on its side', media('tall'), []],
		['a film of few pixels', media('tiny'), ['x.media.pixels']],
		['a film of 60 frames a second', media('smooth'), []],
		['a film of 61 frames a second', media('fast'), ['x.media.frameRate']],
		['a film of many pixels', media('large'), ['warns x.media.pixels']],
	])('%s', async (_name, parameters, expected) => {
		expect(await validated(parameters)).toEqual(expected);
	});
});

describe('options', () => {
	const replyTo = 'https://x.com/alice/status/1146654567674912769';

	it.each<[string, IDataObject, string[]]>([
		['a poll', options({ pollOptions: 'Yes\n\nNo' }), []],
		['one answer', options({ pollOptions: 'Yes' }), ['x.poll.options']],
		['five answers', options({ pollOptions: 'a\nb\nc\nd\ne' }), ['x.poll.options']],
		['25 letters', options({ pollOptions: `${'ü'.repeat(25)}\nNo` }), []],
		['26 letters', options({ pollOptions: `${'ü'.repeat(26)}\nNo` }), ['x.poll.option.length']],
		['4 minutes', options({ pollOptions: 'a\nb', pollDuration: 4 }), ['x.poll.duration']],
		['7 days', options({ pollOptions: 'a\nb', pollDuration: 10_080 }), []],
		['half a minute', options({ pollOptions: 'a\nb', pollDuration: 5.5 }), ['x.poll.duration']],
		[
			'a poll and an image',
			{ ...media('a'), options: { pollOptions: 'a\nb' } },
			['x.post.exclusive'],
		],
		['a poll and a quote', options({ pollOptions: 'a\nb', quote: '1' }), ['x.post.exclusive']],
		['an image and a quote', { ...media('a'), options: { quote: '1' } }, ['x.post.exclusive']],
		['posts by URL and ID', options({ replyTo, quote: '1146654567674912769' }), []],
		[
			'no posts',
			options({ replyTo: 'alice', quote: 'https://x.com/alice' }),
			['x.reply.address', 'x.quote.address'],
		],
		['a community', options({ community: 'https://x.com/i/communities/17' }), []],
		['no community', options({ community: 'Cats' }), ['x.community.address']],
		['followers alone', options({ shareWithFollowers: true }), ['x.community.missing']],
		[
			'options, for the first post of a thread alone',
			{ ...options({ pollOptions: 'a' }), thread: { post: [{ text: 'Two' }] } },
			['x.poll.options'],
		],
	])('%s', async (_name, parameters, expected) => {
		expect(await validated(parameters)).toEqual(expected);
	});
});
