import { pagesOf, pageToken, refuseNoPages, type GraphPage } from '../Meta/pages';
import { at } from '../Meta/request';
import type { Api } from '../shared/contract/api';
import type { Picker } from '../shared/contract/platform';
import { refuse } from '../shared/errors/failure';

/** The Page that publishes, and its token. */
export interface Place {
	page: string;
	token: string;
}

export async function placeOf(api: Api, target: unknown): Promise<Place> {
	const page = await pageIdOf(api, String(target ?? '').trim());
	return { page, token: await pageToken(api, page) };
}

/** A request with the Page's token. */
export function on(api: Api, { token }: Place, path: string) {
	return { path: at(api, path), token };
}

export async function allPages(api: Api): Promise<GraphPage[]> {
	const pages = await pagesOf(api);
	return pages.length > 0 ? pages : refuseNoPages('facebook');
}

export const searchPages: Picker = async (api, filter = '') => {
	const pages = await allPages(api);
	const results = pages.map(({ id, name, username, link }) => ({
		name: [name ?? id, username && `@${String(username)}`].filter(Boolean).join(' '),
		value: id,
		...(typeof link === 'string' && { url: link }),
	}));
	const wanted = filter.toLowerCase();
	return { results: results.filter(({ name }) => name.toLowerCase().includes(wanted)) };
};

/** Returns the Page's ID. A user name or a URL without ID is looked up in the user's own Pages. */
async function pageIdOf(api: Api, given: string): Promise<string> {
	const id = idIn(given);
	if (id) return id;
	const name = nameIn(given).toLowerCase();
	if (name === '') return refusePage(`"${given}" names no Page`);
	const found = (await allPages(api)).find(({ username, link }) =>
		[String(username ?? ''), nameIn(String(link ?? ''))].some((one) => one.toLowerCase() === name),
	);
	return found?.id ?? refusePage(`"${given}" is not among the Pages of this account`);
}

function refusePage(message: string): never {
	return refuse({
		code: 'validation_failed',
		platform: 'facebook',
		rule: 'facebook.page.address',
		message,
		remediation: 'Choose the Page from the list, or give its ID.',
	});
}

/** 1234, https://www.facebook.com/profile.php?id=1234, https://www.facebook.com/p/Name-1234 */
function idIn(given: string): string | undefined {
	return (
		/^\d+$/.exec(given)?.[0] ??
		/^https?:\/\/\S*(?:[?&]id=|\/|-)(\d{8,})\/?(?:[?#&]|$)/.exec(given)?.[1]
	);
}

/**
 * https://www.facebook.com/name/ or @name -> name. Path prefixes common to many Pages are no name.
 */
function nameIn(given: string): string {
	const name = given
		.replace(/^(https?:\/\/)?[^/]*facebook\.com(\/|$)/i, '')
		.replace(/^@|[/?#].*$/g, '');
	return /^(p|pages|people|.*\.php)$/i.test(name) ? '' : name;
}
