/** The same numbers for the same seed (mulberry32). */
export function random(seed: number): () => number {
	let state = seed >>> 0;
	return () => {
		state = (state + 0x6d2b79f5) >>> 0;
		let mixed = Math.imul(state ^ (state >>> 15), state | 1);
		mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
	};
}

export const LINKS = [
	'https://example.com/a/b?c=d&e=f',
	'http://example.org',
	'https://ja.wikipedia.org/wiki/日本語',
	'example.com/path',
	'https://müller.example.net/straße#ende',
	'https://en.wikipedia.org/wiki/Bird_(disambiguation)',
];
export const MENTIONS = ['@alice.bsky.social', '@bob', '@carol@social.example.org', '@dave_99'];
export const HASHTAGS = ['#tag', '#Größe', '#日本語', '#n8n', '#ünïcödé'];
export const WORDS = [
	...['the', 'post', 'a', 'internationalisation', 'don’t', 'well-known', '“quoted”', '(aside)'],
	...['Übergröße', 'naïve', 'e\u0301tude', 'привет', 'שלום', 'नमस्ते', '안녕하세요', '10\u00a0000'],
	...['👨‍👩‍👧‍👦', '🇩🇪🇫🇷', '👍🏽', '❤️', '1️⃣', '…', '—', 'e.g.', '3.', 'Dr.'],
	...['日本語の文章をここに書きます。', 'これは「引用」です、', '今天天气很好！', 'สวัสดีชาวโลก'],
];
const GAPS = [
	' ',
	' ',
	' ',
	' ',
	'. ',
	'! ',
	'? ',
	', ',
	'\n',
	'\n\n',
	'\r\n\r\n',
	'  ',
	' \n \n ',
];

const ALL = [WORDS, WORDS, WORDS, WORDS, WORDS, WORDS, LINKS, MENTIONS, HASHTAGS];

/** A text of at least `length` with words of many scripts, links, mentions and hashtags. */
export function generate(seed: number, length: number, kinds: readonly string[][] = ALL): string {
	const next = random(seed);
	const pick = <T>(from: readonly T[]): T => from[Math.floor(next() * from.length)];
	let text = '';
	while (text.length < length) text += pick(pick(kinds)) + pick(GAPS);
	return text;
}
