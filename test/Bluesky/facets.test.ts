import { RichText } from '../support/vendor/richText';
import { detectFacets, richTextFacets, type Facet } from '../../nodes/Bluesky/facets';
import { generate } from '../shared/text/generate';

/** Returns the part of the text that a facet covers. */
const covered = (text: string, { byteStart, byteEnd }: Facet) =>
	Buffer.from(text).subarray(byteStart, byteEnd).toString();

describe('detection', () => {
	test.each<[string, string, Array<[string, object]>]>([
		['plain text', 'Nothing here, a.b nor @c nor # nor $', []],
		[
			'umlauts and emoji before links',
			'Grüße 👨‍👩‍👧‍👦: https://example.com/a?b=c und http://example.org/ö.',
			[
				['https://example.com/a?b=c', { kind: 'link', uri: 'https://example.com/a?b=c' }],
				['http://example.org/ö', { kind: 'link', uri: 'http://example.org/ö' }],
			],
		],
		[
			'links without scheme',
			'example.com/path, (example.org) but not file.txt or example.invalidtld',
			[
				['example.com/path', { kind: 'link', uri: 'https://example.com/path' }],
				['example.org', { kind: 'link', uri: 'https://example.org' }],
			],
		],
		[
			'links with brackets',
			'https://en.wikipedia.org/wiki/Bird_(animal) (https://example.com)',
			[
				[
					'https://en.wikipedia.org/wiki/Bird_(animal)',
					{ kind: 'link', uri: 'https://en.wikipedia.org/wiki/Bird_(animal)' },
				],
				['https://example.com', { kind: 'link', uri: 'https://example.com' }],
			],
		],
		[
			'mentions',
			'ä @alice.bsky.social, (@bob.test) not @bob nor a@example.com',
			[
				['@alice.bsky.social', { kind: 'mention', handle: 'alice.bsky.social' }],
				['@bob.test', { kind: 'mention', handle: 'bob.test' }],
			],
		],
		[
			'hashtags',
			'ß #Größe, #日本語 ＃tag! not #123',
			[
				['#Größe', { kind: 'tag', tag: 'Größe' }],
				['#日本語', { kind: 'tag', tag: '日本語' }],
				['＃tag', { kind: 'tag', tag: 'tag' }],
			],
		],
		[
			'cashtags',
			'€ $ABC and ($xyz) not $TOOLONG nor $1',
			[
				['$ABC', { kind: 'tag', tag: '$ABC' }],
				['$xyz', { kind: 'tag', tag: '$XYZ' }],
			],
		],
		[
			'twice the same',
			'#a https://example.com #a https://example.com',
			[
				['#a', { kind: 'tag', tag: 'a' }],
				['https://example.com', { kind: 'link', uri: 'https://example.com' }],
				['#a', { kind: 'tag', tag: 'a' }],
				['https://example.com', { kind: 'link', uri: 'https://example.com' }],
			],
		],
		['addresses a server refuses', 'https:// and http:///a and https://.', []],
		['tags of too many bytes', `#${`e${'\u0301'.repeat(12)}`.repeat(26)} #${'ö'.repeat(65)}`, []],
		[
			'the longest tag',
			`#${'ö'.repeat(64)}`,
			[[`#${'ö'.repeat(64)}`, { kind: 'tag', tag: 'ö'.repeat(64) }]],
		],
		[
			'a mention within a link',
			'https://example.com/(@alice.test)',
			[
				[
					'https://example.com/(@alice.test)',
					{ kind: 'link', uri: 'https://example.com/(@alice.test)' },
				],
			],
		],
	])('%s', async (_, text, expected) => {
		const facets = await detectFacets(text);
		expect(
			facets.map((facet) => {
				const { byteStart: _, byteEnd: __, ...meaning } = facet;
				return [covered(text, facet), meaning];
			}),
		).toEqual(expected);
	});

	test('gives what the vendor gives', async () => {
		for (let seed = 1; seed <= 10; seed++) {
			const text = generate(seed, 1500);
			const facets = await detectFacets(text);
			expect(facets.length).toBeGreaterThan(5);
			expect(richTextFacets(facets, Object.fromEntries(handles(facets)))).toEqual(ofVendor(text));
		}
	});
});

describe('the record', () => {
	test('has the DIDs of mentions, and leaves out those unknown', async () => {
		const text = 'Über @alice.test und @bob.test: #tag https://example.com';
		expect(richTextFacets(await detectFacets(text), { 'bob.test': 'did:plc:bob' })).toEqual([
			facet(22, 31, { $type: 'app.bsky.richtext.facet#mention', did: 'did:plc:bob' }),
			facet(33, 37, { $type: 'app.bsky.richtext.facet#tag', tag: 'tag' }),
			facet(38, 57, { $type: 'app.bsky.richtext.facet#link', uri: 'https://example.com' }),
		]);
	});

	test('takes no handle for a property of every object', async () => {
		const facets: Facet[] = [{ kind: 'mention', handle: 'constructor', byteStart: 0, byteEnd: 12 }];
		expect(richTextFacets(facets, {})).toEqual([]);
	});
});

function facet(byteStart: number, byteEnd: number, feature: object) {
	return { $type: 'app.bsky.richtext.facet', index: { byteStart, byteEnd }, features: [feature] };
}

function handles(facets: Facet[]): Array<[string, string]> {
	return facets.flatMap((facet) =>
		facet.kind === 'mention' ? [[facet.handle, facet.handle]] : [],
	);
}

function ofVendor(text: string) {
	const richText = new RichText({ text });
	richText.detectFacetsWithoutResolution();
	return (richText.facets ?? []).map(({ index, features }) => ({
		$type: 'app.bsky.richtext.facet',
		index,
		features,
	}));
}
