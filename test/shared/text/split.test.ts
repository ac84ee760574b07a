import { extractEntitiesWithIndices, parseTweet } from 'twitter-text';

import { detectFacets } from '../../../nodes/Bluesky/facets';
import type { TextRule } from '../../../nodes/shared/contract/textRule';
import { excess, split } from '../../../nodes/shared/text';
import { growthOf, PROPORTIONAL } from '../../support/growth';
import { generate, HASHTAGS, LINKS, MENTIONS, random, WORDS } from './generate';

const RULES: Record<string, TextRule> = {
	Bluesky: { max: 300, unit: 'graphemes', maxBytes: 3000 },
	Mastodon: { max: 500, unit: 'graphemes', urlLength: 23, mentionWithoutHost: true },
	X: { max: 280, unit: 'weighted' },
	Threads: { max: 500, unit: 'emojiBytes', maxLinks: 5 },
	Discord: { max: 2000, unit: 'codePoints' },
	TikTok: { max: 90, unit: 'utf16' },
	YouTube: { max: 400, unit: 'bytes' },
};
const SMALL: TextRule = { max: 40, unit: 'graphemes' };

async function partsOf(text: string, rule: TextRule, numbering?: boolean): Promise<string[]> {
	const result = await split(text, rule, { numbering });
	if ('unbreakable' in result) throw new Error(`Unbreakable: ${result.unbreakable}`);
	return result.parts;
}

const withoutNumber = (part: string) => part.replace(/ \(\d+\/\d+\)$/, '');
const withoutSpace = (text: string) => text.replace(/\s/gu, '');

describe('where it cuts', () => {
	test.each<[string, string, string[]]>([
		['a text that fits', ' Fits as it is.\n', [' Fits as it is.\n']],
		['a text that fits without its margins', `\n\n${'a'.repeat(40)}\n`, ['a'.repeat(40)]],
		['nothing', '', ['']],
		[
			'paragraphs',
			'One sentence here.\n\nAnother one. And one more, longer.',
			['One sentence here.', 'Another one. And one more, longer.'],
		],
		[
			'lines',
			'First line of two\nthe second line is longer',
			['First line of two', 'the second line is longer'],
		],
		[
			'sentences',
			'One sentence here. Another one! And what is this?',
			['One sentence here. Another one!', 'And what is this?'],
		],
		[
			'words',
			'this has no sentence but a great many words in it',
			['this has no sentence but a great many', 'words in it'],
		],
		[
			'not at abbreviations',
			'We asked our good friend Dr. Miller about the 3. Mai',
			['We asked our good friend Dr. Miller', 'about the 3. Mai'],
		],
		[
			'a short first paragraph does not stand alone',
			'Title\n\nText that has more words than fit into one part.',
			['Title\n\nText that has more words than fit', 'into one part.'],
		],
		[
			'no-break spaces hold',
			'It has cost us quite a lot more than 10\u00a0000\u00a0€ so far',
			['It has cost us quite a lot more than', '10\u00a0000\u00a0€ so far'],
		],
		[
			'Japanese sentences',
			'日本語の文章をここに書きます。これは二番目の文章です。そして、三番目の文章もあります。',
			[
				'日本語の文章をここに書きます。これは二番目の文章です。',
				'そして、三番目の文章もあります。',
			],
		],
		[
			'a word that is too long by itself',
			`Word ${'a'.repeat(50)} end`,
			['Word', 'a'.repeat(40), `${'a'.repeat(10)} end`],
		],
		[
			'a label of a link with spaces',
			'Some words come first [a label of words](https://a.de) and then',
			['Some words come first', '[a label of words](https://a.de) and', 'then'],
		],
		[
			'a mention in markup with spaces',
			'These are some words by @[Some Name Inc](urn:li:organization:1)',
			['These are some words by', '@[Some Name Inc](urn:li:organization:1)'],
		],
	])('%s', async (_, text, expected) => {
		expect(await partsOf(text, SMALL, false)).toEqual(expected);
	});

	test('emoji without spaces, between graphemes', async () => {
		const text = '👨‍👩‍👧‍👦'.repeat(50) + '🇩🇪'.repeat(40);
		const parts = await partsOf(text, SMALL, false);
		expect(parts.map((part) => [part.startsWith('👨'), part.length])).toEqual([
			[true, 40 * 11],
			[true, 10 * 11 + 30 * 4],
			[false, 10 * 4],
		]);
		expect(parts.join('')).toBe(text);
	});
});

describe('numbering', () => {
	test('is on by default and counted', async () => {
		expect(await split('aaaa bbbb cccc dddd eeee ffff', { max: 20, unit: 'graphemes' })).toEqual({
			parts: ['aaaa bbbb cccc (1/2)', 'dddd eeee ffff (2/2)'],
		});
	});

	test('of ten parts and more', async () => {
		const parts = await partsOf('aaaa bbbb '.repeat(15), { max: 17, unit: 'graphemes' });
		expect([parts.length, parts[0], parts[8], parts[14]]).toEqual([
			15,
			'aaaa bbbb (1/15)',
			'aaaa bbbb (9/15)',
			'aaaa bbbb (15/15)',
		]);
	});

	test('nine parts have short numbers, though ten would not fit', async () => {
		const rule: TextRule = { max: 10, unit: 'graphemes' };
		expect((await partsOf('aaaa '.repeat(9), rule)).at(-1)).toBe('aaaa (9/9)');
		expect((await partsOf('aa '.repeat(10), rule))[0]).toBe('aa (1/10)');
		expect((await partsOf('aaa '.repeat(10), { ...rule, max: 11 }))[9]).toBe('aaa (10/10)');
	});
});

describe('what cannot be cut', () => {
	const link = `https://example.com/${'a'.repeat(600)}`;
	test.each([
		['a link', link, 'Bluesky', link],
		['the second of two links', `http://a.de ${link} b`, 'Threads', link],
		['a link without scheme', `some words ${link.slice(8)}`, 'Bluesky', link.slice(8)],
		['a hashtag', `A #${'ö'.repeat(300)}`, 'Bluesky', `#${'ö'.repeat(300)}`],
		['a grapheme', `e${'\u0301'.repeat(3000)} b`, 'Bluesky', `e${'\u0301'.repeat(3000)}`],
	])('%s', async (_, text, platform, unbreakable) => {
		expect(await split(text, RULES[platform])).toEqual({ unbreakable });
	});

	test('but what counts less may be longer', async () => {
		const text = `${'word '.repeat(100)}${link} ${link}`;
		expect(await partsOf(text, RULES.Mastodon)).toHaveLength(2);
		expect(await partsOf(text, RULES.X)).toHaveLength(2);
	});

	test('a limit smaller than the number', async () => {
		expect(await split('aa bb cc', { max: 5, unit: 'graphemes' })).toEqual({ unbreakable: 'a' });
	});
});

describe.each(Object.entries(RULES))('any text for %s', (_, rule) => {
	const seeds = Array.from({ length: 5 }, (_, i) => i + 1);

	test('parts fit, and together are the text', async () => {
		for (const seed of seeds) {
			const text = generate(seed, 3000);
			const parts = await partsOf(text, rule);
			expect(parts.length).toBeGreaterThan(1);
			expect((await Promise.all(parts.map((part) => excess(part, rule)))).flat()).toEqual([]);
			expect(withoutSpace(parts.map(withoutNumber).join(' '))).toBe(withoutSpace(text));
			expect(parts.map((part) => part.match(/\((\d+\/\d+)\)$/)?.[1])).toEqual(
				parts.map((_, i) => `${i + 1}/${parts.length}`),
			);
		}
	});

	test('no grapheme is cut', async () => {
		const segmenter = new Intl.Segmenter('en', { granularity: 'grapheme' });
		for (const seed of seeds) {
			const text = withoutSpace(generate(seed, 2000, [WORDS]));
			const boundaries = new Set(Array.from(segmenter.segment(text), ({ index }) => index));
			const parts = await partsOf(text, rule, false);
			expect(parts.join('')).toBe(text);
			let at = 0;
			for (const part of parts) {
				expect(boundaries.has(at)).toBe(true);
				at += part.length;
			}
		}
	});

	test('no link, mention or hashtag is cut', async () => {
		const whole = new Set([...LINKS, ...MENTIONS, ...HASHTAGS]);
		for (const seed of seeds) {
			const text = scattered(seed, whole, 2500);
			const parts = await partsOf(text, rule);
			const found = parts.flatMap((part) => part.split(/\s+/)).filter((word) => whole.has(word));
			expect(found).toEqual(text.split(/\s+/).filter((word) => whole.has(word)));
		}
	});
});

describe('the vendors find the same before and after', () => {
	test('X', async () => {
		for (let seed = 1; seed <= 5; seed++) {
			const text = generate(seed, 3000);
			const parts = await partsOf(text, RULES.X);
			expect(parts.flatMap(entitiesOnX)).toEqual(entitiesOnX(text));
			expect(parts.every((part) => parseTweet(part).valid)).toBe(true);
		}
	});

	test('Bluesky', async () => {
		for (let seed = 1; seed <= 5; seed++) {
			const text = generate(seed, 3000);
			const parts = await partsOf(text, RULES.Bluesky);
			const after = await Promise.all(parts.map(facetsOf));
			expect(after.flat()).toEqual(await facetsOf(text));
		}
	});
});

describe('long texts take time in proportion', () => {
	const KB6 = 6_000;
	const repeated = (unit: string, times: number) => (size: number) => unit.repeat(times * size);
	test.each([
		['prose', repeated('Lorem ipsum dolor sit amet. ', KB6 / 28)],
		['links', repeated('Siehe https://example.com/a/b?c=d und @foo #bar. ', KB6 / 49)],
		['letters', repeated('a', KB6 / 4)],
		['CJK', repeated('日本語の文章を書きます。', KB6 / 36)],
		['flags', repeated('🇩🇪', KB6 / 8)],
		['brackets', repeated('[(', KB6 / 8)],
		['mixed', (size: number) => generate(1, (KB6 / 2) * size)],
	])('%s', async (_name, textOf) => {
		for (const rules of [RULES.Bluesky, RULES.X]) {
			const growth = await growthOf(textOf, async (text) => await partsOf(text, rules));
			expect(growth).toBeLessThan(PROPORTIONAL);
		}
	});
});

/** Texts in several scripts, with links, mentions and hashtags between spaces. */
function scattered(seed: number, whole: Set<string>, length: number): string {
	const next = random(seed);
	const words = [...whole, 'word', 'Größe', '日本語の文章', '👨‍👩‍👧‍👦', 'a'.repeat(30), '(b),'];
	let text = '';
	while (text.length < length) text += `${words[Math.floor(next() * words.length)]} `;
	return text;
}

function entitiesOnX(text: string) {
	return extractEntitiesWithIndices(text).map(({ indices: _, ...entity }) => entity);
}

async function facetsOf(text: string) {
	return (await detectFacets(text)).map(({ byteStart: _, byteEnd: __, ...facet }) => facet);
}
