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

/** A node of Meta's description, the rest of the path, and the kind of node in the answer. */
interface Place {
	node: string;
	edge: string;
	rows?: string;
}

type Kind = 'user' | 'media' | 'comment' | 'container';

/** The files of the two hosts; some nodes are the same on both. */
const FILES: Record<'instagram' | 'facebook', Record<Kind, string>> = {
	instagram: {
		user: 'IGUserForIGOnlyAPI',
		media: 'IGMediaForIGOnlyAPI',
		comment: 'IGComment',
		container: 'ShadowIGMediaBuilder',
	},
	facebook: {
		user: 'IGUser',
		media: 'IGMedia',
		comment: 'IGComment',
		container: 'ShadowIGMediaBuilder',
	},
};

/** The kind of node that an edge returns. */
const ROWS: Record<string, Kind> = {
	media: 'media',
	stories: 'media',
	comments: 'comment',
	replies: 'comment',
};

const TOKENS: Record<string, string> = {
	'GET /access_token': 'IGAccessTokenForIGOnlyAPI',
	'GET /refresh_access_token': 'IGRefreshAccessTokenForIGOnlyAPI',
};

const EVERYWHERE = ['access_token', 'appsecret_proof', 'fields', 'limit', 'before', 'after'];

/** Documented at https://developers.facebook.com/documentation/instagram-platform/instagram-graph-api/reference/ig-user/media, newer than the files. */
const NEWER: Record<string, string[]> = { 'POST media': ['is_ai_generated'] };

/** Edges that can be requested as fields, and fields that the files lack. */
const EDGES = ['children', 'replies', 'quota_usage', 'config'];

const LOGIN = 'Facebook Login and the Pages stand in the files of Facebook';
const LEFT_OUT: ReadonlyArray<readonly [RegExp, string]> = [
	[/ \/oauth\//, 'the code swap is described on pages for people'],
	[/ \/facebook\/(dialog|oauth|debug_token|me)\b/, LOGIN],
	[/ \/ig-api-upload\//, 'rupload.facebook.com takes bytes, and is no part of the Graph'],
];

/** The only edge whose name in the file is wrong; Meta's pages have the right one. */
const SPELLED: Record<string, string> = { media_publish: 'mediapublish' };

/**
 * Checks requests against Meta's node descriptions of both hosts: edges, methods, parameters,
 * values and fields.
 */
export function judge(folder: string): Judge {
	const read = <T>(name: string) =>
		JSON.parse(readFileSync(join(folder, 'instagram', `${name}.json`), 'utf8')) as T;
	const names = [...new Set(Object.values(FILES).flatMap((files) => Object.values(files)))];
	const nodes = new Map(
		[...names, ...Object.values(TOKENS)].map((name) => [name, read<Node>(name)]),
	);
	const enumerations = new Map(
		read<Enumeration[]>('enum_types').map(({ name, values }) => [name, values]),
	);
	return (request) => {
		const path = request.path.replace(/^(\/facebook)?\/v\d+\.\d+(?=\/)/, '$1');
		const name = `${request.method} ${path}`;
		const why = LEFT_OUT.find(([pattern]) => pattern.test(name))?.[1];
		if (why) return { operation: name.replace(/\/\d+/g, '/{id}'), leftOut: why };
		const place = TOKENS[name] ? { node: TOKENS[name], edge: '' } : placeOf(path, request);
		const { node, edge, rows = node } = place;
		const api = nodes
			.get(node)!
			.apis.find(
				(one) =>
					one.method === request.method && [edge, SPELLED[edge]].includes(one.endpoint ?? ''),
			);
		const operation = [request.method, node, edge].filter(Boolean).join(' ');
		if (!api) return { unknown: operation };
		const newer = NEWER[`${request.method} ${edge}`] ?? [];
		const problems = parameters(api.params, newer, enumerations, request);
		const wrong = request.method === 'GET' ? fields(nodes.get(rows)!, request) : [];
		return { operation, problems: [...problems, ...wrong] };
	};
}

/** IDs of users begin with certain digits in tests; of a container only the status is read. */
function placeOf(path: string, { query, method, body }: SpecRequest): Place {
	const host = path.startsWith('/facebook/') ? 'facebook' : 'instagram';
	const [id = '', edge = ''] = path.replace('/facebook/', '/').split('/').slice(1);
	const asked = String(query.fields ?? '');
	const user = id === 'me' || /^17841/.test(id);
	const container = method === 'GET' && /^(status_code|video_status)/.test(asked);
	const hidden = (body as { hide?: unknown } | undefined)?.hide !== undefined;
	const comment = edge === 'replies' || hidden || (method === 'DELETE' && host === 'instagram');
	const kind: Kind = user ? 'user' : container ? 'container' : comment ? 'comment' : 'media';
	const files = FILES[host];
	return { node: files[kind], edge, rows: files[ROWS[edge] ?? kind] };
}

function parameters(
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
		const values = enumerations.get(known.type.replace(/^list<(.+)>$/, '$1'));
		const odd = String(value)
			.split(',')
			.filter((one) => values && !values.includes(one));
		return odd.map((one) => `${plain} cannot be ${one}`);
	});
	return [...missing, ...wrong];
}

function fields(node: Node, { query }: SpecRequest): string[] {
	const known = new Set([...node.fields.map(({ name }) => name), ...EDGES]);
	return String(query.fields ?? '')
		.replace(/\{[^{}]*\}/g, '')
		.split(',')
		.filter((field) => field && !known.has(field))
		.map((field) => `field ${field} is not known`);
}
