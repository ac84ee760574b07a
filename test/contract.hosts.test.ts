import type { IDataObject } from 'n8n-workflow';

import { unrecorded } from '../nodes/shared/connection/client';
import type { Request } from '../nodes/shared/contract/api';
import type { Call } from '../nodes/shared/contract/http';
import type { Media } from '../nodes/shared/contract/media';
import type { Platform } from '../nodes/shared/contract/platform';
import { platforms } from './platforms/asked';
import { apiWith, KEPT, recorded, TOKEN } from './support/api';
import { chosen } from './support/chosen';

/** Checks which hosts may receive a token, for any URL in an answer. */
const BASE = 'api.example';

/** URLs that look like this host but are not. */
const lookalikes = (host: string) => [
	`https://${host}.evil.example/x`,
	`https://evil${host}/x`,
	`https://evil-${host}/x`,
	`https://${host}@evil.example/x`,
	`https://${host}:443@evil.example/x`,
	`https://user:password@${host}/x`,
	`https://evil.example\\@${host}/x`,
	`https://${host}\\@evil.example/x`,
	`https://${host}\\.evil.example/x`,
	`https://evil.example#@${host}/x`,
	`https://evil.example?@${host}/x`,
	`https://${host}%2eevil.example/x`,
	`https://${host}:8443/x`,
	`http://${host}/x`,
];

/** Paths that become another host when they follow the base URL, and other spellings of a host. */
const STRANGERS = [
	'https://evil.example/x',
	'HTTPS://evil.example/x',
	'https:\\\\evil.example/x',
	'https://127.0.0.1/x',
	'http://127.0.0.1:5678/x',
	'http://localhost/x',
	'http://[::1]/x',
	'@evil.example/x',
	'.evil.example/x',
	':8443/x',
	'\\evil.example/x',
	' @evil.example/x',
	'',
];

const cases = platforms.map((platform) => [platform.name, platform] as const);
const secretIn = ({ url, headers, query }: Call) =>
	[TOKEN, KEPT].some((secret) => JSON.stringify([url, headers, query]).includes(secret));

/** The ways in which an adapter can sign a request. */
const signings: Array<[string, Pick<Request, 'token' | 'headers'>]> = [
	['the token of the session', {}],
	['a token that is kept', { token: KEPT }],
	['words of its own', { token: 'none', headers: { Authorization: `OAuth ${TOKEN}` } }],
];

/**
 * Without a signature, because the URL itself gives access, only the adapter's own headers could
 * leak.
 */
const signingsOf = ({ credentials: [{ auth }] }: Platform) =>
	auth === 'none' ? signings.slice(-1) : signings;

describe.each(cases)('%s', (_name, platform) => {
	const { domains = [] } = platform;
	const [[, signing]] = signingsOf(platform);
	const hosts = [BASE, ...domains];
	const strangers = [...STRANGERS.filter(Boolean), ...hosts.flatMap(lookalikes)];
	const refused = {
		failure: { rule: `${platform.id}.address.foreign`, code: 'platform_rejected' },
	};

	describe.each(signingsOf(platform))('with %s', (_what, signing) => {
		it.each(strangers)('nothing is sent to %s', async (path) => {
			const { calls, http } = recorded();
			const api = apiWith(platform, {}, http);
			await expect(api.send({ path, ...signing })).rejects.toMatchObject(refused);
			expect(calls).toEqual([]);
		});

		it.each([
			`https://${BASE}/x?a=b@c`,
			`https://${BASE}`,
			`https://${BASE}:443/x`,
			`https://${BASE.toUpperCase()}/x`,
			'/x/@alice',
			...domains.flatMap((domain) => [`https://${domain}/x`, `https://up.${domain}/x?y=1`]),
		])('its own is asked: %s', async (path) => {
			const { calls, http } = recorded();
			await apiWith(platform, {}, http).send({ path, ...signing });
			expect(calls.map(secretIn)).toEqual([true]);
		});
	});

	it.each(strangers.filter((one) => /^https?:/.test(one)))(
		'what needs no token goes without one to %s',
		async (path) => {
			const { calls, http } = recorded();
			await apiWith(platform, {}, http).send({ path, token: 'none' });
			expect(calls.map(secretIn)).toEqual([false]);
		},
	);

	it('a server of one’s own gets the token at its very port', async () => {
		const { calls, http } = recorded();
		const credential = { [platform.credentials[0].host]: 'http://127.0.0.1:4000' };
		const api = apiWith(platform, { credential }, http);
		const sent = async (path: string) => await api.send({ path, ...signing });
		await sent('http://127.0.0.1:4000/x');
		await expect(sent('http://127.0.0.1:4001/x')).rejects.toMatchObject(refused);
		await expect(sent('https://127.0.0.1:4000/x')).rejects.toMatchObject(refused);
		expect(calls).toHaveLength(1);
	});

	it('a publishing request that is not sent counts as refused', async () => {
		const { calls, http } = recorded();
		const refusedOnce = jest.fn(async () => {});
		const attempt = { ...unrecorded, refused: refusedOnce };
		const api = apiWith(platform, { attempt }, http);
		const request = { method: 'POST', path: 'https://evil.example/x', ...signing } as const;
		await expect(api.publish(request)).rejects.toMatchObject(refused);
		expect(refusedOnce).toHaveBeenCalledTimes(1);
		expect(calls).toEqual([]);
	});
});

/** An answer in which every URL, for every vendor, is the same. */
const naming = (url: string): IDataObject => ({
	...{ id: '1', uri: url, upload_url: url, video_id: '1', media_id: '1', permalink: url },
	...{ access_token: KEPT, upload_parameters: {}, username: 'alice', did: 'did:plc:a' },
	...{ data: { id: '1', publish_id: '1', upload_url: url, creator_username: 'alice' } },
	value: {
		...{ image: 'urn:li:image:1', document: 'urn:li:document:1', video: 'urn:li:video:1' },
		uploadUrl: url,
		uploadInstructions: [{ uploadUrl: url, firstByte: 0, lastByte: 3 }],
	},
	...{ paging: { next: url, cursors: { after: 'a' } }, error: { code: 'ok' } },
});

const file = (mime: string): Media => ({
	...{ name: 'a', digest: '', mime, bytes: 4, width: 100, height: 100, seconds: 5 },
	...{ alt: '', options: {}, source: 'binary' as const },
	open: async () =>
		(async function* () {
			yield Buffer.from('abcd');
		})(),
	publicUrl: () => undefined as unknown as string,
});

/** Uploads to a URL from an answer; `signed` says whether the token is sent. */
const uploads: Array<[platform: string, mime: string, options: IDataObject, signed: boolean]> = [
	['facebook', 'video/mp4', { postType: 'reel', type: 'reel' }, true],
	['instagram', 'video/mp4', {}, true],
	['linkedIn', 'image/png', {}, true],
	['linkedIn', 'application/pdf', {}, true],
	['linkedIn', 'video/mp4', {}, false],
	['pinterest', 'video/mp4', {}, false],
	['tikTok', 'video/mp4', {}, false],
];

const published = async (platform: Platform, mime: string, options: IDataObject) => {
	const url = 'https://upload.evil.example/x';
	const { calls, http } = recorded(() => ({ body: naming(url) }));
	// Instagram accepts bytes only with this login.
	const api = apiWith(platform, { credential: { login: 'facebookLogin' } }, http);
	const post = {
		text: 'Hello',
		media: [file(mime)],
		options: { ...chosen(platform), ...options },
		target: '17841400000000099',
	};
	const error = await platform.publish(api, post).then(
		() => undefined,
		(failed: unknown) => failed as { failure?: IDataObject },
	);
	return { error, strays: calls.filter((call) => call.url.startsWith(url)) };
};

it.each(uploads)(
	'A file for %s (%s) takes no token to a foreign host',
	async (id, mime, options, isSigned) => {
		const platform = platforms.find((one) => one.id === id) as Platform;
		const { error, strays } = await published(platform, mime, options);
		expect(strays.filter(secretIn)).toEqual([]);
		if (isSigned) {
			expect(strays).toEqual([]);
			expect(error?.failure).toMatchObject({ rule: `${id}.address.foreign` });
		} else {
			expect(strays.length).toBeGreaterThan(0);
		}
	},
);

const kinds = platforms.flatMap((platform) =>
	Object.values(platform.limits.media).map(
		({ types }) => [platform.name, String(types[0]), platform] as const,
	),
);

it.each(kinds)(
	'A post on %s with %s takes no token to a foreign host',
	async (_name, mime, platform) => {
		const { strays } = await published(platform, mime, {});
		expect(strays.filter(secretIn)).toEqual([]);
	},
);
