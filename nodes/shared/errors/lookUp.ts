/** What a table has under a name from outside; every object has names of its own, such as `constructor`. */
export function lookUp<T>(
	table: Readonly<Record<string | number, T>>,
	name: unknown,
): T | undefined {
	const isName = typeof name === 'string' || typeof name === 'number';
	return isName && Object.hasOwn(table, name) ? table[name] : undefined;
}
