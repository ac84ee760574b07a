import type { IDataObject, INode } from 'n8n-workflow';

import { normalise } from './normalise';
import { lineOf, withoutPolls, type Line } from './requests';
import type { Crawl } from './worlds/files';
import type { World } from './worlds/world';

/** What a saved node sent to each platform, and what it gave. */
export interface Done {
	requests: Record<string, Line[]>;
	output: IDataObject[][];
}

/** The platforms that a node works with, made for it alone: by id. */
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

/** What a step before would give the node. */
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

/** How many requests each platform has had. */
export function counted(worlds: Around): Record<string, number> {
	return Object.fromEntries(
		Object.entries(worlds).map(([id, { requests }]) => [id, requests().length]),
	);
}

/** What a run has in common with others: what was sent after so many requests, and what came out. */
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

/** What a node gave that did not wait, told to wait from now on. */
export function patient({ resume, ...json }: IDataObject): IDataObject {
	const { options, ...state } = resume as { options: IDataObject };
	return { ...json, resume: { ...state, options: { ...options, processingWait: 120 } } };
}
