/** The real Bluesky server (PDS) and its identity directory (PLC), in memory, on loopback. */
import { createHmac } from 'node:crypto';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { firstJsonLine, startGuarded } from './processes.mjs';

const SERVER = fileURLToPath(new URL('pdsServer.mjs', import.meta.url));
const AN_HOUR = 3600;

/**
 * Starts an empty PDS. Handles end in `.test`.
 *
 * @param {{
 *   heavy: import('./heavy.mjs').Heavy,
 *   port?: number,
 *   env?: Record<string, string>,
 *   rateLimits?: boolean,
 * }} options `rateLimits`: whether Bluesky's rate limits are on
 */
export async function startPds({ heavy, port, rateLimits = false, env = {} }) {
	const guarded = startGuarded({
		command: heavy.node,
		args: [SERVER, join(heavy.dir, 'package.json')],
		env: {
			...process.env,
			NODE_OPTIONS: '',
			// The PDS's timers sometimes make Node warn about a negative time.
			NODE_NO_WARNINGS: '1',
			NODE_COMPILE_CACHE: join(heavy.dir, '.compile-cache'),
			...(port && { PDS_PORT: String(port) }),
			PDS_RATE_LIMITS: String(rateLimits),
			...env,
		},
	});
	const { url, plcUrl, jwtSecret } = await firstJsonLine(guarded, 'The Bluesky server');
	const call = (method, body, token) => post(url, method, body, token);
	return {
		url,
		plcUrl,
		stop: guarded.stop,
		/** Creates an account with an app password, which users enter in the credential. */
		async createAccount(handle, password = `main-password-of-${handle}`) {
			const email = `${handle.replace(/\.test$/, '')}@example.com`;
			const account = await call('server.createAccount', { handle, email, password });
			const name = 'crosspost';
			const app = await call('server.createAppPassword', { name }, account.accessJwt);
			return { did: account.did, handle, password, appPassword: app.password };
		},
		/** All public records of one collection. */
		async records(did, collection = 'app.bsky.feed.post') {
			const query = new URLSearchParams({ repo: did, collection, limit: '100' });
			return (await get(url, 'repo.listRecords', query)).records;
		},
		/** The same access or refresh token, validly signed but expired. */
		expired: (token) => resign(token, jwtSecret, -AN_HOUR),
	};
}

/** @typedef {Awaited<ReturnType<typeof startPds>>} Pds */

async function get(url, method, query) {
	return await read(await fetch(`${url}/xrpc/com.atproto.${method}?${query}`), method);
}

async function post(url, method, body, token) {
	const response = await fetch(`${url}/xrpc/com.atproto.${method}`, {
		method: 'POST',
		headers: {
			'content-type': 'application/json',
			...(token && { authorization: `Bearer ${token}` }),
		},
		body: JSON.stringify(body),
	});
	return await read(response, method);
}

async function read(response, method) {
	const text = await response.text();
	if (!response.ok) throw new Error(`The Bluesky server, ${method}: ${response.status} ${text}`);
	return JSON.parse(text);
}

/** Signs with HS256, as the PDS does for its sessions. */
function resign(token, secret, secondsFromNow) {
	const [header, claims] = token.split('.');
	const now = Math.floor(Date.now() / 1000);
	const old = JSON.parse(Buffer.from(claims, 'base64url').toString());
	const fresh = { ...old, iat: now + secondsFromNow - AN_HOUR, exp: now + secondsFromNow };
	const signed = `${header}.${Buffer.from(JSON.stringify(fresh)).toString('base64url')}`;
	return `${signed}.${createHmac('sha256', secret).update(signed).digest('base64url')}`;
}
