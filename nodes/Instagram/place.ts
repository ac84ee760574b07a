import type { IDataObject } from 'n8n-workflow';

import { pagesOf } from '../Meta/pages';
import { webOf } from '../shared/connection/webOf';
import type { Api } from '../shared/contract/api';
import type { Picker } from '../shared/contract/platform';
import type { Account } from '../shared/contract/post';
import { refuse } from '../shared/errors/failure';

const PAGE_FIELDS = 'id,name,instagram_business_account{id,username}';

/** Whether the credential uses Facebook Login, which reaches accounts through their Pages. */
export function byFacebook({ credential }: Pick<Api, 'credential'>): boolean {
	return credential.login === 'facebookLogin';
}

/**
 * Returns the professional account that publishes: given by ID, user name or URL, or the only one.
 */
export async function placeOf(api: Api, target: unknown): Promise<Account> {
	const given = nameIn(String(target ?? ''));
	if (!byFacebook(api)) return await ownAccount(api, given);
	// An ID is not looked up: the account may be reachable without being listed, and the name comes
	// with the post.
	if (/^\d{10,}$/.test(given)) return { id: given, name: given };
	const accounts = await accountsOf(api);
	const found = accounts.filter(({ name }) => !given || name.toLowerCase() === given);
	const [only, ...others] = found;
	if (only && others.length === 0) return only;
	const names = accounts.map(({ name }) => `@${name}`).join(', ');
	return refuseAddress(
		given ? `@${given} is not among them` : 'none of them is chosen',
		`This connection reaches several accounts (${names})`,
	);
}

/** All accounts that the credential can reach. */
export async function accountsOf(api: Api): Promise<Account[]> {
	if (!byFacebook(api)) return [await api.account()];
	const pages = await pagesOf(api, PAGE_FIELDS);
	const linked = pages.flatMap(({ instagram_business_account }) =>
		instagram_business_account ? [accountOf(instagram_business_account as IDataObject)] : [],
	);
	return linked.length > 0 ? linked : refuseNone();
}

export const searchAccounts: Picker = async (api, filter = '') => {
	const wanted = filter.toLowerCase();
	const found = (await accountsOf(api)).filter(({ name }) => name.toLowerCase().includes(wanted));
	const web = webOf(api);
	return { results: found.map(({ id, name }) => ({ name, value: id, url: `${web}/${name}/` })) };
};

async function ownAccount(api: Api, given: string): Promise<Account> {
	const own = await api.account();
	if (!given || [own.id, own.name.toLowerCase()].includes(given)) return own;
	return refuseAddress(
		`"${given}" is another one`,
		`With Instagram Login the credential is for one account, @${own.name}`,
	);
}

function accountOf({ id, username }: IDataObject): Account {
	return { id: String(id), name: String(username ?? id) };
}

/** https://www.instagram.com/name/ or @name -> name */
function nameIn(given: string): string {
	const address = /^\s*https?:\/\/[^/]+\/([\w.]+)/.exec(given)?.[1];
	return (address ?? given).trim().replace(/^@/, '').toLowerCase();
}

function refuseAddress(why: string, fact: string): never {
	return refuse({
		code: 'validation_failed',
		platform: 'instagram',
		rule: 'instagram.account.address',
		message: `${fact}, and ${why}`,
		remediation: 'Choose the account from the list, or give its ID.',
	});
}

function refuseNone(): never {
	return refuse({
		code: 'permission_missing',
		platform: 'instagram',
		rule: 'instagram.accounts.none',
		message: 'No professional Instagram account is linked with the Facebook Pages of this person.',
		remediation:
			'Make the account a business or creator account and link it with a Facebook Page that you manage. Then reconnect the credential and choose this Page and this account when Facebook asks. For a Page of a business portfolio the permission business_management is needed. Accounts without a Page need Instagram Login.',
		docUrl:
			'https://developers.facebook.com/documentation/instagram-platform/instagram-api-with-facebook-login/business-login-for-instagram',
	});
}
