import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { plainName, type Judge, type SpecRequest } from './model';

interface Parameter {
	name: string;
	type: string;
	required?: boolean;
}

interface Node {
	apis: Array<{ method: string; endpoint?: string; name?: string; params: Parameter[] }>;
	fields: Array<{ name: string }>;
}

interface Enumeration {
	name: string;
	values: string[];
}

/** A node of Meta's description, and the rest of the path. */
interface Place {
	node: string;
	edge: string;
}

const EVERYWHERE = [
	'access_token',
	'appsecret_proof',
	'fields',
	'limit',
	'before',
	'after',
	'since',
	'until',
];

/** Fields that the files lack but that are documented elsewhere. */
const NEWER: Record<string, string[]> = {
	// https://developers.facebook.com/documentation/pages-api/posts
	'POST Page feed': ['attached_media', 'unpublished_content_type'],
	// https://developers.facebook.com/docs/graph-api/reference/page/photos
	'POST Page photos': ['caption', 'url', 'source'],
	'GET Page stories': ['status'],
};

/** Edges that can be requested as fields. */
const EDGES = ['attachments', 'comments', 'insights', 'likes'];

const LOGIN = 'Facebook Login is described on pages for people, not in these files';
const BYTES = 'rupload.facebook.com takes bytes, and is no part of the Graph';
const LEFT_OUT: Record<string, string> = {
	'GET /dialog/oauth': 'the consent page is for people, not part of the API',
	'POST /dialog/oauth': 'the consent page is for people, not part of the API',
	'GET /oauth/access_token': LOGIN,
	'POST /oauth/access_token': LOGIN,
	'GET /debug_token': LOGIN,
};

const NODES = [
	'Page',
	'PagePost',
	'AdVideo',
	'Photo',
	'Comment',
	'User',
	'Business',
	'Stories',
] as const;

/** The node behind an edge, if the edge's name is unambiguous. */
const BY_EDGE: Record<string, (typeof NODES)[number]> = {
	accounts: 'User',
	businesses: 'User',
	permissions: 'User',
	owned_pages: 'Business',
	client_pages: 'Business',
	video_insights: 'AdVideo',
	feed: 'Page',
	photos: 'Page',
	videos: 'Page',
	video_reels: 'Page',
	video_stories: 'Page',
	photo_stories: 'Page',
	published_posts: 'Page',
	scheduled_posts: 'Page',
	stories: 'Page',
};

/** The kind of node that an edge returns. */
const ROWS: Record<string, (typeof NODES)[number]> = {
	accounts: 'Page',
	owned_pages: 'Page',
	client_pages: 'Page',
	businesses: 'Business',
	feed: 'PagePost',
	published_posts: 'PagePost',
	scheduled_posts: 'PagePost',
	stories: 'Stories',
	comments: 'Comment',
};

/**
 * Checks requests against Meta's own node descriptions: edges, methods, parameters, listed values
 * and fields.
 */
export function judge(folder: string): Judge {
	const read = <T>(name: string) =>
		JSON.parse(readFileSync(join(folder, 'facebook', `${name}.json`), 'utf8')) as T;
	const nodes = Object.fromEntries(NODES.map((name) => [name, read<Node>(name)]));
	const enumerations = new Map(
		read<Enumeration[]>('enum_types').map(({ name, values }) => [name, values]),
	);
	return (request) => {
		const path = request.path.replace(/^\/v\d+\.\d+(?=\/)/, '');
		const name = `${request.method} ${path}`;
		if (LEFT_OUT[name]) return { operation: name, leftOut: LEFT_OUT[name] };
		if (path.startsWith('/video-upload/'))
			return { operation: 'POST /video-upload/{id}', leftOut: BYTES };
		const { node, edge } = placeOf(path, String(request.query.fields ?? ''));
		const api = nodes[node]?.apis.find(
			(one) => one.method === request.method && (one.endpoint ?? '') === edge,
		);
		if (!api) return { unknown: `${request.method} ${node} ${edge}` };
		const operation = [request.method, node, edge].filter(Boolean).join(' ');
		const shown = nodes[edge ? (ROWS[edge] ?? node) : node];
		return {
			operation,
			problems: [
				...parameterProblems(api.params, NEWER[operation] ?? [], enumerations, request),
				...(request.method === 'GET' ? fieldProblems(shown!, request) : []),
			],
		};
	};
}

/**
 * The ID of a post has two parts, that of a Page or a video one; that of a comment begins with the
 * ID of its post.
 */
function placeOf(path: string, fields: string): Place {
	const [, id = '', edge = ''] = path.split('/');
	const known = BY_EDGE[edge];
	if (known) return { node: known, edge };
	// With a Page's own token `me` is the Page.
	if (id === 'me') return { node: fields.includes('category') ? 'Page' : 'User', edge };
	// Only Pages have tokens; their IDs in tests begin with these digits.
	if (/^1000\d+$/.test(id) || fields === 'access_token') return { node: 'Page', edge };
	if (/^1000\d+_\d+$/.test(id)) return { node: 'PagePost', edge };
	return { node: id.includes('_') ? 'Comment' : 'AdVideo', edge };
}

function parameterProblems(
	params: Parameter[],
	newer: string[],
	enumerations: Map<string, string[]>,
	{ query, body }: SpecRequest,
): string[] {
	const given: Record<string, unknown> = { ...query, ...((body ?? {}) as object) };
	const missing = params
		.filter(({ name, required }) => required && given[name] === undefined)
		.map(({ name }) => `${name} is missing`);
	const wrong = Object.entries(given).flatMap(([name, value]) => {
		const plain = plainName(name);
		const known = params.find((one) => one.name === plain);
		if (!known) return [...EVERYWHERE, ...newer].includes(plain) ? [] : [`${plain} is not known`];
		const values = enumerations.get(known.type);
		// Meta's pages and examples write the listed phases in lower case.
		const fits = !values || values.some((one) => one.toLowerCase() === String(value).toLowerCase());
		return fits ? [] : [`${plain} cannot be ${String(value)}`];
	});
	return [...missing, ...wrong];
}

function fieldProblems(node: Node, { query }: SpecRequest): string[] {
	const known = new Set([...node.fields.map(({ name }) => name), ...EDGES, 'permissions']);
	return topLevel(String(query.fields ?? ''))
		.filter((field) => field && !known.has(field))
		.map((field) => `field ${field} is not known`);
}

/** `id,from{id,name}` -> ['id', 'from'] */
function topLevel(list: string): string[] {
	let text = list;
	for (let last = ''; last !== text; ) {
		last = text;
		text = text.replace(/\{[^{}]*\}/g, '');
	}
	return text.split(',').map((one) => one.trim());
}
