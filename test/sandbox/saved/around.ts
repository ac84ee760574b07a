import type { IDataObject, INode } from 'n8n-workflow';

import { normalise } from './normalise';
import { lineOf, withoutPolls, type Line } from './requests';
import type { Crawl } from './worlds/files';
import type { World } from './worlds/world';

/** The requests of a saved node to each platform, and its output. */
export interface Done {
	requests: Record<string, Line[]>;
	output: IDataObject[][];
}

/** The platforms of one node, by id. */
export type Around = Record<string, World>;

export async function around({ type, parameters }: INode, crawl: Crawl): Promise<Around> {
	const [, name] = type.split('.');
	const ids = (parameters.platforms ?? [name]) as string[];
	const made = ids.map(async (id) => [id, await worldOf(id, crawl)] as const);
	return Object.fromEntries(await Promise.all(made));
}

async function worldOf(id: string, crawl: Crawl): Promise<World> {
	const { world } = (await import(`./worlds/${id}`)) as { world: (crawl: Crawl) => Promise<World> };
	return await world(crawl);
}

/** The item that an earlier step would give the node. */
export function itemOf(worlds: Around, json?: IDataObject): IDataObject {
	return Object.assign(
		{},
		...Object.values(worlds).map((world) => world.json),
		json,
	) as IDataObject;
}

export function credentialsOf(worlds: Around): World['credentials'] {
	const all = Object.values(worlds).map(({ credentials }) => credentials);
	return Object.assign({}, ...all) as World['credentials'];
}

/** The number of requests to each platform. */
export function counted(worlds: Around): Record<string, number> {
	return Object.fromEntries(
		Object.entries(worlds).map(([id, { requests }]) => [id, requests().length]),
	);
}

/** The comparable parts of a run: its requests after these numbers, and its output. */
export function doneIn(
	worlds: Around,
	output: IDataObject[][],
	from: Record<string, number> = {},
): Done {
	const sent = Object.entries(worlds).map(([id, { requests }]) => [
		id,
		requests().slice(from[id]).map(lineOf),
	]);
	const raw = { requests: Object.fromEntries(sent) as Done['requests'], output };
	const { requests, ...done } = normalise(raw, { known: knownOf(worlds) });
	const kept = Object.entries(requests).map(([id, lines]) => [id, withoutPolls(lines)]);
	return { ...done, requests: Object.fromEntries(kept) as Done['requests'] };
}

function knownOf(worlds: Around) {
	return Object.entries(worlds).flatMap(([id, { urls, secrets }]) => [
		...urls.flatMap((url, at) => {
			const host = `${id}${at || ''}.example`;
			return [[url, `https://${host}`] as const, [new URL(url).host, host] as const];
		}),
		...secrets().map((secret) => [secret, '<secret>'] as const),
	]);
}

/** The output of a node that did not wait, changed so that Resume waits. */
export function patient({ resume, ...json }: IDataObject): IDataObject {
	const { options, ...state } = resume as { options: IDataObject };
	return { ...json, resume: { ...state, options: { ...options, processingWait: 120 } } };
}
