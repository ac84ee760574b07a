import { createHash } from 'crypto';
import type { IDataObject } from 'n8n-workflow';

import type { NodeContext } from './http';
import type { CredentialFacts, TokenData } from './connection';
import { storeToken } from './tokenStore';

/** What the pack keeps beside a token. */
interface Kept {
	/** Made or exchanged by the pack. */
	own?: boolean;
	account?: { id: string; name: string };
	/** Further secrets that the token gives access to, by name. */
	secrets?: Record<string, string>;
	/** Names the connection: stays when the token is renewed, changes when a person reconnects. */
	grant?: string;
	/** Epoch ms of the last time that the platform confirmed the connection. */
	checkedAt?: number;
	/** What was granted, as the vendor's introspection told it last. */
	scopes?: string[];
}

/** Bound to the token, since n8n merges new tokens over old data. */
interface Bound extends Kept, IDataObject {
	/** Hash of the access token all this belongs to. */
	of: string;
	/** What the token was made from, see `bind`. */
	bind?: string;
}

/** A token that was made, and whether n8n keeps it. */
export interface Made {
	token: TokenData;
	stored: boolean;
}

/** The token of a credential in use, and what the pack knows about it. */
export interface HeldToken {
	token(): TokenData | undefined;
	/** What is kept beside this very token. */
	kept(): Kept;
	/** Names the token of this credential as it is now, without telling it. */
	readonly name: string;
	/** One that another execution has stored since; undefined if it is still the same. */
	newer(): Promise<Made | undefined>;
	/** Stores a new token with what is known beside it; `own`: nobody but the pack has it yet. */
	store(token: TokenData, own: boolean): Promise<Made>;
	/** Uses a token that was made, here or by an execution beside this one. */
	take(made: Made): void;
	/** Notes something beside the token, unless it is not the stored one any more. */
	note(more: Kept): Promise<void>;
}

/** Of one node's run, to be held with. */
export interface Holding {
	fn: NodeContext;
	facts: CredentialFacts;
	itemIndex: number;
	credential: IDataObject;
	warnings: string[];
}

/** Tokens that could not be stored, by credential type: the items after the first need them too. */
const unstored = new WeakMap<NodeContext, Map<string, TokenData>>();

export function holdToken({ fn, facts, itemIndex, credential, warnings }: Holding): HeldToken {
	const { type } = facts;
	const bind = bindOf(facts, credential);
	const here = unstored.get(fn) ?? new Map<string, TokenData>();
	let held = here.get(type) ?? tokenIn(credential);

	const readStored = async () => tokenIn(await fn.getCredentials(type, itemIndex));

	function bound(token: TokenData, more: Kept): TokenData {
		const of = hashOf(token.access_token);
		const kept = { grant: of, ...keptOf(bind, held), ...more };
		return { ...token, crosspost: { ...kept, ...(bind && { bind }), of } };
	}

	return {
		token: () => held,
		kept: () => keptOf(bind, held) ?? {},
		get name() {
			const id = fn.getNode().credentials?.[type]?.id ?? '';
			return [type, id, bind, hashOf(held?.access_token ?? '')].join();
		},
		newer: async () => {
			const token = await readStored();
			if (!token?.access_token || token.access_token === held?.access_token) return undefined;
			const fits = facts.token.kind !== 'own' || keptOf(bind, token)?.own;
			return fits ? { token, stored: true } : undefined;
		},
		store: async (next, own) => {
			// Giving a new token confirms the connection, too.
			const token = bound(next, { own, secrets: undefined, checkedAt: Date.now() });
			const stored = await storeToken(fn, type, credential, token);
			return { token, stored: stored || !own };
		},
		take: ({ token, stored }) => {
			held = token;
			if (stored) return;
			unstored.set(fn, here.set(type, token));
			warnings.push(
				'The renewed token could not be stored in the credential; it serves this run only.',
			);
		},
		note: async (more) => {
			held = bound(held as TokenData, more);
			if (here.has(type)) here.set(type, held);
			// Another execution may have renewed the token since, and storing this one would undo that.
			if ((await readStored())?.access_token !== held.access_token) return;
			await storeToken(fn, type, credential, held);
		},
	};
}

/** What a credential holds of the pack, with a name for the connection in any case. */
export function keptIn(facts: CredentialFacts, credential: IDataObject): Kept & { grant: string } {
	const token = tokenIn(credential);
	const made = token?.access_token ?? JSON.stringify(facts.secrets.map((one) => credential[one]));
	return { grant: hashOf(made), ...keptOf(bindOf(facts, credential), token) };
}

/** n8n stores an answer as it came, and some vendors put the token into a list. */
export function tokenIn({ oauthTokenData }: IDataObject): TokenData | undefined {
	const { data, ...token } = (oauthTokenData ?? {}) as TokenData & { data?: unknown };
	const [listed] = Array.isArray(data) ? (data as Array<Partial<TokenData>>) : [];
	return listed?.access_token
		? { ...token, ...listed, access_token: listed.access_token }
		: (oauthTokenData as TokenData | undefined);
}

export function hashOf(text: string) {
	return createHash('sha256').update(text).digest('hex');
}

function bindOf({ token: policy }: CredentialFacts, credential: IDataObject): string | undefined {
	return policy.kind === 'own' && policy.bind ? hashOf(policy.bind(credential)) : undefined;
}

function keptOf(bind: string | undefined, token?: TokenData): Bound | undefined {
	const kept = token?.crosspost as Bound | undefined;
	const fits = kept?.of === hashOf(token?.access_token ?? '') && kept.bind === bind;
	return fits ? kept : undefined;
}
