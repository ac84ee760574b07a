import type { Call, Reply } from '../kit/types';
import { bearer } from './access';
import { badParam } from './errors';

interface Row {
	id: string;
}

/**
 * One page of a listing: https://developers.facebook.com/docs/graph-api/results. `next` and
 * `previous` contain the token, as the platform's own links do, and a page may be short although
 * more follow.
 */
export function paged<T extends Row>(
	{ url }: { url: string },
	call: Call,
	rows: readonly T[],
	show: (row: T) => unknown,
	usual = 25,
): Reply {
	const { query, path } = call;
	const limit = Number(query.get('limit') ?? usual);
	if (!Number.isInteger(limit) || limit < 1 || limit > 100)
		badParam('Param limit must be between 1 and 100');
	const from = position(rows, query.get('after')) + 1;
	const before = query.has('before') ? position(rows, query.get('before')) : undefined;
	const start = before === undefined ? from : Math.max(0, before - limit);
	const shown = rows.slice(start, before ?? start + limit);
	if (!shown.length) return { status: 200, json: { data: [] } };
	const link = (way: 'before' | 'after', row: T) => {
		const next = new URLSearchParams(query);
		next.delete(way === 'after' ? 'before' : 'after');
		next.set('access_token', bearer(call) ?? '');
		next.set('limit', String(limit));
		next.set(way, cursor(row));
		return `${url}/v26.0${path}?${next}`;
	};
	const [first, last] = [shown[0]!, shown.at(-1)!];
	const paging = {
		cursors: { before: cursor(first), after: cursor(last) },
		...(start + shown.length < rows.length && { next: link('after', last) }),
		...(start > 0 && { previous: link('before', first) }),
	};
	return { status: 200, json: { data: shown.map(show), paging } };
}

function cursor({ id }: Row): string {
	return Buffer.from(`QVFI${id}`).toString('base64url');
}

function position(rows: readonly Row[], given: string | null): number {
	return given ? rows.findIndex((row) => cursor(row) === given) : -1;
}
