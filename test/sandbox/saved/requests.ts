import type { RecordedRequest } from '..';

/** A request as it is kept; of a file its size and digest. */
export interface Line {
	method: string;
	path: string;
	query?: unknown;
	headers?: Record<string, unknown>;
	body?: unknown;
	files?: unknown;
	binary?: unknown;
}

/** What every client says of the connection. */
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

/** TikTok reads by POST. */
function isRead({ method, path }: Line): boolean {
	return method === 'GET' || /\/(query|fetch|list)\/$/.test(path);
}

/** The same for the same content, in whatever order it stands. */
function textOf(line: Line): string {
	return JSON.stringify(line, (_name, value: unknown) =>
		typeof value === 'object' && value !== null && !Array.isArray(value)
			? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
			: value,
	);
}

const same = (one: Line, other: Line) => textOf(one) === textOf(other);

/** Without repetitions of a question, which depend on how long a platform takes. */
export function withoutPolls(lines: Line[]): Line[] {
	return lines.filter((line, at) => !(isRead(line) && at > 0 && same(line, lines[at - 1])));
}

/** What changes something, in order; requests to one address may go out at the same time. */
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

/** Questions that were asked before and are not now; further ones do no harm. */
export function unasked(before: Line[], now: Line[]): Line[] {
	return before.filter((line) => isRead(line) && !now.some((one) => same(line, one)));
}
