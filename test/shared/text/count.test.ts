import { parseTweet } from 'twitter-text';

import type { TextRule } from '../../../nodes/shared/contract/textRule';
import { count, excess } from '../../../nodes/shared/text';
import { growthOf, PROPORTIONAL } from '../../support/growth';
import { generate } from './generate';

const BLUESKY: TextRule = { max: 300, unit: 'graphemes', maxBytes: 3000 };
const MASTODON: TextRule = { max: 500, unit: 'graphemes', urlLength: 23, mentionWithoutHost: true };
const X: TextRule = { max: 280, unit: 'weighted' };
const THREADS: TextRule = { max: 500, unit: 'emojiBytes' };
const rule = (unit: TextRule['unit']): TextRule => ({ max: 10, unit });

const FAMILY = '👨‍👩‍👧‍👦';
const LONG_LINK = `https://example.com/${'a'.repeat(200)}`;

describe('units', () => {
	test.each([
		//                            graphemes, code points, UTF-16, bytes, weighted, emoji bytes
		['empty', '', [0, 0, 0, 0, 0, 0]],
		['Latin', 'Hello', [5, 5, 5, 5, 5, 5]],
		['umlauts', 'Größe', [5, 5, 5, 7, 5, 5]],
		['combining accents', 'e\u0301a\u0308', [2, 4, 4, 6, 2, 4]],
		['CJK', '日本語', [3, 3, 3, 9, 6, 3]],
		['Hangul of parts', '\u1112\u1161\u11ab', [1, 3, 3, 9, 2, 3]],
		['ZWJ family', FAMILY, [1, 7, 11, 25, 2, 25]],
		['two flags', '🇩🇪🇫🇷', [2, 4, 8, 16, 4, 16]],
		['skin tone', '👍🏽', [1, 2, 4, 8, 2, 8]],
		['keycap', '1️⃣', [1, 3, 3, 7, 2, 7]],
		['emoji in text', 'a👍b😀', [4, 4, 6, 10, 6, 10]],
		['Windows line end', 'a\r\nb', [3, 4, 4, 4, 4, 4]],
		['ellipsis and dash', '…—', [2, 2, 2, 6, 3, 2]],
		['Hindi', 'नमस्ते', [3, 6, 6, 18, 6, 6]],
	])('%s', async (_, text, expected) => {
		const units = ['graphemes', 'codePoints', 'utf16', 'bytes', 'weighted', 'emojiBytes'] as const;
		expect(await Promise.all(units.map((unit) => count(text, rule(unit))))).toEqual(expected);
	});

	test('graphemes of any text are those of Intl.Segmenter', async () => {
		const segmenter = new Intl.Segmenter('en', { granularity: 'grapheme' });
		for (let seed = 1; seed <= 20; seed++) {
			const text = generate(seed, 600);
			expect(await count(text, rule('graphemes'))).toBe([...segmenter.segment(text)].length);
		}
	});

	test('a grapheme longer than any window is one', async () => {
		expect(await count(`a${'\u0301'.repeat(5000)}b${'\u0300'.repeat(70)}`, rule('graphemes'))).toBe(
			2,
		);
		expect(await count('🇩🇪'.repeat(1001), rule('graphemes'))).toBe(1001);
	});
});

describe('X', () => {
	test.each([
		['a link', LONG_LINK, 23],
		['a link without scheme', 'see example.com/abc now', 31],
		['no link', 'http://localhost', 16],
		['two links', `${LONG_LINK} http://t.co/a`, 47],
	])('%s', async (_, text, expected) => {
		expect(await count(text, X)).toBe(expected);
	});

	test('a text given to the vendor in pieces weighs as much as in one', async () => {
		for (let seed = 1; seed <= 4; seed++) {
			const text = generate(seed, 12_000);
			expect(await count(text, X)).toBe(parseTweet(text).weightedLength);
		}
		const unspaced = '日本語の文章、https://example.com/a。'.repeat(400);
		expect(await count(unspaced, X)).toBe(parseTweet(unspaced).weightedLength);
	});

	test('refuses some characters', async () => {
		expect(await excess('fine', X)).toEqual([]);
		expect(await excess('a\ufffe\uffffb', X)).toEqual([
			{ limit: 0, actual: 2, unit: 'invalidCharacters' },
		]);
		expect(await excess(`\ufeff${'a'.repeat(280)}`, X)).toEqual([
			{ limit: 280, actual: 282, unit: 'weighted' },
			{ limit: 0, actual: 1, unit: 'invalidCharacters' },
		]);
	});
});

describe('Mastodon', () => {
	test.each([
		['a long link', LONG_LINK, 23],
		['a short link', 'http://t.co', 23],
		['full stop after a link', `${LONG_LINK}. End`, 28],
		['link in brackets', `(${LONG_LINK}), and`, 30],
		['brackets in a link', 'https://en.wikipedia.org/wiki/Bird_(animal)!', 24],
		['query', 'https://example.com/?q=a&b=c?', 24],
		['query without a path', 'https://example.com?q=Größe', 23],
		['link in another script', 'https://ja.wikipedia.org/wiki/日本語', 23],
		['host in another script', 'https://müller.example/ö', 23],
		['port', 'http://example.com:8080/a b', 25],
		['two links', `${LONG_LINK} http://example.org/b`, 47],
		['no scheme', 'example.com/abc', 15],
		['no domain', 'http://localhost', 16],
		['letters before the scheme', 'xhttp://example.com', 19],
		['remote mention', '@alice@social.example.org', 6],
		['two remote mentions', 'Hi @al.ice@social.example.org, @b@c.de!', 15],
		['local mention', '@alice', 6],
		['mail address', 'alice@example.org', 17],
		['emoji', `${FAMILY}🇩🇪`, 2],
	])('%s', async (_, text, expected) => {
		expect(await count(text, MASTODON)).toBe(expected);
	});

	test('without these rules all is counted', async () => {
		const text = '@alice@social.example.org http://t.co';
		expect(await count(text, { max: 500, unit: 'graphemes' })).toBe(text.length);
	});
});

describe('limits', () => {
	test('both limits of Bluesky', async () => {
		expect(await excess('a'.repeat(300), BLUESKY)).toEqual([]);
		expect(await excess('a'.repeat(301), BLUESKY)).toEqual([
			{ limit: 300, actual: 301, unit: 'graphemes' },
		]);
		expect(await excess(FAMILY.repeat(121), BLUESKY)).toEqual([
			{ limit: 3000, actual: 3025, unit: 'bytes' },
		]);
		expect(await excess(FAMILY.repeat(301), BLUESKY)).toEqual([
			{ limit: 300, actual: 301, unit: 'graphemes' },
			{ limit: 3000, actual: 7525, unit: 'bytes' },
		]);
	});

	test('Threads counts an emoji by its bytes', async () => {
		expect(await excess(`${'ö'.repeat(496)}👍`, THREADS)).toEqual([]);
		expect(await excess(`${'ö'.repeat(497)}👍`, THREADS)).toEqual([
			{ limit: 500, actual: 501, unit: 'emojiBytes' },
		]);
	});

	test('hashtags, mentions and links', async () => {
		const captions = {
			...rule('codePoints'),
			max: 2200,
			maxHashtags: 2,
			maxMentions: 1,
			maxLinks: 1,
		};
		expect(
			await excess('#a #b @c a@d.org #1 &#x https://e.org/#f https://e.org/#f', captions),
		).toEqual([]);
		expect(await excess('#a#b #c @d @e http://f.org/@g http://h.org', captions)).toEqual([
			{ limit: 2, actual: 3, unit: 'hashtags' },
			{ limit: 1, actual: 2, unit: 'mentions' },
			{ limit: 1, actual: 2, unit: 'links' },
		]);
	});
});

describe('long texts take time in proportion', () => {
	const KB6 = 6_000;
	test.each([
		['letters', 'a', KB6],
		['prose', 'Lorem ipsum dolor sit amet. ', KB6 / 28],
		['dots', 'a.', KB6 / 2],
		['at signs', '@a@', KB6 / 3],
		['brackets', '[(', KB6 / 2],
		['open link', '(', KB6, 'http://a.de/'],
		['marks after a link', '!', KB6, 'http://a.de/'],
		['flags', '🇩🇪', KB6 / 4],
		['accents', 'e\u0301', KB6 / 2],
		['CJK', '日', KB6],
	])('%s', async (_name, unit, times, start = '') => {
		const textOf = (size: number) => start + unit.repeat(times * size);
		for (const rules of [MASTODON, BLUESKY, THREADS, X]) {
			const growth = await growthOf(textOf, async (text) => await count(text, rules));
			expect(growth).toBeLessThan(PROPORTIONAL);
		}
	});
});
