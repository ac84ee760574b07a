/** The demo's accounts: on the real Bluesky server and on the local imitations of the others. */

/**
 * An account and the data that n8n needs for it.
 *
 * @typedef {{
 *   platform: string,
 *   credential: { name: string, type: string, data: Record<string, string> },
 *   connect: boolean,
 *   overwrite?: Record<string, string>,
 *   target?: string,
 *   seenAt(post: { id: string, url?: string }): string,
 *   did?: string,
 *   sandbox?: any,
 * }} DemoAccount `overwrite`: properties of this credential type that an
 *   instance's admin would pin; `target`: ID of the Page, board or the like to post to
 */

/** Replaces n8n's public address, from which platforms fetch media. */
export const PUBLIC_URL = 'https://n8n.example.com/';

const BLUESKY = 'crosspostBlueskyApi';
const CALLBACK = '/rest/oauth2-credential/callback';

/**
 * Starts the imitations, each with an account and with n8n registered as its client.
 *
 * @param {{
 *   n8nUrl: string,
 *   sandboxes: import('./sandboxes.mjs').Sandboxes,
 *   options?: Record<string, object>,
 * }} around `options`: further options, by platform
 * @returns {Promise<DemoAccount[]>}
 */
export async function startImitations({ n8nUrl, sandboxes, options = {} }) {
	const { records, startSandbox } = sandboxes;
	const starts = Object.entries(records)
		.filter(([, { account }]) => account)
		.map(([platform, { account }]) =>
			imitation(platform, account, startSandbox, { n8nUrl, ...options[platform] }),
		);
	return await Promise.all(starts);
}

/** @returns {Promise<DemoAccount>} a fresh account on this server */
export async function blueskyAccount(pds) {
	const { did, handle, appPassword } = await pds.createAccount('crosspost-demo.test');
	return {
		platform: 'bluesky',
		credential: {
			name: credentialName('bluesky'),
			type: BLUESKY,
			data: { serviceUrl: pds.url, identifier: handle, appPassword },
		},
		connect: false,
		did,
		seenAt: ({ id }) => recordUrl(pds.url, id),
	};
}

/** Starts the services next to a Bluesky server: the video service and the AppView. */
export async function startBlueskyServices({ pdsUrl, sandboxes }) {
	const [video, appView] = await Promise.all([
		sandboxes.startSandbox('bluesky-video', { pdsUrl, pdsDid: 'did:web:localhost' }),
		sandboxes.startSandbox('bluesky-appview', { pdsUrl }),
	]);
	return {
		credential: { type: BLUESKY },
		overwrite: { videoBaseUrl: video.url, appViewBaseUrl: appView.url },
		stop: async () => void (await Promise.all([video.stop(), appView.stop()])),
		video,
	};
}

/** at://did:plc:abc/app.bsky.feed.post/3k -> the URL of the public record */
function recordUrl(service, uri) {
	const [repo, collection, rkey] = uri.replace('at://', '').split('/');
	const query = new URLSearchParams({ repo, collection, rkey });
	return `${service}/xrpc/com.atproto.repo.getRecord?${query}`;
}

async function imitation(platform, account, startSandbox, { n8nUrl, ...more }) {
	const { credential, data, pasted, hosts, target, hidden } = account;
	const client = { id: `${platform}-demo`, secret: `${platform}-demo-secret` };
	const redirectUris = [`${n8nUrl}${CALLBACK}`];
	const sandbox = await startSandbox(platform, {
		client: { ...client, redirectUris },
		...(account.httpsCallbacks && { insecureRedirects: true }),
		...(account.fetches && { crawl: { [PUBLIC_URL]: `${n8nUrl}/` } }),
		...more,
	});
	const keys = { clientId: client.id, clientSecret: client.secret };
	return {
		platform,
		credential: {
			name: credentialName(platform),
			type: credential,
			data: pasted
				? pasted(sandbox.url, sandbox.issueToken().accessToken)
				: { ...keys, ...data?.(sandbox.url) },
		},
		connect: !pasted,
		...(hosts && { overwrite: hosts(sandbox.url) }),
		seenAt: (post) => post.url ?? hidden?.(sandbox.state, post),
		...(target && { target: target(sandbox.state) }),
		sandbox,
	};
}

/** The pinned properties of all accounts, in the form of CREDENTIALS_OVERWRITE_DATA. */
export function overwritesOf(accounts) {
	const pinned = accounts.filter(({ overwrite }) => overwrite);
	return Object.fromEntries(
		pinned.map(({ credential, overwrite }) => [credential.type, overwrite]),
	);
}

function credentialName(platform) {
	return `Demo account (${platform})`;
}
