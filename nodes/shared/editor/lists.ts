import {
	jsonParse,
	type ILoadOptionsFunctions,
	type INodeListSearchResult,
	type INodePropertyOptions,
} from 'n8n-workflow';

import { bounds } from '../bounds';
import { apiForSession } from '../connection/client';
import { openSession } from '../connection/session';
import type { Choices, Picker, Platform } from '../contract/platform';
import { toFailure } from '../errors/failure';
import { toNodeError } from '../errors/nodeError';
import { refuseEndless } from '../http/listing';
import { targetOf } from '../parameter';
import { postListing } from './describe';

type ListSearch = (
	this: ILoadOptionsFunctions,
	filter?: string,
	cursor?: string,
) => Promise<INodeListSearchResult>;

type LoadOptions = (this: ILoadOptionsFunctions) => Promise<INodePropertyOptions[]>;

const CHOOSE = 'Search by another word, or give what you look for by its ID or address.';

/** List searches for the resource locators of a platform's node, by method name. */
export function listSearchesOf(platform: Platform): Record<string, ListSearch> {
	const listing = postListing(platform);
	const posts: Picker | undefined =
		listing &&
		(async (api, filter, cursor, target) => {
			const input = target ? { target } : {};
			const { items, cursor: next } = await listing.page(api, input, listing.pageSize, cursor);
			const simple = items.map((item) => listing.simplify?.(item, api) ?? item);
			const results = simple.map(({ id, text, url }) => ({
				name: shortened(String(text || id)),
				value: String(id),
				...(typeof url === 'string' && { url }),
			}));
			return { results: results.filter(({ name }) => matches(name, filter)), cursor: next };
		});
	const { target } = platform;
	const pickers = {
		...platform.pickers,
		...(posts && { searchPosts: posts }),
		...(target && { searchTargets: target.picker }),
	};
	return Object.fromEntries(
		Object.entries(pickers).map(([name, picker]) => [name, searchOf(platform, picker)]),
	);
}

/** Loaders of option lists in a platform's node, by method name. */
export function choicesOf(platform: Platform): Record<string, LoadOptions> {
	return Object.fromEntries(
		Object.entries(platform.choices ?? {}).map(([name, choices]) => [
			name,
			loadingOf(platform, choices),
		]),
	);
}

function loadingOf(platform: Platform, choices: Choices): LoadOptions {
	return async function () {
		try {
			return await choices(apiForSession(this, platform, await openSession(this, platform)));
		} catch (error) {
			throw toNodeError(this.getNode(), toFailure(error, platform.id), 0);
		}
	};
}

function searchOf(platform: Platform, picker: Picker): ListSearch {
	return async function (filter, token) {
		try {
			const session = await openSession(this, platform);
			const trail = trailIn(token);
			const { results, cursor } = await picker(
				apiForSession(this, platform, session),
				filter,
				trail.at(-1),
				chosenTarget(this, platform),
			);
			return { results, ...(cursor && { paginationToken: onward(platform, trail, cursor) }) };
		} catch (error) {
			throw toNodeError(this.getNode(), toFailure(error, platform.id), 0);
		}
	};
}

/**
 * The editor loads pages until its list is full, which may never happen. Its pagination token
 * therefore holds all cursors so far, so that an endless list is detected.
 */
function onward(platform: Platform, trail: readonly string[], cursor: string): string {
	if (trail.includes(cursor)) refuseEndless(platform, 'circle', trail.length + 1, CHOOSE);
	if (trail.length + 1 >= bounds.lookUp.most)
		refuseEndless(platform, 'most', trail.length + 1, CHOOSE);
	const isFirst = trail.length === 0 && !cursor.startsWith('[');
	return isFirst ? cursor : JSON.stringify([...trail, cursor]);
}

function trailIn(token?: string): string[] {
	if (!token) return [];
	return token.startsWith('[') ? jsonParse<string[]>(token, { fallbackValue: [token] }) : [token];
}

/** The selected target, in the platform's node or in Crosspost. */
function chosenTarget(fn: ILoadOptionsFunctions, { id }: Platform) {
	const names = ['target', `${id}Target`];
	const [found] = names
		.map((name) => targetOf(fn.getCurrentNodeParameter(name)).target)
		.filter(Boolean);
	return found;
}

function shortened(text: string) {
	const line = text.replace(/\s+/g, ' ').trim();
	return line.length > 80 ? `${line.slice(0, 79)}…` : line;
}

function matches(name: string, filter?: string) {
	return !filter || name.toLowerCase().includes(filter.toLowerCase());
}
