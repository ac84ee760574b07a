import type { IDataObject } from 'n8n-workflow';

import type { Api } from '../shared/contract/api';
import { refuse } from '../shared/errors/failure';
import { without } from '../shared/without';
import { allIfAny } from './listing';
import { at } from './request';

/** A Page without its token. */
export interface GraphPage extends IDataObject {
	id: string;
	name?: string;
}

const FIELDS = 'id,name,username,category,link';
/** Error code if a Page's own token asks for its Pages, because Pages lack that field. */
const NO_FIELD = 100;
/**
 * Error codes for tokens that may not read a business portfolio. Other errors are thrown, because
 * they would hide Pages.
 */
const NOT_ALLOWED = [3, 10, NO_FIELD];

/**
 * Every Page that the token can use: from the person's list, from business portfolios, or the Page
 * of its own token. `fields` is a Graph field list, such as
 * `id,name,instagram_business_account{id,username}`. It must not request tokens.
 * https://developers.facebook.com/documentation/pages-api/manage-pages
 */
export async function pagesOf(api: Api, fields = FIELDS): Promise<GraphPage[]> {
	const query = { fields };
	const own = await allIfAny(api, { path: at(api, '/me/accounts'), query }, isNoField);
	// A Page's own token has no such list. If it was refused for another reason, this request throws.
	if (!own) return [await api.send({ path: at(api, '/me'), query })];
	const pages = new Map<string, GraphPage>();
	for (const page of [...own, ...(await businessPages(api, query))]) {
		const id = String(page.id);
		if (!pages.has(id)) pages.set(id, { ...without(page, 'access_token'), id });
	}
	return [...pages.values()];
}

/** The token that posts as a Page; the session's own token if it already belongs to the Page. */
export async function pageToken(api: Api, page: string, platform = 'facebook'): Promise<string> {
	const { id } = await api.account();
	if (id === page) return api.token.access_token;
	return await api.derive(`page:${page}`, async () => {
		const { access_token } = await api.send<{ access_token?: string }>({
			path: at(api, `/${page}`),
			query: { fields: 'access_token' },
		});
		return access_token ?? refuseRole(platform, page);
	});
}

/** Throws advice for an account without Pages. */
export function refuseNoPages(platform: string): never {
	return refuse({
		code: 'permission_missing',
		platform,
		rule: `${platform}.pages.none`,
		message: 'This account has no Facebook Page that the app may use.',
		remediation:
			'Reconnect the credential and choose the Page when Facebook asks which Pages the app may use. If the list there is empty, create a Page at facebook.com/pages/create or ask its owner for a role with content tasks. For a Page of a business portfolio the permission business_management is needed.',
		docUrl: 'https://developers.facebook.com/documentation/pages-api/manage-pages',
	});
}

/** Pages of business portfolios; empty without the permission to read them. */
async function businessPages(api: Api, query: IDataObject): Promise<IDataObject[]> {
	const ids = { path: at(api, '/me/businesses'), query: { fields: 'id' } };
	const found: IDataObject[] = [];
	for (const { id } of (await allIfAny(api, ids, isNotAllowed)) ?? []) {
		for (const edge of ['owned_pages', 'client_pages']) {
			const path = at(api, `/${String(id)}/${edge}`);
			found.push(...((await allIfAny(api, { path, query }, isNotAllowed)) ?? []));
		}
	}
	return found;
}

function isNoField(code: number): boolean {
	return code === NO_FIELD;
}

function isNotAllowed(code: number): boolean {
	return NOT_ALLOWED.includes(code) || (code >= 200 && code < 300);
}

function refuseRole(platform: string, page: string): never {
	return refuse({
		code: 'permission_missing',
		platform,
		rule: `${platform}.pages.role`,
		message: `Facebook gives no token for the Page ${page}: this account has no role on it, or the app was not allowed to use it.`,
		remediation:
			'Reconnect the credential and choose this Page when Facebook asks which Pages the app may use.',
	});
}
