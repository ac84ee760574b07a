import type {
	ILoadOptionsFunctions,
	INodeListSearchResult,
	INodePropertyOptions,
} from 'n8n-workflow';

import { postListing } from './describe';
import { toFailure, toNodeError } from './failure';
import type { Choices, Picker, Platform } from './platform';
import { targetOf } from './post';
import { apiForSession } from './prepare';
import { openSession } from './session';

type ListSearch = (
	this: ILoadOptionsFunctions,
	filter?: string,
	cursor?: string,
) => Promise<INodeListSearchResult>;

type LoadOptions = (this: ILoadOptionsFunctions) => Promise<INodePropertyOptions[]>;

/** The list searches behind the resource locators of a platform's node. */
export function pickersOf(platform: Platform): Record<string, ListSearch> {
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

/** What fills the lists of options fields in a platform's node. */
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
	return async function (filter, cursor) {
		try {
			const session = await openSession(this, platform);
			const { results, cursor: next } = await picker(
				apiForSession(this, platform, session),
				filter,
				cursor,
				chosenTarget(this, platform),
			);
			return { results, ...(next && { paginationToken: next }) };
		} catch (error) {
			throw toNodeError(this.getNode(), toFailure(error, platform.id), 0);
		}
	};
}

/** In the platform's own node, or in one for many. */
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
