interface Range {
	byteStart: number; // offsets in UTF-8 bytes; the end is exclusive
	byteEnd: number;
}

type Meaning =
	| { kind: 'link'; uri: string }
	| { kind: 'mention'; handle: string }
	| { kind: 'tag'; tag: string };

export type Facet = Meaning & Range;

/** A facet in a post's record: https://docs.bsky.app/docs/advanced-guides/post-richtext */
export interface RichTextFacet {
	$type: 'app.bsky.richtext.facet';
	index: Range;
	features: Array<{ $type: string } & ({ uri: string } | { did: string } | { tag: string })>;
}

// Detection also finds 'https://' and 'http:///a', for which a server refuses the whole post. A tag
// may have 64 graphemes, each of which may be long.
const VALID_URI = /^\w+:(?:\/\/)?[^\s/]\S*$/;
const MAX_TAG_BYTES = 640;

/**
 * Finds links, mentions, hashtags and cashtags in the order of the text, as Bluesky's own apps do.
 * A mention contains the handle, which is not resolved yet.
 */
export async function detectFacets(text: string): Promise<Facet[]> {
	const { detectFacets: detect, UnicodeString } = await import('../shared/vendor/atproto');
	const facets = (detect(new UnicodeString(text)) ?? []).flatMap(
		({ index: { byteStart, byteEnd }, features }) =>
			features
				.slice(0, 1)
				.flatMap(meanings)
				.map((meaning) => ({ ...meaning, byteStart, byteEnd })),
	);
	return withoutOverlaps(facets.sort((a, b) => a.byteStart - b.byteStart));
}

/** Makes the record's facets. A mention whose handle has no entry in `dids` stays plain text. */
export function richTextFacets(
	facets: readonly Facet[],
	dids: Readonly<Record<string, string>>,
): RichTextFacet[] {
	return facets.flatMap((facet) => {
		const { byteStart, byteEnd } = facet;
		const feature = featureOf(facet, dids);
		return feature
			? [{ $type: 'app.bsky.richtext.facet', index: { byteStart, byteEnd }, features: [feature] }]
			: [];
	});
}

function meanings(feature: object): Meaning[] {
	const { did, uri, tag } = feature as { did?: string; uri?: string; tag?: string };
	if (did !== undefined) return [{ kind: 'mention', handle: did }];
	if (uri !== undefined && VALID_URI.test(uri)) return [{ kind: 'link', uri }];
	if (tag !== undefined && Buffer.byteLength(tag) <= MAX_TAG_BYTES) return [{ kind: 'tag', tag }];
	return [];
}

/** Apps drop overlapping facets, such as '(@a.com' within a link. */
function withoutOverlaps(facets: Facet[]): Facet[] {
	let end = 0;
	return facets.filter(({ byteStart, byteEnd }) => {
		const free = byteStart >= end;
		if (free) end = byteEnd;
		return free;
	});
}

function featureOf(
	facet: Facet,
	dids: Readonly<Record<string, string>>,
): RichTextFacet['features'][number] | undefined {
	if (facet.kind === 'link') return { $type: 'app.bsky.richtext.facet#link', uri: facet.uri };
	if (facet.kind === 'tag') return { $type: 'app.bsky.richtext.facet#tag', tag: facet.tag };
	const did = Object.hasOwn(dids, facet.handle) ? dids[facet.handle] : undefined;
	return did === undefined ? undefined : { $type: 'app.bsky.richtext.facet#mention', did };
}
