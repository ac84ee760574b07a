import { route } from '../kit/router';
import type { Token } from '../kit/tokens';
import { refuse, type Call, type Reply, type Route } from '../kit/types';
import { asPerson, authorized, permitted } from './access';
import { lackingPermission, missingObject } from './errors';
import { fieldsOf, pick } from './fields';
import { personId, stableId, type GraphPage, type GraphServer } from './model';
import { paged } from './paging';

const PAGE_FIELDS =
	'id name username link category category_list access_token tasks picture has_transitioned_to_new_page_experience instagram_business_account connected_instagram_account fan_count followers_count about'.split(
		' ',
	);
const USUAL = ['access_token', 'category', 'category_list', 'name', 'tasks'];

/**
 * The account of a token, and the Pages of a person: those in the person's own listing, and those
 * that only the person's business portfolios list. These routes must come before a platform's own
 * routes for ids.
 */
export function pageRoutes(server: GraphServer): Route[] {
	const isPerson = ({ user = '' }: Record<string, string>) =>
		user === 'me' || server.settings.accounts.some((account) => personId(account) === user);
	const isBusiness = ({ business }: Record<string, string>) =>
		server.state.pages.some((page) => page.business && businessId(page.business) === business);
	const isPage = ({ page }: Record<string, string>) =>
		server.state.pages.some(({ id, username }) => id === page || username === page);
	const get = (
		operation: string,
		path: string,
		handle: Route['handle'],
		when: Route['when'],
	): Route => ({ ...route(operation, 'GET', path, handle), when });
	return [
		get('accounts', '/:user/accounts', (call) => accounts(server, call), isPerson),
		get('businesses', '/:user/businesses', (call) => businesses(server, call), isPerson),
		get(
			'business-pages',
			'/:business/owned_pages',
			(call) => ofBusiness(server, call, false),
			isBusiness,
		),
		get(
			'business-pages',
			'/:business/client_pages',
			(call) => ofBusiness(server, call, true),
			isBusiness,
		),
		get('me', '/:user', (call) => me(server, call), isPerson),
		get('page', '/:page', (call) => page(server, call), isPage),
	];
}

function me(server: GraphServer, call: Call): Reply {
	const actor = authorized(server, call);
	if (actor.page) return shownPage(server, call, actor.page, actor.token);
	const names = fieldsOf(call, ['id', 'name', 'picture'], 'User');
	const all = {
		id: personId(actor.person),
		name: actor.person,
		picture: { data: { url: `${server.url}/pictures/${actor.person}.jpg` } },
	};
	return { status: 200, json: pick(all, names, ['name']) };
}

function page(server: GraphServer, call: Call): Reply {
	const { token, person } = authorized(server, call);
	const given = call.params.page!;
	const found = server.state.pages.find(({ id, username }) => id === given || username === given)!;
	if (!found.people.includes(person)) return missingObject(given, 'GET');
	return shownPage(server, call, found, token);
}

function shownPage(server: GraphServer, call: Call, one: GraphPage, token: Token): Reply {
	const names = fieldsOf(call, PAGE_FIELDS, 'Page');
	return { status: 200, json: pick(pageNode(server, one, token), names, ['name']) };
}

/** Without business_management, Pages of businesses are left out without a message. */
function accounts(server: GraphServer, call: Call): Reply {
	const actor = asPerson(server, call, 'accounts');
	permitted(actor, 'pages_show_list');
	const names = fieldsOf(call, PAGE_FIELDS, 'Page');
	const wide = actor.token.scopes.includes('business_management');
	const own = server.state.pages.filter(
		({ people, business, assigned }) =>
			people.includes(actor.person) && (!business || (assigned && wide)),
	);
	return paged(server, call, own, (one) => pick(pageNode(server, one, actor.token), names, USUAL));
}

function businesses(server: GraphServer, call: Call): Reply {
	const actor = asPerson(server, call, 'businesses');
	permitted(actor, 'business_management');
	const own = server.state.pages.filter(({ people }) => people.includes(actor.person));
	const names = [...new Set(own.flatMap(({ business }) => business ?? []))];
	const rows = names.map((name) => ({ id: businessId(name), name }));
	return paged(server, call, rows, (row) => row);
}

/** Pages of a client are listed without a token. */
function ofBusiness(server: GraphServer, call: Call, client: boolean): Reply {
	const actor = asPerson(server, { ...call, params: {} }, 'owned_pages');
	call.token = actor.token;
	if (!actor.token.scopes.includes('business_management'))
		return refuse(lackingPermission('business_management'));
	const names = fieldsOf(call, PAGE_FIELDS, 'Page');
	const own = server.state.pages.filter(
		(one) =>
			one.business &&
			businessId(one.business) === call.params.business &&
			one.client === client &&
			one.people.includes(actor.person),
	);
	return paged(server, call, own, (one) => {
		const node = pageNode(server, one, actor.token);
		return pick({ ...node, ...(client && { access_token: undefined }) }, names, ['name']);
	});
}

function businessId(name: string): string {
	return stableId('3300', name);
}

function pageNode(server: GraphServer, one: GraphPage, token: Token): Record<string, unknown> {
	const { id, name, username, tasks, instagram } = one;
	return {
		id,
		name,
		username,
		link: `https://www.facebook.com/${username}`,
		category: 'Community',
		category_list: [{ id: '2612', name: 'Community' }],
		access_token: pageToken(server, one, token).value,
		tasks,
		picture: { data: { url: `${server.url}/pictures/${id}.jpg` } },
		has_transitioned_to_new_page_experience: true,
		instagram_business_account: instagram,
		fan_count: 12,
		followers_count: 12,
		about: '',
	};
}

/** A Page's token ends with the short token of its person, and never if that one is long-lived. */
export function pageToken(server: GraphServer, page: GraphPage, from: Token): Token {
	const { tokens, clock, pageTokens } = server;
	if (pageTokens.get(from.id) === page.id) return from;
	const { family, account, client, scopes, expiresAt, kind } = from;
	const brief = kind === 'short';
	const known = tokens.all.find(
		(one) =>
			one.family === family &&
			pageTokens.get(one.id) === page.id &&
			(one.expiresAt !== undefined) === brief &&
			tokens.health(one) === 'live',
	);
	if (known) return known;
	const made = tokens.issue({
		account,
		client,
		scopes,
		family,
		kind: 'page',
		prefix: 'EAAP',
		...(brief && { lifeMs: (expiresAt ?? 0) - clock.now() }),
	});
	pageTokens.set(made.id, page.id);
	return made;
}
