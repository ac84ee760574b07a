import { createHash } from 'crypto';
import type { IDataObject } from 'n8n-workflow';

import type { AuthMethod, TokenData } from '../contract/authMethod';
import type { NodeContext } from '../contract/http';
import type { NewToken, StoredToken, TokenMetadata } from '../contract/session';
import { isObject } from '../errors/objectIn';
import { storeToken } from './credentialStore';
import { endsInRefusal, isToken, PASSING, refusalIn, withoutRefusal } from './tokenAnswer';

/** Metadata bound to a token, because n8n merges new tokens into old data. */
interface BoundMetadata extends TokenMetadata, IDataObject {
	/** Hash of the access token that the metadata belongs to. */
	of: string;
	/** Hash of `TokenPolicy.fingerprint`. */
	bind?: string;
}

/** Where a node's run gets its token. */
export interface TokenSource {
	fn: NodeContext;
	authMethod: AuthMethod;
	itemIndex: number;
	credential: IDataObject;
	warnings: string[];
}

/** Tokens that could not be stored, by credential type, for the following items of the run. */
const unstored = new WeakMap<NodeContext, Map<string, TokenData>>();

/** The token that this run uses; it may differ from the stored one. */
interface Holding extends TokenSource {
	held: TokenData | undefined;
	/** Hash of `TokenPolicy.fingerprint`. */
	readonly bind: string | undefined;
	/** Tokens of this run that could not be stored, by credential type. */
	readonly unstored: Map<string, TokenData>;
}

/** The stored token of the node's credential, with its metadata. */
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
	// A new token also proves the connection.
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
	// If another execution has renewed the token since, storing this one would undo that.
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

/** The token with its metadata, old and new. */
function bound({ bind, held }: Holding, token: TokenData, more: TokenMetadata): TokenData {
	const of = hashOf(token.access_token);
	const kept = { grant: of, ...metadataOf(bind, held), ...more };
	return { ...withoutRefusal(token), crosspost: { ...kept, ...(bind && { bind }), of } };
}

/** The pack's metadata in a credential; always with a connection ID in `grant`. */
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
 * The token in a credential. n8n stores an answer unchanged: some vendors put the token into a
 * list, and `access_token` may have any type.
 */
export function tokenIn({ oauthTokenData }: IDataObject): TokenData | undefined {
	if (!isObject(oauthTokenData)) return undefined;
	const { data, ...token } = oauthTokenData as Partial<TokenData> & { data?: unknown };
	const [listed] = Array.isArray(data) ? (data as unknown[]) : [];
	if (isToken(listed)) return { ...token, ...listed };
	const stored = oauthTokenData as TokenData;
	return typeof (stored.access_token ?? '') === 'string' ? stored : { ...stored, access_token: '' };
}

/**
 * The vendor's error if n8n stored it over the token or instead of one. A temporary error does not
 * invalidate a token. An error from before the token is ignored; n8n leaves it in the data.
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

/** The usable token. A token with a later refusal is returned unchanged, for comparison only. */
function usable(credential: IDataObject): TokenData | undefined {
	const token = tokenIn(credential);
	return token && !refusalOf(credential) ? withoutRefusal(token) : token;
}

/** SHA-256 in hex digits. */
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
