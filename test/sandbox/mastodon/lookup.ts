import type { Reply } from '../kit/types';
import type { Status } from './model';
import type { Server } from './server';

/** Returns a post that the viewer may see; a hidden post counts as missing. */
export function visible(
	{ state }: Server,
	id: string,
	viewer: string | undefined,
): Status | undefined {
	const status = state.posts.find((post) => post.id === id);
	const hidden = status && ['private', 'direct'].includes(status.options.visibility);
	return hidden && status.account !== viewer ? undefined : status;
}

interface PageAsked {
	query: URLSearchParams;
	path: string;
	max: number;
}

/** Newest first, with the `Link` header for the next and the previous page. */
export function paged<T extends { id: string }>(
	{ url }: Server,
	all: T[],
	{ query, path, max }: PageAsked,
	entity: (item: T) => unknown,
): Reply {
	const limit = Math.min(Number(query.get('limit') ?? 20) || 20, max);
	const key = ({ id }: { id: string }) => order(id);
	const maxId = query.get('max_id');
	const minId = query.get('min_id');
	const sinceId = query.get('since_id');
	const newestFirst = [...all]
		.sort((one, other) => (key(one) < key(other) ? 1 : -1))
		.filter((item) => !maxId || key(item) < order(maxId))
		.filter((item) => !(minId ?? sinceId) || key(item) > order((minId ?? sinceId)!));
	const items = minId ? newestFirst.slice(-limit) : newestFirst.slice(0, limit);
	const link = (rel: string, cursor: string, id: string) => {
		const next = new URLSearchParams(query);
		for (const name of ['max_id', 'min_id', 'since_id']) next.delete(name);
		next.set('limit', String(limit));
		next.set(cursor, id);
		return `<${url}${path}?${next}>; rel="${rel}"`;
	};
	const links = items.length
		? [
				...(items.length === limit ? [link('next', 'max_id', items.at(-1)!.id)] : []),
				link('prev', 'min_id', items[0]!.id),
			]
		: [];
	return {
		status: 200,
		json: items.map(entity),
		...(links.length && { headers: { link: links.join(', ') } }),
	};
}

/** Sorts ids by number, also in hex. */
function order(id: string): bigint {
	try {
		return BigInt(/^\d+$/.test(id) ? id : `0x${id}`);
	} catch {
		return 0n;
	}
}
