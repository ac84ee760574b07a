/** The non-empty, trimmed lines of a field. */
export function lines(value: unknown): string[] {
	return String(value ?? '')
		.split(/\r?\n/)
		.map((line) => line.trim())
		.filter(Boolean);
}
