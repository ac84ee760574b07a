import type { Call } from '../kit/types';
import { badParam } from './errors';

/** `id,from{id,name},picture.type(large)` -> ['id', 'from', 'picture']; unknown ones are refused. */
export function fieldsOf(call: Call, known: readonly string[], node: string): string[] {
	let list = call.query.get('fields') ?? '';
	for (let last = ''; last !== list; ) {
		last = list;
		list = list.replace(/\{[^{}]*\}|\([^()]*\)/g, '');
	}
	const names = list
		.split(',')
		.map((name) => name.trim().split('.')[0]!)
		.filter(Boolean);
	const unknown = names.find((name) => !known.includes(name));
	if (unknown) badParam(`Tried accessing nonexisting field (${unknown}) on node type (${node})`);
	return names;
}

/** Always includes `id`, and other fields if they were requested and exist. */
export function pick(
	all: Record<string, unknown>,
	names: readonly string[],
	usual: readonly string[] = [],
): Record<string, unknown> {
	const shown = new Set(['id', ...(names.length ? names : usual)]);
	return Object.fromEntries(
		Object.entries(all).filter(([name, value]) => shown.has(name) && value !== undefined),
	);
}
