import type { IDataObject } from 'n8n-workflow';

import type { Api } from '../shared/contract/api';
import { refuse } from '../shared/errors/failure';

export const POST = 'app.bsky.feed.post';

const HANDLE = /^@?(?:[a-z\d](?:[a-z\d-]*[a-z\d])?\.)+[a-z](?:[a-z\d-]*[a-z\d])?$/i;
const DID = /^did:[a-z]+:[\w.:%-]+$/;

/** A strong reference: https://atproto.com/lexicons/com-atproto#comatprotorepostrongref */
export interface Ref extends IDataObject {
	uri: string;
	cid: string;
}

/** A post as returned by the read calls. */
export interface FoundPost extends Ref {
	value: IDataObject;
}

interface Address {
	/** Handle or DID. */
	actor: string;
	rkey: string;
}

/**
 * Parses `at://did/app.bsky.feed.post/3k…`, a link to a post in the app, or the key of an own post.
 */
export async function addressOf(api: Api, given: unknown): Promise<Address> {
	const text = String(given ?? '').trim();
	const uri = /^at:\/\/([^/]+)\/app\.bsky\.feed\.post\/([^/?#]+)$/.exec(text);
	const link = /^https?:\/\/[^/]+\/profile\/([^/]+)\/post\/([^/?#]+)/.exec(text);
	const found = uri ?? link;
	if (found) return { actor: found[1] ?? '', rkey: found[2] ?? '' };
	if (/^[2-7a-z]{13}$/.test(text)) return { actor: (await api.account()).id, rkey: text };
	return refuse({
		code: 'validation_failed',
		platform: 'bluesky',
		rule: 'bluesky.post.address',
		message: `"${text}" is not the URL or at:// URI of a Bluesky post`,
	});
}

/** Checks a handle or DID: https://atproto.com/specs/handle, https://atproto.com/specs/did */
export function actorIn(given: unknown): string {
	const text = String(given ?? '').trim();
	if (HANDLE.test(text) || DID.test(text)) return text;
	return refuse({
		code: 'validation_failed',
		platform: 'bluesky',
		rule: 'bluesky.actor.address',
		message: `"${text}" is neither a handle, such as alice.bsky.social, nor a DID`,
	});
}

export async function didOf(api: Api, actor: string): Promise<string> {
	const handle = actor.trim().replace(/^@/, '');
	if (handle.startsWith('did:')) return handle;
	const { did } = await api.send<{ did: string }>({
		path: '/xrpc/com.atproto.identity.resolveHandle',
		query: { handle },
	});
	return did;
}

/** Reads an own post from the account's server, another author's post from the AppView. */
export async function findPost(api: Api, given: unknown): Promise<FoundPost> {
	const { actor, rkey } = await addressOf(api, given);
	const [did, own] = [await didOf(api, actor), (await api.account()).id];
	if (did === own) {
		return await api.send<FoundPost>({
			path: '/xrpc/com.atproto.repo.getRecord',
			query: { repo: did, collection: POST, rkey },
		});
	}
	const uri = `at://${did}/${POST}/${rkey}`;
	const { posts } = await api.send<{ posts: Array<Ref & { record: IDataObject }> }>({
		host: 'appViewBaseUrl',
		path: '/xrpc/app.bsky.feed.getPosts',
		query: { uris: uri },
		token: 'none',
	});
	const [found] = posts;
	if (found) return { ...found, value: found.record };
	return refuse({
		code: 'not_found',
		platform: 'bluesky',
		message: `Bluesky has no post ${uri}, or it is not visible`,
	});
}

/**
 * The root and parent of a reply to a post. The root is the post itself unless it is a reply too.
 */
export async function replyTo(api: Api, given: unknown): Promise<{ root: Ref; parent: Ref }> {
	const { uri, cid, value } = await findPost(api, given);
	const parent = { uri, cid };
	const { root } = (value.reply ?? {}) as { root?: Ref };
	return { root: root ?? parent, parent };
}
