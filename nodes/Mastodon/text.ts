const ENTITIES: Record<string, string> = {
	amp: '&',
	lt: '<',
	gt: '>',
	quot: '"',
	apos: "'",
	nbsp: ' ',
};

/** Converts a post's HTML to plain text. */
export function plainText(html: string): string {
	return html
		.replace(/<br\s*\/?>/gi, '\n')
		.replace(/<\/p>\s*<p[^<>]*>/gi, '\n\n')
		.replace(/<[^<>]*>/g, '')
		.replace(/&(?:#x([0-9a-f]{1,6})|#(\d{1,7})|(\w+));/gi, decoded);
}

function decoded(all: string, hex?: string, decimal?: string, name?: string): string {
	if (name) return ENTITIES[name.toLowerCase()] ?? all;
	const code = hex ? parseInt(hex, 16) : Number(decimal);
	return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : all;
}

/** Whether two texts can belong to the same post. */
export function sameText(one: string, other: string): boolean {
	return bare(one) === bare(other);
}

/** Normalizes a text for comparison: servers trim it, and show mentions without their host. */
export function bare(text: string): string {
	return text
		.replace(/(@[a-z0-9_.-]+)@[\p{L}\p{N}_.-]*[\p{L}\p{N}_]/giu, '$1')
		.replace(/\s+/g, ' ')
		.trim();
}
