/**
 * Which attempt made which post, as far as this process knows: a post that one attempt has made is
 * not the one that another has lost, however much they are alike. Besides the keys of attempts there
 * may be names of what the platform made a post of, which attempts of several runs have in common.
 */
const claims = new Map<string, Set<string>>();
const MOST = 10_000;

/** Who claims: `owner` is the account, since posts of different servers may have the same id. */
export interface Claimant {
	readonly owner: string;
	readonly key: string;
}

/** What is claimed once stays so. */
export function claim({ owner, key }: Claimant, id: string) {
	if (id === '') return;
	const name = `${owner} ${id}`;
	claims.set(name, (claims.get(name) ?? new Set()).add(key));
	for (const oldest of claims.keys()) {
		if (claims.size <= MOST) break;
		claims.delete(oldest);
	}
}

/** Whether a post was claimed by one of these keys; undefined if nobody here knows whose it is. */
export function isOwn(owner: string, keys: readonly string[], id: string): boolean | undefined {
	const claimed = claims.get(`${owner} ${id}`);
	return claimed && keys.some((key) => claimed.has(key));
}
