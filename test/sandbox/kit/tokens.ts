import { createHash, randomBytes } from 'node:crypto';
import type { Clock } from './clock';

export interface Token {
	id: number;
	value: string;
	refresh?: string;
	/** Empty for a token of the app itself. */
	account: string;
	client: string;
	scopes: string[];
	/** The platform's name for the kind of token, if it has several: short, long, app… */
	kind: string;
	issuedAt: number;
	expiresAt?: number;
	refreshExpiresAt?: number;
	revoked: boolean;
	refreshUsed: boolean;
	/** Equal for all tokens from one consent. */
	family: number;
}

export type TokenHealth = 'live' | 'expired' | 'revoked';

export interface NewToken {
	account: string;
	client: string;
	scopes: string[];
	kind?: string;
	lifeMs?: number;
	refreshLifeMs?: number;
	family?: number;
	prefix?: string;
}

export interface TokenStore {
	all: Token[];
	issue(token: NewToken): Token;
	find(value: string | undefined): Token | undefined;
	byRefresh(value: string | undefined): Token | undefined;
	health(token: Token): TokenHealth;
	expire(token: Token): void;
	revokeFamily(family: number): void;
}

export function tokenStore(clock: Clock): TokenStore {
	const all: Token[] = [];
	return {
		all,
		issue({ lifeMs, refreshLifeMs, family, prefix = '', kind = 'user', ...rest }) {
			const issuedAt = clock.now();
			const id = all.length + 1;
			const token: Token = {
				...rest,
				id,
				kind,
				value: prefix + secret(),
				issuedAt,
				revoked: false,
				refreshUsed: false,
				family: family ?? id,
				...(lifeMs !== undefined && { expiresAt: issuedAt + lifeMs }),
				...(refreshLifeMs !== undefined && {
					refresh: secret(),
					refreshExpiresAt: issuedAt + refreshLifeMs,
				}),
			};
			all.push(token);
			return token;
		},
		find: (value) => all.find((token) => token.value === value),
		byRefresh: (value) => all.find((token) => token.refresh && token.refresh === value),
		health(token) {
			if (token.revoked) return 'revoked';
			return token.expiresAt !== undefined && token.expiresAt <= clock.now() ? 'expired' : 'live';
		},
		expire: (token) => void (token.expiresAt = clock.now() - 1),
		revokeFamily(family) {
			for (const token of all) if (token.family === family) token.revoked = true;
		},
	};
}

export interface Grant {
	client: string;
	redirectUri: string;
	account: string;
	scopes: string[];
	challenge?: { value: string; method: string };
}

export interface CodeStore {
	issue(grant: Grant): string;
	/** Redeems a code, which works only once. */
	take(code: string | undefined): Grant | undefined;
}

export function codeStore(clock: Clock, lifeMs: number): CodeStore {
	const codes = new Map<string, { grant: Grant; expiresAt: number }>();
	return {
		issue(grant) {
			const code = secret();
			codes.set(code, { grant, expiresAt: clock.now() + lifeMs });
			return code;
		},
		take(code = '') {
			const entry = codes.get(code);
			codes.delete(code);
			return entry && entry.expiresAt > clock.now() ? entry.grant : undefined;
		},
	};
}

/** Checks a PKCE verifier (RFC 7636): required if the grant has a challenge, otherwise ignored. */
export function verifies(challenge: Grant['challenge'], verifier: string | undefined): boolean {
	if (!challenge) return true;
	if (!verifier) return false;
	if (challenge.method === 'plain') return verifier === challenge.value;
	return createHash('sha256').update(verifier).digest('base64url') === challenge.value;
}

export function secret(): string {
	return randomBytes(32).toString('base64url');
}
