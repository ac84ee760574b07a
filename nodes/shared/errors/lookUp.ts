/**
 * Looks up a name from outside. A plain index would also find inherited names such as
 * `constructor`.
 */
export function lookUp<T>(
	table: Readonly<Record<string | number, T>>,
	name: unknown,
): T | undefined {
	const isName = typeof name === 'string' || typeof name === 'number';
	return isName && Object.hasOwn(table, name) ? table[name] : undefined;
}
