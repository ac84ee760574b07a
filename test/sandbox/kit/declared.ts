import { nested } from './body';
import type { Declaration, DeclaredRoute, Refused, Sent, Told } from './declaration';
import { ACCOUNTS } from './defaults';
import type { FilePart } from './multipart';
import { postPage } from './page';
import { problems } from './schema';
import type { Surroundings } from './server';
import { tokenStore, type Token, type TokenStore } from './tokens';
import { Refusal, refuse, type Call, type Platform, type Reply, type SandboxPost } from './types';

export interface DeclaredState {
	posts: SandboxPost[];
	deleted: string[];
}

interface Server {
	declaration: Declaration;
	state: DeclaredState;
	tokens: TokenStore;
	around: Surroundings;
	newId(): string;
}

/** An imitation made of data alone: it checks requests, keeps posts and refuses in the vendor's words. */
export function declared(declaration: Declaration) {
	return (_options: object, around: Surroundings): Platform<DeclaredState> => {
		const server = setUp(declaration, around);
		const { state, tokens } = server;
		const { routes, page, name } = declaration;
		const find = (call: Call) => state.posts.find(({ id }) => id === call.params.id);
		const shown = { operation: 'page', method: 'GET', path: page ?? '' };
		return {
			state,
			tokens,
			routes: [
				...routes.map((route) => ({
					...route,
					handle: (call: Call) => handle(server, route, call),
				})),
				...(page ? [{ ...shown, handle: (call: Call) => postPage(name, find(call)) }] : []),
			],
			refusals: refusals(declaration),
			bearer: (call) => tokenIn(declaration, call),
			issueToken: ({ account, scopes = [], lifeMs = declaration.tokenLife, kind }) =>
				issued(
					tokens.issue({
						account: account ?? accountsOf(declaration)[0],
						client: 'client-1',
						scopes,
						...(kind && { kind }),
						...(lifeMs !== undefined && { lifeMs, refreshLifeMs: 10 * lifeMs }),
					}),
				),
			show: () => ({
				...state,
				tokens: tokens.all.map(({ value: _value, refresh: _refresh, ...rest }) => rest),
			}),
		};
	};
}

function setUp(declaration: Declaration, around: Surroundings): Server {
	let next = declaration.firstId;
	return {
		declaration,
		around,
		state: { posts: [], deleted: [] },
		tokens: tokenStore(around.clock),
		newId: () => String(next++),
	};
}

const accountsOf = ({ accounts = ACCOUNTS }: Declaration) => accounts;

function issued({ value, refresh, account, scopes, expiresAt }: Token) {
	return {
		...{ accessToken: value, account, scopes },
		...(refresh && { refreshToken: refresh }),
		...(expiresAt !== undefined && { expiresAt }),
	};
}

function tokenIn({ token }: Declaration, call: Call): string | undefined {
	if (token.in === 'path') return call.params[token.name];
	if (token.in === 'query') return call.query.get(token.name) ?? undefined;
	const { scheme = '' } = token;
	const value = String(call.headers[token.name.toLowerCase()] ?? '');
	const start = scheme && `${scheme} `;
	return value.toLowerCase().startsWith(start.toLowerCase())
		? value.slice(start.length)
		: undefined;
}

/** What it does, once everything about the request is found right. */
function handle(server: Server, route: DeclaredRoute, call: Call): Reply {
	const { declaration, state } = server;
	const sent = sentIn(server, route, call);
	const wrong = route.check?.(sent);
	if (wrong) no(declaration, wrong);
	const post = postOf(server, route, sent);
	if (route.on === 'delete') {
		state.posts.splice(state.posts.indexOf(post), 1);
		state.deleted.push(post.id);
	}
	const json = route.answer?.(sent, post);
	return { status: route.status ?? 200, ...(json !== undefined && { json }) };
}

function sentIn(server: Server, route: DeclaredRoute, call: Call): Sent {
	const { declaration } = server;
	call.token = alive(server, call);
	for (const [name, value] of Object.entries(route.query ?? {})) {
		if (call.query.get(name) !== value) invalid(declaration, [`${name}: must be ${value}`]);
	}
	const body = bodyIn(declaration, route, call);
	const found = route.body ? problems(route.body, body) : [];
	if (found.length > 0) invalid(declaration, found);
	const files = filesIn(declaration, route, call);
	const { account, value: token } = call.token;
	return { account, token, body, files, raw: call.body, call };
}

function alive({ declaration, tokens }: Server, call: Call): Token {
	const token = tokens.find(tokenIn(declaration, call));
	if (token && tokens.health(token) === 'live') return token;
	return no(declaration, declaration.refusals.deadToken);
}

function bodyIn(declaration: Declaration, { files }: DeclaredRoute, { body }: Call): Sent['body'] {
	if (body.kind === 'json') return body.value as Sent['body'];
	if (body.kind !== 'form' && body.kind !== 'multipart') return {};
	if (!files?.json) return nested(body.fields);
	const text = body.fields.find(([name]) => name === files.json)?.[1] ?? '{}';
	try {
		return JSON.parse(text) as Sent['body'];
	} catch {
		return invalid(declaration, [`${files.json}: no JSON`]);
	}
}

function filesIn(declaration: Declaration, { files }: DeclaredRoute, { body }: Call): FilePart[] {
	if (body.kind !== 'multipart') return [];
	const { field, count, bytes } = files ?? { field: String, count: 0, bytes: 0 };
	const { tooLarge } = declaration.refusals;
	if (body.files.some(({ length }) => length > bytes)) no(declaration, tooLarge);
	if (body.files.length > count) invalid(declaration, [`files: at most ${count}`]);
	const strange = body.files.filter((file, at) => file.field !== field(at));
	if (strange.length > 0) invalid(declaration, [`${strange[0].field}: not expected here`]);
	return body.files;
}

/** The post that is made, or that the path names; for what has to do with none, an empty one. */
function postOf(server: Server, { on, makes }: DeclaredRoute, sent: Sent): SandboxPost {
	const { declaration, state } = server;
	if (!on) return makes ? added(server, sent, makes(sent)) : blank(server, '', sent);
	const post = state.posts.find(({ id }) => id === sent.call.params.id);
	if (!post || post.account !== sent.account) {
		return no(declaration, declaration.refusals.notFound);
	}
	if (on === 'change' && makes) {
		const { alts: _alts, ...change } = makes(sent);
		Object.assign(post, change);
	}
	return post;
}

type Words = ReturnType<NonNullable<DeclaredRoute['makes']>>;

function added(server: Server, sent: Sent, { alts = [], ...words }: Words): SandboxPost {
	const post = { ...blank(server, server.newId(), sent), ...words };
	post.media = sent.files.map(({ type, length, sha256 }, at) => ({
		...{ id: server.newId(), type, length, sha256 },
		...(alts[at] && { alt: alts[at] }),
	}));
	server.state.posts.push(post);
	return post;
}

function blank({ declaration, around }: Server, id: string, { account }: Sent): SandboxPost {
	const { page = '', urlOf = (one, base) => base + page.replace(':id', one) } = declaration;
	const createdAt = new Date(around.clock.now()).toISOString();
	return { id, account, createdAt, url: urlOf(id, around.url), text: '', media: [], options: {} };
}

function worded(declaration: Declaration, told: Told): Reply {
	const headers = told.retryAfter ? { 'retry-after': String(told.retryAfter) } : undefined;
	return { status: told.status, json: declaration.envelope(told), ...(headers && { headers }) };
}

function no(declaration: Declaration, refused: Refused): never {
	return refuse(worded(declaration, refused));
}

function invalid(declaration: Declaration, found: readonly string[]): never {
	throw new Refusal(worded(declaration, { ...declaration.refusals.malformed, problems: found }));
}

function refusals(declaration: Declaration): Platform<DeclaredState>['refusals'] {
	const { special = {}, ...told } = declaration.refusals;
	const say = (one: Told) => worded(declaration, one);
	return {
		notFound: () => say(told.notFound),
		malformed: (_call, reason) => say({ ...told.malformed, problems: [reason] }),
		tooLarge: () => say(told.tooLarge),
		rateLimited: (_call, retryAfter) => say({ ...told.rateLimited, retryAfter }),
		serverError: (_call, status) => say({ ...told.serverError, status }),
		deadToken: () => say(told.deadToken),
		refused: () => say(told.refused),
		mediaRefused: () => say(told.mediaRefused ?? told.refused),
		special: Object.fromEntries(
			Object.entries(special).map(([kind, one]) => [kind, () => say(one)]),
		),
	};
}
