import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Judge, SpecRequest } from './model';
import { Lexicons, jsonToLex, type LexiconDoc } from './vendor/lexicon';

const WRITES = ['com.atproto.repo.createRecord', 'com.atproto.repo.putRecord'];

/** Checks requests against the AT Protocol's lexicons: parameters, inputs and records in them. */
export function judge(folder: string): Judge {
	const lexicons = new Lexicons(documents(join(folder, 'bluesky/lexicons')));
	return (request) => {
		const nsid = /^\/xrpc\/([\w.-]+)$/.exec(request.path)?.[1];
		const definition = nsid && lexicons.getDef(nsid);
		if (!nsid || !definition) return { unknown: `${request.method} ${request.path}` };
		const isQuery = definition.type === 'query';
		const wrongMethod = request.method !== (isQuery ? 'GET' : 'POST');
		return {
			operation: nsid,
			problems: [
				...(wrongMethod ? [`is a ${definition.type}, not for ${request.method}`] : []),
				...attempt(() => lexicons.assertValidXrpcParams(nsid, params(definition, request))),
				...(isQuery ? [] : input(lexicons, nsid, definition as Procedure, request)),
			],
		};
	};
}

interface Procedure {
	parameters?: { properties?: Record<string, { type: string }> };
	input?: { encoding: string; schema?: unknown };
}

export function documents(folder: string): LexiconDoc[] {
	return readdirSync(folder, { recursive: true, encoding: 'utf8' })
		.filter((name) => name.endsWith('.json'))
		.map((name) => JSON.parse(readFileSync(join(folder, name), 'utf8')) as LexiconDoc);
}

function attempt(check: () => unknown): string[] {
	try {
		check();
		return [];
	} catch (error) {
		return [(error as Error).message];
	}
}

/** Query strings have no types; the lexicon has. */
function params(definition: unknown, { query }: SpecRequest): Record<string, unknown> {
	const types = (definition as Procedure).parameters?.properties ?? {};
	return Object.fromEntries(
		Object.entries(query).map(([name, value]) => {
			const type = types[name]?.type;
			if (type === 'integer') return [name, Number(value)];
			if (type === 'boolean') return [name, value === 'true'];
			return [name, type === 'array' && !Array.isArray(value) ? [value] : value];
		}),
	);
}

function input(
	lexicons: Lexicons,
	nsid: string,
	{ input: expected }: Procedure,
	request: SpecRequest,
): string[] {
	const type = request.contentType.split(';')[0]!.trim();
	if (!expected) return request.body === undefined && !request.binary ? [] : ['takes no body'];
	const encodings = expected.encoding.split(',').map((one) => one.trim());
	const isKnown = encodings.includes('*/*') || encodings.includes(type);
	// The video service accepts more types than its lexicon lists.
	const isVideo = nsid === 'app.bsky.video.uploadVideo' && /^(video\/|image\/gif)/.test(type);
	if (!isKnown && !isVideo)
		return [`takes ${expected.encoding}, not ${type || 'a body without type'}`];
	if (!expected.schema) return [];
	const body = jsonToLex(request.body as never) as Record<string, unknown>;
	return [
		...attempt(() => lexicons.assertValidXrpcInput(nsid, body)),
		...records(lexicons, nsid, body),
	];
}

interface Write {
	collection?: string;
	record?: unknown;
	value?: unknown;
}

function records(lexicons: Lexicons, nsid: string, body: Record<string, unknown>): string[] {
	const writes: Write[] = WRITES.includes(nsid)
		? [body]
		: nsid === 'com.atproto.repo.applyWrites'
			? ((body.writes ?? []) as Write[])
			: [];
	return writes.flatMap(({ collection, record, value }) => {
		const written = record ?? value;
		if (!collection || written === undefined) return [];
		return attempt(() => lexicons.assertValidRecord(collection, written));
	});
}
