import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { load } from 'js-yaml';
import { hasInvalidCharacters } from 'twitter-text';

import type { TextRule } from '../../../nodes/shared/contract/textRule';
import { count, excess } from '../../../nodes/shared/text';
import { entities } from '../../../nodes/shared/text/entities';

// The vendor's own cases, https://github.com/twitter/twitter-text/tree/master/conformance
const FOLDER = join(__dirname, '../../../../shared/specs/x/twitter-text');
const X: TextRule = { max: 280, unit: 'weighted' };

interface Case<Expected> {
	description: string;
	text: string;
	expected: Expected;
}
interface Found {
	indices: [number, number];
}

function cases<Expected>(file: string, group: string): Array<[string, Case<Expected>]> {
	const { tests } = load(readFileSync(join(FOLDER, file), 'utf8')) as {
		tests: Record<string, Array<Case<Expected>>>;
	};
	return tests[group].map((one) => [one.description, one]);
}

if (existsSync(FOLDER)) {
	describe.each([
		'WeightedTweetsWithDiscountedEmojiCounterTest',
		'UnicodeDirectionalMarkerCounterTest',
	])('%s', (group) => {
		test.each(cases<{ weightedLength: number; valid: boolean }>('validate.yml', group))(
			'%s',
			async (_, { text, expected }) => {
				expect(await count(text, X)).toBe(expected.weightedLength);
				expect((await excess(text, X)).length === 0).toBe(expected.valid);
			},
		);
	});

	describe.each([
		'urls_with_indices',
		'urls_with_directional_markers',
		'mentions_with_indices',
		'mentions_or_lists_with_indices',
		'hashtags_with_indices',
		'cashtags_with_indices',
	])('%s lie whole within what we keep whole', (group) => {
		test.each(cases<Found[]>('extract.yml', group))('%s', (_, { text, expected }) => {
			const kept = entities(text);
			const cut = expected.filter(
				({ indices: [start, end] }) => !kept.some((one) => one.start <= start && one.end >= end),
			);
			expect(cut).toEqual([]);
		});
	});

	describe.each(['urls', 'tco_urls_with_params', 'mentions', 'hashtags', 'cashtags'])(
		'%s lie whole within what we keep whole',
		(group) => {
			test.each(cases<string[] | null>('extract.yml', group))('%s', (_, { text, expected }) => {
				const kept = entities(text).map(({ start, end }) => text.slice(start, end));
				const cut = (expected ?? []).filter((found) => !kept.some((one) => one.includes(found)));
				expect(cut).toEqual([]);
			});
		},
	);

	describe('top-level domains', () => {
		test.each(['country', 'generic'])('%s: a link of each counts 23', async (group) => {
			const wrong: string[] = [];
			for (const [, { text }] of cases('tlds.yml', group))
				if ((await count(text, X)) !== 23) wrong.push(text);
			expect(wrong).toEqual([]);
		});
	});
} else {
	test(`no ${FOLDER}: the vendor's cases are left out`, () => undefined);
}

test('the vendor refuses the characters that we count', () => {
	expect(['\ufffe', '\ufeff', '\uffff', 'a'].map(hasInvalidCharacters)).toEqual([
		...[true, true, true],
		false,
	]);
});
