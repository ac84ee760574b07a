import { webOf } from '../shared/connection/webOf';
import type { Api } from '../shared/contract/api';
import { refuse } from '../shared/errors/failure';

const POST = /(?:^|[:/-])(share|ugcPost|activity)[:-](\d+)(?=$|[^\d])/;
const COMMENT = /^urn:li:comment:\((urn:li:(?:share|ugcPost|activity):\d+),\d+\)$/;
const ORGANIZATION = /^(?:urn:li:organization:)?(\d+)$/;
const PERSON = /^urn:li:person:[\w-]+$/;
const PAGE = /^https?:\/\/[^/]*linkedin\.com\/(?:company|school|showcase)\/([^/?#]+)/;

/** The author as given by the user. */
export type Author = { urn: string } | { vanityName: string };

export function urlOf(api: Pick<Api, 'credential'>, urn: string) {
	return `${webOf(api)}/feed/update/${urn}/`;
}

/** Encodes a URN for a path or query; Rest.li also requires encoded parentheses and quotes. */
export function encoded(urn: string): string {
	return encodeURIComponent(urn).replace(
		/[()']/g,
		(one) => `%${one.charCodeAt(0).toString(16).toUpperCase()}`,
	);
}

/**
 * Parses `1001`, `urn:li:organization:1001`, `urn:li:person:a` or the address of a company's page.
 */
export function authorIn(given: unknown): Author | undefined {
	const text = decoded(given);
	const [, page] = PAGE.exec(text) ?? [];
	const [, id] = ORGANIZATION.exec(page ?? text) ?? [];
	if (id) return { urn: `urn:li:organization:${id}` };
	if (page) return { vanityName: page };
	return PERSON.test(text) ? { urn: text } : undefined;
}

/**
 * Finds `urn:li:share:1` in a URN, in a post's address or in an address with a name such as
 * `…-share-1-Ab`.
 */
export function postIn(given: unknown): string | undefined {
	const [, kind, id] = POST.exec(decoded(given)) ?? [];
	return kind && `urn:li:${kind}:${id}`;
}

/** A post's URN for the Posts API, which does not accept the URN of its activity. */
export function ownPostIn(given: unknown): string | undefined {
	const urn = postIn(given);
	return urn?.startsWith('urn:li:activity:') ? undefined : urn;
}

export function postUrn(given: unknown): string {
	return ownPostIn(given) ?? refuseAddress(given, 'urn:li:share:… or urn:li:ugcPost:…');
}

/**
 * Parses the object to comment on: a post by any of its names, or a comment together with its post.
 */
export function commentable(given: unknown): { urn: string; post: string } {
	const text = decoded(given);
	const [comment, on = ''] = COMMENT.exec(text) ?? [];
	if (comment) return { urn: comment, post: on };
	const urn = postIn(text) ?? refuseAddress(given, 'urn:li:share:…, or of a comment');
	return { urn, post: urn };
}

function refuseAddress(given: unknown, wanted: string): never {
	return refuse({
		code: 'validation_failed',
		platform: 'linkedIn',
		rule: 'linkedIn.post.address',
		message: `"${String(given ?? '')}" is not the URN or URL of a post that LinkedIn's API knows: it wants ${wanted}`,
	});
}

/** Addresses may contain encoded URNs. */
function decoded(given: unknown): string {
	return String(given ?? '')
		.trim()
		.replace(/%3A/gi, ':')
		.replace(/%28/g, '(')
		.replace(/%29/g, ')')
		.replace(/%2C/gi, ',');
}
