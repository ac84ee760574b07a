import type { Api } from '../contract/api';

/** Where people see the platform in a browser: the base of addresses that it does not tell itself. */
export function webOf({ credential }: Pick<Api, 'credential'>): string {
	return String(credential.webBaseUrl).replace(/\/+$/, '');
}
