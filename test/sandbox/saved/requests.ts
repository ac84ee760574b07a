import type { RecordedRequest } from '..';

/** A stored request; of a file only its size and digest. */
export interface Line {
	method: string;
	path: string;
	query?: unknown;
	headers?: Record<string, unknown>;
	body?: unknown;
	files?: unknown;
	binary?: unknown;
}

/** Headers that depend on the HTTP client or the connection. */
const TRANSPORT = [
	...['host', 'connection', 'user-agent', 'accept', 'accept-encoding', 'content-length'],
	...['transfer-encoding', 'linkedin-version'],
];

export function lineOf({ method, path, query, headers, ...sent }: RecordedRequest): Line {
	const { body, files, binary } = sent;
	const own = Object.entries(headers).filter(([name]) => !TRANSPORT.includes(name));
	const said = own.map(([name, value]) => [name, String(value).replace(/; boundary=.*$/, '')]);
	return {
		...{ method, path },
		...(Object.keys(query).length > 0 && { query }),
		...(own.length > 0 && { headers: Object.fromEntries(said) as Line['headers'] }),
		...(body !== undefined && { body }),
		...(files !== undefined && { files }),
		...(binary !== undefined && { binary }),
	};
}

/** TikTok's reads are POST requests. */
function isRead({ method, path }: Line): boolean {
	return method === 'GET' || /\/(query|fetch|list)\/$/.test(path);
}

/** The same text for the same content in any order. */
function textOf(line: Line): string {
	return JSON.stringify(line, (_name, value: unknown) =>
		typeof value === 'object' && value !== null && !Array.isArray(value)
			? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
			: value,
	);
}

const same = (one: Line, other: Line) => textOf(one) === textOf(other);

/** Removes repeated reads, whose number depends on the platform's speed. */
export function withoutPolls(lines: Line[]): Line[] {
	return lines.filter((line, at) => !(isRead(line) && at > 0 && same(line, lines[at - 1])));
}

/** The requests that change something, in order; requests to one address may be simultaneous. */
export function writes(lines: Line[]): Line[] {
	const found = lines.filter((line) => !isRead(line));
	const place = ({ method, path }: Line) => `${method} ${path}`;
	const runs: Line[][] = [];
	for (const line of found) {
		const last = runs.at(-1);
		if (last && place(last[0]) === place(line)) last.push(line);
		else runs.push([line]);
	}
	return runs.flatMap((run) => run.sort((a, b) => (textOf(a) < textOf(b) ? -1 : 1)));
}

/** The reads that were sent before and are missing now; additional ones do no harm. */
export function unasked(before: Line[], now: Line[]): Line[] {
	return before.filter((line) => isRead(line) && !now.some((one) => same(line, one)));
}
