import { MINUTE } from '../kit/clock';
import { route } from '../kit/router';
import { refuse, type Call, type Reply, type Route, type SandboxMedia } from '../kit/types';
import {
	invalid,
	jsonBody,
	mayRead,
	mayWriteAs,
	missing,
	restCall,
	restError,
	unknownFields,
} from './errors';
import { understood, type Understood } from './littleText';
import { STRANGERS_POST } from '../../platforms/linkedIn';
import { type Asset, type LinkedInPost, type Server } from './model';
import { attached, checkLength, checkPost, type Created } from './rules';

const LATELY = 10 * MINUTE;
const EDITABLE = ['commentary', 'contentCallToActionLabel', 'contentLandingPage', 'lifecycleState'];

export function postRoutes(server: Server): Route[] {
	return [
		route('publish', 'POST', '/rest/posts', (call) => create(server, call)),
		route('list', 'GET', '/rest/posts', (call) => list(server, call)),
		route('get', 'GET', '/rest/posts/:urn', (call) => get(server, call)),
		route('edit', 'POST', '/rest/posts/:urn', (call) => edit(server, call)),
		route('delete', 'DELETE', '/rest/posts/:urn', (call) => remove(server, call)),
	];
}

function create(server: Server, call: Call): Reply {
	const token = restCall(server, call);
	const asked = checkPost(jsonBody(call));
	mayWriteAs(server, token, asked.author, 'partnerApiPosts.CREATE');
	const text = understood(asked.commentary);
	checkLength(text);
	if (!text.text && !asked.content && !asked.reshareContext)
		invalid('INVALID_VALUE_BLANK_FIELD', 'The post has neither text nor content', 'commentary');
	const media = attached(server, asked);
	checkParent(server, asked);
	checkDuplicate(server, asked);
	const post = commit(server, token.account, asked, text, media);
	const id = server.settings.encodedIds ? encodeURIComponent(post.id) : post.id;
	return { status: 201, headers: { 'x-restli-id': id } };
}

function checkParent({ state }: Server, { reshareContext }: Created): void {
	if (!reshareContext) return;
	const { parent } = reshareContext;
	if (!/^urn:li:(share|ugcPost):\d+$/.test(parent))
		invalid('INVALID_URN_TYPE', `"${parent}" is not a share or ugcPost`, 'reshareContext/parent');
	if (parent === STRANGERS_POST) return;
	const found = state.posts.find(({ id }) => id === parent);
	if (!found) return invalid('INVALID_URN_ID', `${parent} does not exist`, 'reshareContext/parent');
	if (found.options.isReshareDisabledByAuthor)
		invalid('INVALID_VALUE_FOR_FIELD', `${parent} may not be reshared`, 'reshareContext/parent');
}

function checkDuplicate({ state, clock }: Server, { author, commentary }: Created): void {
	const same = state.posts.find(
		(post) =>
			post.author === author &&
			commentary !== '' &&
			post.commentary === commentary &&
			Date.parse(post.createdAt) > clock.now() - LATELY,
	);
	if (same) refuse(duplicateOf(same.id));
}

export function duplicateOf(id: string): Reply {
	const input = { description: 'Duplicate post is detected', input: {}, code: 'DUPLICATE_POST' };
	const { json, status } = restError({
		status: 422,
		code: 'UNPROCESSABLE_ENTITY',
		message: `com.linkedin.content.common.exception.BadRequestResponseException: Content is a duplicate of ${id}`,
		inputErrors: [input],
	});
	return { status, json };
}

function commit(
	server: Server,
	account: string,
	asked: Created,
	{ text, cut, mentions }: Understood,
	media: Asset[],
): LinkedInPost {
	const { author, commentary, visibility, reshareContext, ...options } = asked;
	const own = options.content?.media ?? options.content?.poll;
	const id = `urn:li:${own && !asked.content?.media?.id.includes(':image:') ? 'ugcPost' : 'share'}:${server.newId()}`;
	const now = new Date(server.clock.now()).toISOString();
	const post: LinkedInPost = {
		id,
		url: `${server.url}/feed/update/${id}/`,
		account,
		author,
		text,
		cut,
		mentions: named(server, mentions),
		commentary,
		visibility,
		createdAt: now,
		modifiedAt: now,
		media: media.map((asset) => Object.assign(asset, altOf(asset, asked))),
		shown: media.every(({ state }) => state === 'uploaded'),
		...(reshareContext && { quoteOf: reshareContext.parent }),
		options: { ...options },
	};
	server.state.posts.push(post);
	return post;
}

function altOf({ id }: Asset, { content }: Created): Pick<SandboxMedia, 'alt'> {
	const alt = content?.multiImage
		? content.multiImage.images.find((image) => image.id === id)?.altText
		: content?.media?.altText;
	return alt ? { alt } : {};
}

/** A mention whose name differs from that of the organization stays plain text. */
function named({ settings }: Server, mentions: Understood['mentions']) {
	return mentions.filter(({ name, urn }) => {
		const known = settings.organizations.find(({ id }) => urn === `urn:li:organization:${id}`);
		return known ? known.name === name : !urn.includes(':organization:');
	});
}

/** Returns the URN in the path, where it must be encoded. */
export function urnIn(call: Call, name = 'urn'): string {
	if (/[:(),']/.test(call.path))
		invalid(
			'ILLEGAL_ARGUMENT',
			`Invalid path: reserved characters of "${call.path}" must be encoded`,
		);
	return call.params[name]!;
}

/** Reads a query in the grammar of Rest.li 2.0, where URNs are encoded. */
export function restQuery(call: Call): URLSearchParams {
	for (const pair of call.search.replace(/^\?/, '').split('&')) {
		const value = pair.split('=')[1] ?? '';
		if (/[:(),']/.test(value.replace(/^List\(([^():']*)\)$/, '')))
			invalid('ILLEGAL_ARGUMENT', `Invalid query parameters passed to request: ${pair}`);
	}
	return call.query;
}

function found(server: Server, call: Call): LinkedInPost {
	const urn = urnIn(call);
	if (!/^urn:li:(share|ugcPost):\d+$/.test(urn))
		invalid('INVALID_URN_TYPE', `"${urn}" is not a share or ugcPost`, 'id');
	return server.state.posts.find(({ id }) => id === urn) ?? missing(urn);
}

function get(server: Server, call: Call): Reply {
	const token = restCall(server, call);
	const post = found(server, call);
	mayRead(server, token, post.author, 'partnerApiPosts.GET');
	return { status: 200, json: entity(post) };
}

function list(server: Server, call: Call): Reply {
	const token = restCall(server, call);
	const query = restQuery(call);
	if (query.get('q') !== 'author' || !query.get('author'))
		return restError({
			status: 400,
			code: 'BAD_REQUEST',
			message: 'No finder with these parameters',
		});
	const author = query.get('author')!;
	mayRead(server, token, author, 'partnerApiPosts.FINDER-author');
	const order = query.get('sortBy') === 'CREATED' ? 'createdAt' : 'modifiedAt';
	const own = server.state.posts
		.filter((post) => post.author === author)
		.reverse()
		.sort((left, right) => Date.parse(right[order]) - Date.parse(left[order]));
	return paged(call, own.map(entity), 100);
}

/** One page of a collection in the form of Rest.li. */
export function paged({ query, path, search }: Call, all: unknown[], most: number): Reply {
	const start = Number(query.get('start') ?? 0);
	const count = Number(query.get('count') ?? 10);
	if (!(count >= 1 && count <= most))
		invalid('INVALID_VALUE_FOR_FIELD', `count must be 1 to ${most}`, 'count');
	const more = start + count < all.length;
	const rest = new URLSearchParams(search);
	rest.set('start', String(start + count));
	const next = { type: 'application/json', rel: 'next', href: `${path}?${rest}` };
	return {
		status: 200,
		json: {
			elements: all.slice(start, start + count),
			paging: { start, count, links: more ? [next] : [] },
		},
	};
}

function entity(post: LinkedInPost) {
	const { id, author, commentary, visibility, quoteOf, createdAt, modifiedAt, options } = post;
	return {
		id,
		author,
		commentary: understood(commentary).canonical,
		visibility,
		...(quoteOf && { reshareContext: { parent: quoteOf, root: quoteOf } }),
		...options,
		createdAt: Date.parse(createdAt),
		publishedAt: Date.parse(createdAt),
		lastModifiedAt: Date.parse(modifiedAt),
		lifecycleStateInfo: { isEditedByAuthor: createdAt !== modifiedAt },
	};
}

function edit(server: Server, call: Call): Reply {
	const token = restCall(server, call);
	if (String(call.headers['x-restli-method']).toUpperCase() !== 'PARTIAL_UPDATE')
		return restError({ status: 400, code: 'BAD_REQUEST', message: 'No such method on an entity' });
	const post = found(server, call);
	mayWriteAs(server, token, post.author, 'partnerApiPosts.PARTIAL_UPDATE');
	const { $set = {} } = (jsonBody(call).patch ?? {}) as { $set?: { commentary?: string } };
	unknownFields($set, EDITABLE, '/patch/$set');
	if ((post.options as Partial<Created>).content?.poll)
		invalid('INVALID_VALUE_FOR_FIELD', 'A poll cannot be edited', 'content/poll');
	if ($set.commentary !== undefined) {
		const { text, cut, mentions } = understood($set.commentary);
		checkLength(understood($set.commentary));
		const more = { text, cut, mentions: named(server, mentions), commentary: $set.commentary };
		Object.assign(post, more, { modifiedAt: new Date(server.clock.now()).toISOString() });
	}
	return { status: 204 };
}

/** A missing post counts as deleted. */
function remove(server: Server, call: Call): Reply {
	const token = restCall(server, call);
	const { state } = server;
	const post = state.posts.find(({ id }) => id === urnIn(call));
	if (!post) return { status: 204 };
	mayWriteAs(server, token, post.author, 'partnerApiPosts.DELETE');
	state.posts.splice(state.posts.indexOf(post), 1);
	state.deleted.push(post);
	return { status: 204 };
}
