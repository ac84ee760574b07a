import fc from 'fast-check';

import { texts } from './setup';
import { detectFacets, richTextFacets } from '@/nodes/Bluesky/facets';
import { fromLittleText, toLittleText } from '@/nodes/LinkedIn/littleText';
import { plainText } from '@/nodes/Mastodon/text';
import { platforms } from '@/nodes/platforms';
import { withLongNumbers } from '@/nodes/shared/http/http';
import { count, split } from '@/nodes/shared/text';
import { linked } from '@/nodes/shared/text/link';
import { growthOf, PROPORTIONAL } from '@/test/support/growth';

const rules = platforms.map(({ name, limits }) => [name, limits.text] as const);

describe.each(rules)('a text on %s', (_name, rule) => {
	it('is counted and split into parts that fit, whatever it is', async () => {
		const small = { ...rule, max: 40, ...(rule.maxBytes && { maxBytes: 120 }) };
		await fc.assert(
			fc.asyncProperty(texts, async (text) => {
				expect(await count(text, rule)).toBeGreaterThanOrEqual(0);
				const done = await split(text, small, { numbering: true });
				if (!('parts' in done)) return;
				for (const part of done.parts) expect(await count(part, small)).toBeLessThanOrEqual(40);
			}),
		);
	});
});

it('has facets within its bytes, in order and apart', async () => {
	await fc.assert(
		fc.asyncProperty(texts, async (text) => {
			const found = richTextFacets(await detectFacets(text), {});
			let end = 0;
			for (const { index } of found) {
				expect(index.byteStart).toBeGreaterThanOrEqual(end);
				expect(index.byteEnd).toBeGreaterThan(index.byteStart);
				end = index.byteEnd;
			}
			expect(end).toBeLessThanOrEqual(Buffer.byteLength(text));
		}),
	);
});

it('has its link once', () => {
	fc.assert(
		fc.property(texts, fc.webUrl(), (text, link) => {
			const once = linked({ text, link });
			expect(once).toContain(link);
			expect(linked({ text: once, link })).toBe(once);
		}),
	);
});

it('survives LinkedIn’s way of writing it', () => {
	fc.assert(
		fc.property(
			texts.filter((text) => !/[@#{}[\]]/.test(text)),
			(text) => expect(fromLittleText(toLittleText(text))).toBe(text),
		),
	);
});

const LINEAR: Array<[string, (text: string) => unknown, string]> = [
	['HTML of a post', plainText, '<'],
	['HTML of a post', plainText, '</p>'],
	['HTML of a post', plainText, '&#'],
	['long numbers', withLongNumbers, '\\"'],
	['long numbers', withLongNumbers, '"'],
	['long numbers', withLongNumbers, '-1'],
	['a link in a text', (text) => linked({ text, link: '.' }), '.'],
	['a link in a text', (text) => linked({ text: `${text}a`, link: '.' }), '.'],
];

it.each(LINEAR)('%s takes time that grows as the text does (%#)', async (_what, work, unit) => {
	const inputOf = (size: number) => `"${unit.repeat((size * 40_000) / unit.length)}`;
	expect(await growthOf(inputOf, async (text) => void work(text))).toBeLessThan(PROPORTIONAL);
});
