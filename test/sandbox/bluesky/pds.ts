import { xrpcError, xrpcRefusals, xrpcRoute } from './xrpc';
import { serve } from '../kit/server';
import { tokenStore } from '../kit/tokens';
import type { Call, Platform, Reply, Route, Sandbox } from '../kit/types';

interface Stored {
	uri: string;
	cid: string;
	value: Record<string, unknown>;
}

interface PdsState {
	records: Stored[];
	/** Whether the app password was deleted. */
	revoked: boolean;
}

/** The existing accounts; the connected one is the first. */
const DIDS: Record<string, string> = {
	'alice.test': 'did:plc:alice',
	'bob.test': 'did:plc:bob',
};
const [OWN] = Object.values(DIDS);

/** The part of a PDS that the node uses, in memory; other tests cover what a real one refuses. */
export async function startPds(): Promise<Sandbox<PdsState>> {
	return await serve<PdsState>('pds', ({ clock }) => pds(tokenStore(clock)), {});
}

function pds(tokens: Platform<PdsState>['tokens']): Platform<PdsState> {
	const state: PdsState = { records: [], revoked: false };
	return {
		state,
		tokens,
		routes: [...accountRoutes(state), ...writeRoutes(state), ...readRoutes(state)],
		refusals: xrpcRefusals(),
		bearer: () => undefined,
		issueToken: () => {
			throw new Error('tokens come with a session');
		},
		show: () => state,
	};
}

const json = (body: object): Reply => ({ status: 200, json: body });
const bodyOf = ({ body }: Call) => (body.kind === 'json' ? body.value : {}) as Partial<Asked>;

interface Asked {
	repo: string;
	collection: string;
	rkey: string;
	record: Stored['value'];
	writes: Array<{ collection: string; rkey: string; value: Stored['value'] }>;
}

const encoded = (claims: object) => Buffer.from(JSON.stringify(claims)).toString('base64url');

/** A token with its end and its account; nobody checks the signature. */
const jwt = (claims: object) => `${encoded({ alg: 'none' })}.${encoded(claims)}.signature`;

function session({ revoked }: PdsState): Reply {
	if (revoked) return xrpcError(401, 'AuthenticationRequired', 'Invalid identifier or password');
	const exp = Math.floor(Date.now() / 1000) + 7200;
	const didDoc = { service: [{ id: '#atproto_pds', serviceEndpoint: 'https://localhost' }] };
	const tokens = { accessJwt: jwt({ exp }), refreshJwt: jwt({ exp, scope: 'refresh' }) };
	return json({ ...tokens, did: OWN, handle: 'alice.test', didDoc });
}

function accountRoutes(state: PdsState): Route[] {
	const server = 'com.atproto.server';
	const login = () => session(state);
	const me = { did: OWN, handle: 'alice.test', active: true };
	return [
		xrpcRoute('login', 'POST', `${server}.createSession`, login),
		xrpcRoute('refresh', 'POST', `${server}.refreshSession`, login),
		xrpcRoute('logout', 'POST', `${server}.deleteSession`, () => json({})),
		xrpcRoute('session', 'GET', `${server}.getSession`, () => json(me)),
		xrpcRoute('auth', 'GET', `${server}.getServiceAuth`, ({ query }) => {
			const { exp, ...claims } = Object.fromEntries(query);
			return json({ token: jwt({ ...claims, iss: OWN, exp: Number(exp) }) });
		}),
		xrpcRoute('handle', 'GET', 'com.atproto.identity.resolveHandle', ({ query }) => {
			const did = DIDS[query.get('handle') ?? ''];
			return did ? json({ did }) : xrpcError(400, 'HandleNotFound', 'Unable to resolve handle');
		}),
		xrpcRoute('describe', 'GET', 'com.atproto.repo.describeRepo', ({ query }) => {
			const found = Object.entries(DIDS).find((one) => one.includes(query.get('repo') ?? ''));
			const [handle, did] = found ?? [];
			return did ? json({ handle, did }) : xrpcError(400, 'InvalidRequest', 'No such repo');
		}),
	];
}

const uriOf = (repo: unknown, collection: unknown, rkey: unknown) =>
	`at://${String(repo)}/${String(collection)}/${String(rkey)}`;

function writeRoutes({ records }: PdsState): Route[] {
	const repo = 'com.atproto.repo';
	const add = (uri: string, value: Stored['value']) => {
		const cid = `bafyrei${records.length}`;
		records.push({ uri, cid, value });
		return { uri, cid };
	};
	return [
		xrpcRoute('blob', 'POST', `${repo}.uploadBlob`, ({ body }) => json({ blob: blobIn(body) })),
		xrpcRoute('put', 'POST', `${repo}.putRecord`, (call) => {
			const { repo: did, collection, rkey, record = {} } = bodyOf(call);
			return json(add(uriOf(did, collection, rkey), record));
		}),
		xrpcRoute('apply', 'POST', `${repo}.applyWrites`, (call) => {
			const { repo: did, writes = [] } = bodyOf(call);
			const results = writes.map((one) => add(uriOf(did, one.collection, one.rkey), one.value));
			return json({ results });
		}),
		xrpcRoute('delete', 'POST', `${repo}.deleteRecord`, () => json({})),
	];
}

function readRoutes(state: PdsState): Route[] {
	const repo = 'com.atproto.repo';
	return [
		xrpcRoute('get', 'GET', `${repo}.getRecord`, ({ query }) => {
			const uri = uriOf(query.get('repo'), query.get('collection'), query.get('rkey'));
			const found = state.records.find((one) => one.uri === uri);
			return found ? json(found) : xrpcError(400, 'RecordNotFound', 'Could not locate record');
		}),
		xrpcRoute('list', 'GET', `${repo}.listRecords`, ({ query }) => {
			const start = uriOf(query.get('repo'), query.get('collection'), '');
			const records = state.records.filter(({ uri }) => uri.startsWith(start)).reverse();
			return json({ records: records.slice(0, Number(query.get('limit') ?? 50)) });
		}),
	];
}

function blobIn(body: Call['body']) {
	if (body.kind !== 'binary') return undefined;
	const { sha256, length: size } = body.digest;
	return { $type: 'blob', ref: { $link: `b${sha256.slice(0, 20)}` }, mimeType: body.type, size };
}
