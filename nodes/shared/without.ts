/** A copy without the named properties. */
export function without<T extends object, Key extends keyof T>(
	object: T,
	...names: Key[]
): Omit<T, Key> {
	const left = Object.entries(object).filter(([name]) => !names.includes(name as Key));
	return Object.fromEntries(left) as Omit<T, Key>;
}
