import type { IDataObject } from 'n8n-workflow';

import { webOf } from '../shared/connection/webOf';
import type { Api } from '../shared/contract/api';
import type { Page } from '../shared/contract/operation';
import type { Picker } from '../shared/contract/platform';
import type { Account } from '../shared/contract/post';
import { refuse } from '../shared/errors/failure';
import { authorIn, encoded } from './urns';

export interface Listed<T> {
	elements: T[];
	paging?: { links?: Array<{ rel: string }> };
}

interface Organization {
	id: number | string;
	localizedName?: string;
	vanityName?: string;
}

/** Roles that may post: https://learn.microsoft.com/en-us/linkedin/marketing/community-management/shares/posts-api */
const POSTING = [
	'ADMINISTRATOR',
	'CONTENT_ADMIN',
	'CONTENT_ADMINISTRATOR',
	'DIRECT_SPONSORED_CONTENT_POSTER',
];
const PAGE = 50;
/** LinkedIn may answer 404 instead of 403 if access is missing. */
const REFUSED = [403, 404];

interface Author {
	urn: string;
	account?: Account;
}

/** The author's URN; with the account only if no further request is needed for it. */
export async function actorOf(api: Api, target: unknown): Promise<Author> {
	if (!target) return { urn: `urn:li:person:${(await api.account()).id}` };
	const author = authorIn(target) ?? refuseAuthor(String(target));
	return 'vanityName' in author ? await byVanityName(api, author.vanityName) : author;
}

/** The author's URN, and the account if the author is an organization. */
export async function authorOf(api: Api, target: unknown): Promise<Author> {
	const author = await actorOf(api, target);
	const { urn, account } = author;
	if (account || !urn.startsWith('urn:li:organization:')) return author;
	const id = urn.split(':').pop() as string;
	const names = await api.tolerate(
		'Reading the name of the organization',
		async () => await namesOf(api, [id]),
	);
	return { urn, account: { id, name: names?.get(id)?.localizedName ?? id } };
}

/** Throws, so that an invalid target never posts for the member. */
function refuseAuthor(given: string): never {
	return refuse({
		code: 'validation_failed',
		platform: 'linkedIn',
		rule: 'linkedIn.target.address',
		message: `"${given}" is not the ID, URN or address of an organization`,
	});
}

async function byVanityName(api: Api, vanityName: string): Promise<Author> {
	const { elements } = await api.send<Listed<Organization>>({
		path: `/rest/organizations?q=vanityName&vanityName=${encoded(vanityName)}`,
	});
	const [found] = elements;
	if (!found) {
		return refuse({
			code: 'not_found',
			platform: 'linkedIn',
			rule: 'linkedIn.target.address',
			message: `LinkedIn knows no organization with the name "${vanityName}" in its address`,
		});
	}
	const id = String(found.id);
	return { urn: `urn:li:organization:${id}`, account: { id, name: found.localizedName ?? id } };
}

/** Organizations that the member may post for, with their names. */
export async function organizations(api: Api, count = PAGE, cursor = '0'): Promise<Page> {
	const start = Number(cursor);
	const found = await roles(api, start, count);
	const posting = found.elements.filter(({ role }) => POSTING.includes(String(role)));
	const ids = [...new Set(posting.map(idOf))];
	const names = await namesOf(api, ids);
	const items = ids.map((id) => ({
		id,
		name: names.get(id)?.localizedName ?? id,
		vanityName: names.get(id)?.vanityName,
		roles: posting.filter((one) => idOf(one) === id).map(({ role }) => role),
		url: `${webOf(api)}/company/${id}/`,
	}));
	return { items, ...nextOf(found, start, count) };
}

/** The next page's cursor. A page may lack links, or be short before the end. */
export function nextOf({ elements, paging }: Listed<unknown>, start: number, count: number) {
	const more = paging?.links?.some(({ rel }) => rel === 'next') ?? false;
	return more || elements.length === count ? { cursor: String(start + count) } : {};
}

/** Returns the next page that has organizations; a search by name reads all pages. */
export const searchAuthors: Picker = async (api, filter = '', cursor) => {
	const items: IDataObject[] = [];
	let next: string | undefined;
	const ask = async (at?: string) => await organizations(api, PAGE, at);
	for await (const page of api.pages(ask, { from: filter ? undefined : cursor })) {
		items.push(...page.items);
		next = page.cursor;
		if (!filter && items.length > 0) break;
	}
	const results = items
		.map(({ id, name, url }) => ({ name: String(name), value: String(id), url: String(url) }))
		.filter(({ name }) => name.toLowerCase().includes(filter.toLowerCase()));
	return { results, cursor: next };
};

/** https://learn.microsoft.com/en-us/linkedin/marketing/community-management/organizations/organization-access-control-by-role */
async function roles(api: Api, start: number, count: number) {
	return await api.send<Listed<IDataObject>>({
		path: '/rest/organizationAcls',
		query: { q: 'roleAssignee', state: 'APPROVED', start, count },
	});
}

function idOf({ organization, organizationTarget }: IDataObject): string {
	return String(organization ?? organizationTarget)
		.split(':')
		.pop() as string;
}

/**
 * Names by ID, if LinkedIn returns them. Apps of the Development tier cannot read several at once;
 * only administrators can read a single organization by its path.
 */
async function namesOf(api: Api, ids: string[]): Promise<Map<string, Organization>> {
	const ways = ids.length > 1 ? [lookedUp, oneByOne] : [oneByOne, lookedUp];
	for (const way of ids.length > 0 ? ways : []) {
		const found = await way(api, ids);
		if (found.length > 0) return new Map(found.map((one) => [String(one.id), one]));
	}
	return new Map();
}

async function lookedUp(api: Api, ids: string[]): Promise<Organization[]> {
	const path = `/rest/organizationsLookup?ids=List(${ids.join(',')})`;
	const { body } = await api.reply({ path }, REFUSED);
	return Object.values((body as { results?: Record<string, Organization> }).results ?? {});
}

async function oneByOne(api: Api, ids: string[]): Promise<Organization[]> {
	const found: Organization[] = [];
	for (const id of ids) {
		const { status, body } = await api.reply({ path: `/rest/organizations/${id}` }, REFUSED);
		if (status === 200) found.push(body as Organization);
	}
	return found;
}
