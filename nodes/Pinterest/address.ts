import { webOf } from '../shared/connection/webOf';
import type { Api } from '../shared/contract/api';
import { refuse } from '../shared/errors/failure';
import { locatedIn } from '../shared/parameter';

const ID = /^\d+$/;
/** URLs may contain the title before the ID: /pin/lake-in-the-morning--813744226420795884/ */
const PIN = /^(?:https?:\/\/[^/]+\/pin\/(?:[^/?#]*--)?)?(\d+)(?:[/?#].*)?$/;

/** Builds a Pin's URL, because Pinterest does not return it. */
export function pinUrl(api: Pick<Api, 'credential'>, id: string) {
	return `${webOf(api)}/pin/${id}/`;
}

export function pinId(given: unknown): string {
	const id = PIN.exec(String(given ?? '').trim())?.[1];
	return id ?? refuseAddress('pin', `"${String(given ?? '')}" is not the URL or ID of a Pin`);
}

/** IDs are decimal; a board's URL contains its name, not its ID. */
export function isId(given: unknown): boolean {
	return ID.test(String(given ?? '').trim());
}

export function boardId(given: unknown): string {
	if (isId(given)) return String(given).trim();
	return refuseAddress(
		'board',
		`"${String(given ?? '')}" is not the ID of a board. Choose the board from the list, or take its ID from Board: Get Many`,
	);
}

/** Reads the section from a resource locator or a plain field; undefined if none is chosen. */
export function sectionId(given: unknown): string | undefined {
	const id = locatedIn(given);
	if (id === '') return undefined;
	return isId(id) ? id : refuseAddress('section', `"${id}" is not the ID of a board section`);
}

function refuseAddress(what: string, message: string): never {
	const rule = `pinterest.${what}.address`;
	return refuse({ code: 'validation_failed', platform: 'pinterest', rule, message });
}
