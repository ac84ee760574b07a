import type { Layer } from './layers';

/** Start and end of a part of a text; the end is exclusive. */
export type Span = readonly [start: number, end: number];
export type Find = (text: string) => Span[];

/** Replaces the spans found in any layer by `[hidden]`. */
export function replaced(text: string, layers: readonly Layer[], find: Find): string {
	const spans = layers.flatMap(({ text: layer, from }) =>
		find(layer).map(([start, end]): Span => [from?.[start] ?? start, from?.[end] ?? end]),
	);
	if (spans.length === 0) return text;
	const pieces: string[] = [];
	let done = 0;
	for (const [start, end] of merged(spans)) {
		pieces.push(text.slice(done, start), '[hidden]');
		done = end;
	}
	return [...pieces, text.slice(done)].join('');
}

/** Spans of every occurrence. `part` must not be empty. */
export function occurrences(text: string, part: string): Span[] {
	const spans: Span[] = [];
	for (let at = text.indexOf(part); at >= 0; at = text.indexOf(part, at + part.length))
		spans.push([at, at + part.length]);
	return spans;
}

/** Joins overlapping spans. */
function merged(spans: Span[]): Span[] {
	const sorted = [...spans].sort(([one], [other]) => one - other);
	const all: Span[] = [];
	for (const [start, end] of sorted) {
		const [begun, ended] = all.at(-1) ?? [0, -1];
		if (start < ended) all[all.length - 1] = [begun, Math.max(end, ended)];
		else all.push([start, end]);
	}
	return all;
}
