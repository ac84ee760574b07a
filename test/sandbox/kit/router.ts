import type { Route } from './types';

interface Compiled {
	pattern: RegExp;
	names: string[];
}

const compiled = new Map<string, Compiled>();

/** `/api/v1/statuses/:id` -> a pattern with the names of its parts */
function compile(path: string): Compiled {
	const known = compiled.get(path);
	if (known) return known;
	const names: string[] = [];
	const source = path.replace(/[.]/g, '\\.').replace(/:(\w+)/g, (_all, name: string) => {
		names.push(name);
		return '([^/]+)';
	});
	const fresh = { pattern: new RegExp(`^${source}/?$`), names };
	compiled.set(path, fresh);
	return fresh;
}

/** Makes one route of a platform's list. */
export function route(
	operation: string,
	method: string,
	path: string,
	handle: Route['handle'],
): Route {
	return { operation, method, path, handle };
}

/** Returns the first matching route in the order of the list. */
export function match(
	routes: Route[],
	method: string,
	path: string,
): { route: Route; params: Record<string, string> } | undefined {
	for (const route of routes) {
		if (route.method !== method) continue;
		const { pattern, names } = compile(route.path);
		const parts = pattern.exec(path);
		if (!parts) continue;
		const values = parts.slice(1).map(decodeURIComponent);
		const params = Object.fromEntries(names.map((name, at) => [name, values[at]!]));
		if (route.when?.(params) ?? true) return { route, params };
	}
	return undefined;
}
