import { createHash } from 'crypto';
import type { IDataObject } from 'n8n-workflow';

import type { NodeContext } from './http';
import type { Account, Platform, TokenData } from './platform';
import { storeToken } from './tokenStore';

/** What the pack keeps beside a token; bound to it, since n8n merges new tokens over old data. */
interface Kept extends IDataObject {
	/** Hash of the access token all this belongs to. */
	of: string;
	/** What the token was made from, see `bind`. */
	bind?: string;
	/** Made or exchanged by the pack. */
	own?: boolean;
	account?: { id: string; name: string };
}

/** The token of a credential in use, and what the pack knows about it. */
export interface HeldToken {
	token(): TokenData | undefined;
	/** The account, as far as it was asked before with this very token. */
	account(): Account | undefined;
	/** Made or exchanged by the pack, from the credential as it is now. */
	own(): boolean;
	/** Puts a token that the pack made in the place of the one before. */
	replace(token: TokenData): Promise<void>;
	/** Notes the account beside a token that n8n has in store. */
	annotate(token: TokenData, account?: Account): Promise<void>;
}

/** Of one node's run, to be held with. */
export interface Holding {
	fn: NodeContext;
	platform: Platform;
	itemIndex: number;
	credential: IDataObject;
	warnings: string[];
}

/** Tokens that could not be stored, by credential type: the items after the first need them too. */
const unstored = new WeakMap<NodeContext, Map<string, TokenData>>();

export function holdToken({ fn, platform, itemIndex, credential, warnings }: Holding): HeldToken {
	const { type } = platform.credential;
	const bind = bindOf(platform, credential);
	const here = unstored.get(fn) ?? new Map<string, TokenData>();
	let held = here.get(type) ?? (credential.oauthTokenData as TokenData | undefined);

	function hold(token: TokenData, kept: Partial<Kept>): TokenData {
		const of = hash(token.access_token);
		const crosspost = { ...keptOf(bind, held), ...kept, ...(bind && { bind }), of };
		held = { ...token, crosspost };
		if (here.has(type)) here.set(type, held);
		return held;
	}

	return {
		token: () => held,
		account: () => keptOf(bind, held)?.account,
		own: () => keptOf(bind, held)?.own === true,
		replace: async (next) => {
			const token = hold(next, { own: true });
			if (await storeToken(fn, type, credential, token)) return;
			unstored.set(fn, here.set(type, token));
			warnings.push(
				'The renewed token could not be stored in the credential; it serves this run only.',
			);
		},
		annotate: async (next, account) => {
			const token = hold(next, account ? { account } : {});
			// Another execution may have renewed the token since, and storing this one would undo that.
			const stored = await fn.getCredentials<{ oauthTokenData?: TokenData }>(type, itemIndex);
			if (stored.oauthTokenData?.access_token !== token.access_token) return;
			await storeToken(fn, type, credential, token);
		},
	};
}

function bindOf({ token: policy }: Platform, credential: IDataObject): string | undefined {
	return policy.kind === 'own' && policy.bind ? hash(policy.bind(credential)) : undefined;
}

function keptOf(bind: string | undefined, token?: TokenData): Kept | undefined {
	const kept = token?.crosspost as Kept | undefined;
	const fits = kept?.of === hash(token?.access_token ?? '') && kept.bind === bind;
	return fits ? kept : undefined;
}

function hash(text: string) {
	return createHash('sha256').update(text).digest('hex');
}
