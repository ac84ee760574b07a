/** What stands line by line in a field, such as the answers of a poll. */
export function lines(value: unknown): string[] {
	return String(value ?? '')
		.split(/\r?\n/)
		.map((line) => line.trim())
		.filter(Boolean);
}
