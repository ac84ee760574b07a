/** Text without halves of characters, such as a cut emoji leaves, and NUL: strict servers refuse both. */
export function mended(text: string): string {
	return text
		.replace(/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, '')
		.replaceAll('\0', '');
}
