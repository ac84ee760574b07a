/** The demo's accounts: on the real Bluesky server and on the local imitations of the others. */

/**
 * What n8n needs to know of one account.
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
 * }} DemoAccount `overwrite`: what an instance's admin would pin for this credential type;
 *   `target`: the place to post to
 */

/** What stands in for n8n's address on the internet, which media are fetched from. */
export const PUBLIC_URL = 'https://n8n.example.com/';

/** The platforms that fetch media from addresses they can reach reach n8n by that one. */
const fetching = (n8nUrl) => ({ crawl: { [PUBLIC_URL]: `${n8nUrl}/` } });
/** Some take https callbacks only. */
const loose = (n8nUrl) => ({ insecureRedirects: true, ...fetching(n8nUrl) });

/**
 * The imitations in the order in which they are shown; each is told where it has come up. `target`
 * is the place to post to, where an account has several; `hidden` where a post without an address is
 * to be seen.
 */
const IMITATED = {
	mastodon: {
		credential: 'crosspostMastodonOAuth2Api',
		data: (url) => ({ instanceUrl: url }),
	},
	x: {
		credential: 'crosspostXOAuth2Api',
		overwrite: (url) => ({
			apiBaseUrl: url,
			webBaseUrl: url,
			authUrl: `${url}/i/oauth2/authorize`,
		}),
	},
	threads: {
		credential: 'crosspostThreadsOAuth2Api',
		overwrite: (url) => ({ apiBaseUrl: url, authBaseUrl: url, webBaseUrl: url }),
		options: loose,
	},
	pinterest: {
		credential: 'crosspostPinterestOAuth2Api',
		overwrite: (url) => ({
			apiBaseUrl: url,
			sandboxBaseUrl: `${url}/api-sandbox`,
			webBaseUrl: url,
		}),
		options: fetching,
		target: ({ boards: [{ id }] }) => id,
	},
	facebook: {
		credential: 'crosspostFacebookOAuth2Api',
		overwrite: (url) => ({ apiBaseUrl: url, videoBaseUrl: url, webBaseUrl: url }),
		options: loose,
		target: ({ pages: [{ id }] }) => id,
	},
	instagram: {
		credential: 'crosspostInstagramOAuth2Api',
		overwrite: (url) => ({
			apiBaseUrl: url,
			tokenBaseUrl: url,
			authBaseUrl: url,
			webBaseUrl: url,
		}),
		options: loose,
	},
	linkedIn: {
		credential: 'crosspostLinkedInOAuth2Api',
		data: () => ({ organizations: true }),
		overwrite: (url) => ({ apiBaseUrl: url, oauthBaseUrl: url, webBaseUrl: url }),
	},
	tikTok: {
		credential: 'crosspostTikTokOAuth2Api',
		data: () => ({ extendedScopes: ['video.list'] }),
		overwrite: (url) => ({ apiBaseUrl: url, webBaseUrl: url }),
		options: loose,
		// Of a post that only its author sees TikTok tells no address.
		hidden: ({ posts }, { id }) => posts.find(({ publishId }) => publishId === id)?.url,
	},
};

const BLUESKY = 'crosspostBlueskyApi';
const CALLBACK = '/rest/oauth2-credential/callback';

/**
 * Starts the imitations, each with an account and with n8n registered as its client.
 *
 * @param {{
 *   n8nUrl: string,
 *   sandboxes: { startSandbox(name: string, options?: object): Promise<any> },
 *   options?: Record<string, object>,
 * }} around `options`: more for single imitations
 * @returns {Promise<DemoAccount[]>}
 */
export async function startImitations({ n8nUrl, sandboxes, options = {} }) {
	const starts = Object.keys(IMITATED).map((platform) =>
		imitation(platform, n8nUrl, sandboxes.startSandbox, options[platform]),
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

/** Starts what stands beside a Bluesky server: the video service and the index of all posts. */
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

/** at://did:plc:abc/app.bsky.feed.post/3k -> the record as the server shows it to anyone */
function recordUrl(service, uri) {
	const [repo, collection, rkey] = uri.replace('at://', '').split('/');
	const query = new URLSearchParams({ repo, collection, rkey });
	return `${service}/xrpc/com.atproto.repo.getRecord?${query}`;
}

async function imitation(platform, n8nUrl, startSandbox, more) {
	const { credential, data, overwrite, options, target, hidden } = IMITATED[platform];
	const client = { id: `${platform}-demo`, secret: `${platform}-demo-secret` };
	const redirectUris = [`${n8nUrl}${CALLBACK}`];
	const sandbox = await startSandbox(platform, {
		client: { ...client, redirectUris },
		...options?.(n8nUrl),
		...more,
	});
	const keys = { clientId: client.id, clientSecret: client.secret };
	return {
		platform,
		credential: {
			name: credentialName(platform),
			type: credential,
			data: { ...keys, ...data?.(sandbox.url) },
		},
		connect: true,
		...(overwrite && { overwrite: overwrite(sandbox.url) }),
		seenAt: (post) => post.url ?? hidden?.(sandbox.state, post),
		...(target && { target: target(sandbox.state) }),
		sandbox,
	};
}

/** The pinned properties of all accounts, as n8n takes them in CREDENTIALS_OVERWRITE_DATA. */
export function overwritesOf(accounts) {
	const pinned = accounts.filter(({ overwrite }) => overwrite);
	return Object.fromEntries(
		pinned.map(({ credential, overwrite }) => [credential.type, overwrite]),
	);
}

function credentialName(platform) {
	return `Demo account (${platform})`;
}
