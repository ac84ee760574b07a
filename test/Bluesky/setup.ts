import type { IDataObject } from 'n8n-workflow';

import { CrosspostBlueskyApi } from '@/credentials/CrosspostBlueskyApi.credentials';
import { Bluesky } from '@/nodes/Bluesky/Bluesky.node';
import { conversation, type Line } from '@/test/support/conversation';
import { type TestNode } from '@/test/support/n8n';
import { publishingNode } from '@/test/support/node';

export { outcome } from '@/test/support/node';

export const HOST = 'https://bsky.social';
export const DID = 'did:plc:alice';

/** Paths for writing records, and for other requests. */
export const AT = {
	put: '/xrpc/com.atproto.repo.putRecord',
	apply: '/xrpc/com.atproto.repo.applyWrites',
	remove: '/xrpc/com.atproto.repo.deleteRecord',
	blob: '/xrpc/com.atproto.repo.uploadBlob',
	record: '/xrpc/com.atproto.repo.getRecord',
	handle: '/xrpc/com.atproto.identity.resolveHandle',
	serviceAuth: '/xrpc/com.atproto.server.getServiceAuth',
} as const;

const jwt = (seconds: number) =>
	`h.${Buffer.from(JSON.stringify({ exp: Math.floor(Date.now() / 1000) + seconds })).toString('base64url')}.s`;

export const session = () => ({
	accessJwt: jwt(7200),
	refreshJwt: jwt(7_776_000),
	did: DID,
	handle: 'alice.test',
	didDoc: { service: [{ id: '#atproto_pds', serviceEndpoint: 'https://morel.example' }] },
});

export function blueskyNode(
	parameters: IDataObject,
	more: { continueOnFail?: boolean } = {},
): TestNode {
	return publishingNode(parameters, {
		type: new Bluesky(),
		credential: new CrosspostBlueskyApi(),
		data: { identifier: '@alice.test', appPassword: 'abcd-efgh-ijkl-mnop', serviceUrl: HOST },
		...more,
	});
}

/** A conversation that begins with logging in and asking for the account. */
export function loggedIn(...lines: readonly Line[]) {
	return conversation(HOST, [
		['POST', '/xrpc/com.atproto.server.createSession', 200, session()],
		['GET', '/xrpc/com.atproto.server.getSession', 200, { did: DID, handle: 'alice.test' }],
		...lines,
	]);
}

export const uriOf = (rkey: string, did = DID) => `at://${did}/app.bsky.feed.post/${rkey}`;

export const published = (rkey = '3k'): Line => [
	'POST',
	AT.put,
	200,
	{ uri: uriOf(rkey), cid: `c-${rkey}` },
];

export const blob = (mimeType: string, size: number, $link = 'b1') => ({
	$type: 'blob',
	ref: { $link },
	mimeType,
	size,
});

/** Returns the body of a writing request. */
export const bodyOf = ({ requests }: ReturnType<typeof conversation>, path: string) =>
	requests.filter((request) => request.path === path).at(-1)?.body as IDataObject;

/** Returns the record that a conversation has written. */
export const recordIn = (talk: ReturnType<typeof conversation>) =>
	bodyOf(talk, AT.put).record as IDataObject;
