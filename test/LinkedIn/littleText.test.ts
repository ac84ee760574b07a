import { fromLittleText, shownText, toLittleText } from '@/nodes/LinkedIn/littleText';
import { understood } from '@/test/sandbox/linkedIn/littleText';
import { randomInteger, random } from '@/test/support/random';

const MENTION = '@[Crosspost Works](urn:li:organization:1001)';

describe('a text for LinkedIn', () => {
	it.each([
		['nothing', '', ''],
		['plain words', 'Hello, world! 50% & "more" – it’s 1+1=2; $5/€4', undefined],
		[
			'each reserved character',
			'\\|{}@[]()<>#*_~',
			'\\\\\\|\\{\\}\\@\\[\\]\\(\\)\\<\\>\\#\\*\\_\\~',
		],
		['parentheses', 'Now (really) good', 'Now \\(really\\) good'],
		['a backslash before one', 'a\\(b', 'a\\\\\\(b'],
		['a hashtag', '#food', '#food'],
		['hashtags', 'Fish #food, (#chips) "#Grüße" #日本', 'Fish #food, \\(#chips\\) "#Grüße" #日本'],
		['a hashtag of digits and letters', '#2026goals', '#2026goals'],
		['a number sign', 'We are #1 in C# and F#', 'We are \\#1 in C\\# and F\\#'],
		['a lone sign', '# heading, ## two', '\\# heading, \\#\\# two'],
		[
			'a hashtag after anything else',
			'🎉#party ❤️#love **#bold**',
			'🎉#party ❤️#love \\*\\*#bold\\*\\*',
		],
		[
			'a name without end',
			`@[${'a'.repeat(201)}](urn:li:person:a)`,
			`\\@\\[${'a'.repeat(201)}\\]\\(urn:li:person:a\\)`,
		],
		['a sign within a word', 'a#b', 'a\\#b'],
		['a hashtag with an underscore', '#snake_case', '#snake\\_case'],
		['a full-width hashtag', '＃food', '＃food'],
		['a mention', `By ${MENTION}.`, `By ${MENTION}.`],
		['two mentions', `${MENTION} ${MENTION}`, `${MENTION} ${MENTION}`],
		['a member', '@[Alice](urn:li:person:a-B_1)', '@[Alice](urn:li:person:a-B_1)'],
		[
			'a name with reserved characters',
			'@[Blue (Sky) Labs](urn:li:organization:1002)',
			'@[Blue \\(Sky\\) Labs](urn:li:organization:1002)',
		],
		[
			'a name that is escaped already',
			'@[A \\[B\\]](urn:li:organization:1)',
			'@[A \\[B\\]](urn:li:organization:1)',
		],
		['an at sign', 'me@example.com, @alice', 'me\\@example.com, \\@alice'],
		['a mention of something else', '@[A](urn:li:school:1)', '\\@\\[A\\]\\(urn:li:school:1\\)'],
		['a half mention', '@[A](urn:li:person:', '\\@\\[A\\]\\(urn:li:person:'],
		['Markdown', '**bold** _it_ [a](b)', '\\*\\*bold\\*\\* \\_it\\_ \\[a\\]\\(b\\)'],
		['a link', 'https://example.com/a_b?c=(d)#e', 'https://example.com/a\\_b?c=\\(d\\)\\#e'],
		['a link and a hashtag', 'https://example.com/#a #b', 'https://example.com/\\#a #b'],
		['an address without a scheme', 'example.com/#top', 'example.com/\\#top'],
		['emoji', '👩‍👩‍👧 ✅ → #party 🎉', undefined],
		['lines', 'a\n(b)\n\n#c', 'a\n\\(b\\)\n\n#c'],
		['a template', '{hashtag|\\#|a}', '\\{hashtag\\|\\\\\\#\\|a\\}'],
	])('escapes %s', (_what, text, little) => {
		expect(toLittleText(text)).toBe(little ?? text);
		expect(fromLittleText(toLittleText(text))).toBe(shownText(text));
		expect(understood(toLittleText(text))).toMatchObject({ cut: '', text: shownText(text) });
	});

	it('names its mentions and hashtags', () => {
		const text = `Fish (& chips) by ${MENTION} and @[Blue (Sky)](urn:li:organization:2) #food #a_b`;
		expect(understood(toLittleText(text))).toMatchObject({
			mentions: [
				{ name: 'Crosspost Works', urn: 'urn:li:organization:1001' },
				{ name: 'Blue (Sky)', urn: 'urn:li:organization:2' },
			],
			hashtags: ['food', 'a'],
		});
	});

	it('is never cut, whatever stands in it', () => {
		const next = random(4);
		const pieces = [
			...'\\|{}@[]()<>#*_~ab1 \n é',
			MENTION,
			'#tag',
			'https://a.b/#c',
			'@[',
			'](urn:li:person:x)',
		];
		for (let round = 0; round < 2000; round++) {
			const length = randomInteger(next, 1, 12);
			const text = Array.from(
				{ length },
				() => pieces[randomInteger(next, 0, pieces.length - 1)],
			).join('');
			expect([text, understood(toLittleText(text))]).toMatchObject([
				text,
				{ cut: '', text: shownText(text) },
			]);
		}
	});
});

describe('a text from LinkedIn', () => {
	it.each([
		['Fish \\(& chips\\) {hashtag|\\#|food}', 'Fish (& chips) #food'],
		['{hashtag|＃|a\\_b}', '#a_b'],
		['By @[Blue \\(Sky\\)](urn:li:organization:2)', 'By Blue (Sky)'],
		['plain #tag \\\\ ', 'plain #tag \\ '],
	])('is read: %s', (little, text) => expect(fromLittleText(little)).toBe(text));
});
