/**
 * The text without lone surrogates, which a cut emoji leaves, and without NUL: strict servers
 * refuse both.
 */
export function mended(text: string): string {
	return text
		.replace(/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, '')
		.replaceAll('\0', '');
}
