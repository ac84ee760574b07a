import { textOf } from '@/nodes/Bluesky/text';
import { linked } from '@/nodes/shared/text/link';

const link = 'https://a.b/c';

it.each([
	'See https://a.b/c',
	'https://a.b/c is good',
	'Is it https://a.b/c?',
	'One (https://a.b/c), and another.',
	'“https://a.b/c”',
	'<https://a.b/c>',
	'https://a.b/c/',
	'見て:https://a.b/c。良い',
	'https://a.b/cd and https://a.b/c',
])('"%s" has the link already', (text) => {
	expect(linked({ text, link })).toBe(text);
});

it.each([
	'https://a.b/cd',
	'https://a.b/c/d',
	'https://a.b/c?d=1',
	'https://a.b/c#d',
	'https://a.b/c.html',
	'https://web.archive.org/2026/https://a.b/c',
	'https://proxy.example.com/?to=https://a.b/c',
])('"%s" has another one', (text) => {
	expect(linked({ text, link })).toBe(`${text}\n\n${link}`);
});

it('is the same beside media on Bluesky', () => {
	const media = [{}] as Parameters<typeof textOf>[0]['media'];
	const post = { text: 'https://a.b/cd', link, media, options: {} };
	expect(textOf(post)).toBe('https://a.b/cd\n\nhttps://a.b/c');
});
