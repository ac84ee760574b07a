/**
 * Which attempts of this process made which posts. A post claimed by one attempt is never taken for
 * the lost post of another, even if both look alike. Claims may also use a key that attempts of
 * several runs share, such as the ID of the object a post was made from.
 */
const claims = new Map<string, Set<string>>();
const MOST = 10_000;

/** `owner` is the account, because posts on different servers may have the same ID. */
export interface Claimant {
	readonly owner: string;
	readonly key: string;
}

/** Adds a claim. The oldest claims are dropped above 10,000 posts. */
export function claim({ owner, key }: Claimant, id: string) {
	if (id === '') return;
	const name = `${owner} ${id}`;
	claims.set(name, (claims.get(name) ?? new Set()).add(key));
	for (const oldest of claims.keys()) {
		if (claims.size <= MOST) break;
		claims.delete(oldest);
	}
}

/** Whether one of these keys claimed the post; undefined if there is no claim. */
export function isOwn(owner: string, keys: readonly string[], id: string): boolean | undefined {
	const claimed = claims.get(`${owner} ${id}`);
	return claimed && keys.some((key) => claimed.has(key));
}
