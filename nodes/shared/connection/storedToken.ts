import { createHash } from 'crypto';
import type { IDataObject } from 'n8n-workflow';

import type { AuthMethod, TokenData } from '../contract/authMethod';
import type { NodeContext } from '../contract/http';
import type { NewToken, StoredToken, TokenMetadata } from '../contract/session';
import { storeToken } from './credentialStore';
import { endsInRefusal, isToken, PASSING, refusalIn, withoutRefusal } from './tokenAnswer';

/** Bound to the token, since n8n merges new tokens over old data. */
interface BoundMetadata extends TokenMetadata, IDataObject {
	/** Hash of the access token all this belongs to. */
	of: string;
	/** What the token was made from, see `TokenPolicy.fingerprint`. */
	bind?: string;
}

/** Of one node's run, to be held with. */
export interface TokenSource {
	fn: NodeContext;
	authMethod: AuthMethod;
	itemIndex: number;
	credential: IDataObject;
	warnings: string[];
}

/** Tokens that could not be stored, by credential type: the items after the first need them too. */
const unstored = new WeakMap<NodeContext, Map<string, TokenData>>();

/** The token that a node's run uses now, which need not be the stored one any more. */
interface Holding extends TokenSource {
	held: TokenData | undefined;
	/** What the token is bound to. */
	readonly bind: string | undefined;
	/** Tokens of this run that could not be stored. */
	readonly unstored: Map<string, TokenData>;
}

export function storedTokenOf(source: TokenSource): StoredToken {
	const { fn, authMethod, credential } = source;
	const here = unstored.get(fn) ?? new Map<string, TokenData>();
	const earlier = here.get(authMethod.type);
	const refused = earlier ? undefined : refusalOf(credential);
	const bind = fingerprintOf(authMethod, credential);
	const holding = { ...source, bind, unstored: here, held: earlier ?? usable(credential) };
	return {
		token: () => holding.held,
		metadata: () => metadataOf(bind, holding.held) ?? {},
		get name() {
			return nameOf(holding);
		},
		newer: async () => await newer(holding),
		store: async (token, own) => await store(holding, token, own),
		take: (made) => take(holding, made),
		refusal: () => refused,
		noteRefusal: async () => await noteRefusal(holding),
		putBack: async (token) => await putBack(holding, token),
		note: async (more) => await note(holding, more),
	};
}

function nameOf({ fn, authMethod: { type }, bind, held }: Holding): string {
	const id = fn.getNode().credentials?.[type]?.id ?? '';
	return [type, id, bind, hashOf(held?.access_token ?? '')].join();
}

async function newer(holding: Holding): Promise<NewToken | undefined> {
	const { authMethod, bind, held } = holding;
	const token = await readStored(holding);
	if (!isToken(token) || token.access_token === held?.access_token) return undefined;
	const fits = authMethod.token.kind !== 'custom' || metadataOf(bind, token)?.own;
	return fits ? { token, stored: true } : undefined;
}

async function store(holding: Holding, next: TokenData, own: boolean): Promise<NewToken> {
	// Giving a new token confirms the connection, too.
	const token = bound(holding, next, { own, secrets: undefined, checkedAt: Date.now() });
	const stored = await keep(holding, token);
	return { token, stored: stored || !own };
}

function take(holding: Holding, { token, stored }: NewToken) {
	holding.held = token;
	if (stored) return;
	const { fn, authMethod, warnings } = holding;
	unstored.set(fn, holding.unstored.set(authMethod.type, token));
	warnings.push(
		'The renewed token could not be stored in the credential; it serves this run only.',
	);
}

async function noteRefusal(holding: Holding) {
	const { held } = holding;
	if (!isToken(held) || held.crosspost) return;
	await keep(holding, { ...held, crosspost: { of: hashOf(held.access_token) } });
}

async function putBack(holding: Holding, token: TokenData) {
	const { fn, authMethod, itemIndex } = holding;
	const stored = tokenIn(await fn.getCredentials(authMethod.type, itemIndex));
	if (isToken(stored) && stored.access_token !== token.access_token) return;
	await keep(holding, token);
}

async function note(holding: Holding, more: TokenMetadata) {
	const { authMethod, unstored: here } = holding;
	const held = bound(holding, holding.held as TokenData, more);
	holding.held = held;
	if (here.has(authMethod.type)) here.set(authMethod.type, held);
	// Another execution may have renewed the token since, and storing this one would undo that.
	if ((await readStored(holding))?.access_token !== held.access_token) return;
	await keep(holding, held);
}

async function keep({ fn, authMethod, credential }: Holding, token: TokenData): Promise<boolean> {
	return await storeToken(fn, authMethod.type, credential, token);
}

async function readStored({ fn, authMethod, itemIndex }: Holding): Promise<TokenData | undefined> {
	const stored: IDataObject = await fn.getCredentials(authMethod.type, itemIndex);
	return refusalOf(stored) === undefined ? usable(stored) : undefined;
}

/** The token with what is known beside it. */
function bound({ bind, held }: Holding, token: TokenData, more: TokenMetadata): TokenData {
	const of = hashOf(token.access_token);
	const kept = { grant: of, ...metadataOf(bind, held), ...more };
	return { ...withoutRefusal(token), crosspost: { ...kept, ...(bind && { bind }), of } };
}

/** What a credential holds of the pack, with a name for the connection in any case. */
export function metadataIn(
	authMethod: AuthMethod,
	credential: IDataObject,
): TokenMetadata & { grant: string } {
	const token = tokenIn(credential);
	const made =
		token?.access_token ?? JSON.stringify(authMethod.secrets.map((one) => credential[one]));
	return { grant: hashOf(made), ...metadataOf(fingerprintOf(authMethod, credential), token) };
}

/**
 * n8n stores an answer as it came: some vendors put the token into a list, and what stands in its
 * place may be of any kind.
 */
export function tokenIn({ oauthTokenData }: IDataObject): TokenData | undefined {
	if (typeof oauthTokenData !== 'object' || oauthTokenData === null) return undefined;
	const { data, ...token } = oauthTokenData as Partial<TokenData> & { data?: unknown };
	const [listed] = Array.isArray(data) ? (data as unknown[]) : [];
	if (isToken(listed)) return { ...token, ...listed };
	const stored = oauthTokenData as TokenData;
	return typeof (stored.access_token ?? '') === 'string' ? stored : { ...stored, access_token: '' };
}

/**
 * What the vendor said, where n8n has stored an error over the token or in its place. One that only
 * passes spoils no token; and one that was there before the token is over: n8n leaves it standing.
 */
function refusalOf(credential: IDataObject): string | undefined {
	const refusal = refusalIn(credential.oauthTokenData);
	const token = tokenIn(credential);
	if (!refusal || !isToken(token)) return refusal?.said;
	if (PASSING.test(refusal.reason)) return undefined;
	const known = (token.crosspost as BoundMetadata | undefined)?.of;
	const isLast = known
		? known === hashOf(token.access_token)
		: endsInRefusal(credential.oauthTokenData);
	return isLast ? refusal.said : undefined;
}

/** The token as it may be used; one with a refusal after it still serves to be told apart. */
function usable(credential: IDataObject): TokenData | undefined {
	const token = tokenIn(credential);
	return token && !refusalOf(credential) ? withoutRefusal(token) : token;
}

export function hashOf(text: string) {
	return createHash('sha256').update(text).digest('hex');
}

function fingerprintOf({ token: policy }: AuthMethod, credential: IDataObject): string | undefined {
	return policy.kind === 'custom' && policy.fingerprint
		? hashOf(policy.fingerprint(credential))
		: undefined;
}

function metadataOf(bind: string | undefined, token?: TokenData): BoundMetadata | undefined {
	const kept = token?.crosspost as BoundMetadata | undefined;
	const fits = kept?.of === hashOf(token?.access_token ?? '') && kept.bind === bind;
	return fits ? kept : undefined;
}
