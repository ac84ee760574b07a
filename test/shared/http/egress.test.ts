import type { LookupFunction } from 'node:net';
import type { IExecuteFunctions } from 'n8n-workflow';
import nock from 'nock';

import { innerAddress, type MayBeInner } from '@/nodes/shared/http/egress';
import { readCard } from '@/nodes/shared/media/linkCard';
import { useBinaryStore } from '@/test/support/binaries';
import { inNode } from '@/test/support/inNode';
import { png } from '@/test/support/mediaFixtures';
import { testNode } from '@/test/support/n8n';
import { HOST, nodeOf, sampleCredential, samplePlatform } from '@/test/support/platform';

beforeAll(async () => {
	await useBinaryStore();
	nock.disableNetConnect();
});
afterEach(() => nock.cleanAll());
afterAll(() => nock.enableNetConnect());

const INNER = [
	'http://10.0.0.1/a.png',
	'http://10.1/a.png',
	'http://0x0a.0.0.1/a.png',
	'http://012.0.0.1/a.png',
	'http://167772161/a.png',
	'http://169.254.169.254/latest/meta-data',
	'http://0.0.0.0/a.png',
	'http://192.168.1.5:5678/rest/a.png',
	'http://[::ffff:10.0.0.1]/a.png',
	'http://[fd00::1]/a.png',
	'http://[fe80::1]/a.png',
	'http://[::ffff:a00:1]/a.png',
	'http://[64:ff9b::a00:1]/a.png',
	'http://[2002:a00:1::]/a.png',
];

/** Addresses that never have files, but that n8n's own list lacks. */
const RESERVED = [
	'http://100.64.0.1/a.png',
	'http://100.100.100.200/latest/meta-data',
	'http://192.88.99.1/a.png',
	'http://224.0.0.1/a.png',
	'http://240.0.0.1/a.png',
	'http://255.255.255.255/a.png',
	'http://[::]:5678/a.png',
	'http://[::a00:1]/a.png',
	'http://[::ffff:0:a00:1]/a.png',
	'http://[64:ff9b:1::a00:1]/a.png',
	'http://[100::1]/a.png',
	'http://[2001:0:a00:1::]/a.png',
	'http://[2001:db8::1]/a.png',
	'http://[3fff::1]/a.png',
	'http://[5f00::1]/a.png',
	'http://[fec0::1]/a.png',
	'http://[ff02::1]/a.png',
];

describe('an address inside of the network', () => {
	it.each(INNER)('is known in every spelling: %s', async (url) => {
		expect(await inNode(async (fn) => await innerAddress(fn, url))).toMatchObject({
			reason: 'is not public',
			remediation: expect.stringContaining('N8N_SSRF_ALLOWED_HOSTNAMES'),
		});
	});

	it.each(RESERVED)('is known where n8n’s own list lacks it: %s', async (url) => {
		expect(await inNode(async (fn) => await innerAddress(fn, url))).toMatchObject({
			reason: 'is not public',
			remediation: expect.not.stringContaining('N8N_SSRF'),
		});
	});

	it.each([...INNER, ...RESERVED, 'http://127.0.0.1/', 'http://2130706433/', 'http://localhost/'])(
		'is known without help of n8n: %s',
		async (url) => {
			expect(await innerAddress({ helpers: {} as never }, url)).toBeDefined();
		},
	);

	it.each(['data:text/html,<title>X</title>', 'file:///etc/passwd', 'ftp://a.example.org/', 'x'])(
		'is not the only thing that is refused: %s',
		async (url) => {
			expect(await inNode(async (fn) => await innerAddress(fn, url))).toMatchObject({
				reason: 'is no http or https address',
			});
		},
	);

	it.each([
		'https://93.184.215.14/',
		'https://[64:ff9b::5db8:d70e]/',
		'http://127.0.0.1:8080/',
		'http://[::ffff:127.0.0.1]:8080/',
		'http://[64:ff9b::7f00:1]/',
		'https://name-that-is-not.example.org/',
	])(
		'is not what is public, allowed by n8n’s own setting, or for a proxy to resolve: %s',
		async (url) => {
			expect(await inNode(async (fn) => await innerAddress(fn, url))).toBeUndefined();
		},
	);
});

describe('a name', () => {
	const NAMES: Record<string, string[]> = {
		'public.example.org': ['93.184.215.14', '2606:4700::6810:84e5'],
		'allowed.example.org': ['127.0.0.1'],
		'inner.example.org': ['93.184.215.14', '10.0.0.1'],
		'mapped.example.org': ['::ffff:10.0.0.1'],
		'translated.example.org': ['64:ff9b::a00:1'],
		'unspecified.example.org': ['::'],
		'multicast.example.org': ['93.184.215.14', 'ff02::1%eth0'],
		'machine.tailnet.ts.net': ['100.101.102.103'],
		'files.internal': ['127.0.0.1'],
	};
	/** n8n's own filter with these host names. */
	const named = (fn: IExecuteFunctions): Pick<IExecuteFunctions, 'helpers'> => {
		const filter = fn.helpers.getSecureEgressFilter('enforced');
		const addresses = (host: string) =>
			(NAMES[host] ?? []).map((address) => ({ address, family: address.includes(':') ? 6 : 4 }));
		const getSecureEgressFilter = () => ({
			...filter,
			validateUrl: async (url: string | URL) => {
				const { hostname } = new URL(url);
				if (!/[a-z]$/.test(hostname)) return await filter.validateUrl(url);
				const all = addresses(hostname).map(({ address }) => address.replace(/%.*/, ''));
				if (all.length === 0) throw new Error('ENOTFOUND');
				const results = all.map((address) => filter.validateConnectionHost(address));
				return results.find(({ ok }) => !ok) ?? results[0];
			},
			createSecureLookup: (): LookupFunction => (host, _options, done) =>
				done(null, addresses(host)),
		});
		return { helpers: { ...fn.helpers, getSecureEgressFilter } };
	};
	const reason = async (host: string, mayBeInner?: MayBeInner) =>
		(await inNode(async (fn) => await innerAddress(named(fn), `https://${host}/`, mayBeInner)))
			?.reason;

	it.each([
		'inner.example.org',
		'mapped.example.org',
		'translated.example.org',
		'unspecified.example.org',
		'multicast.example.org',
		'unknown.internal',
		'intranet',
	])('is judged by all addresses behind it: %s', async (host) => {
		expect(await reason(host)).toBe('is not public');
	});

	it.each([
		'public.example.org',
		'allowed.example.org',
		'files.internal',
		'machine.tailnet.ts.net',
		'unknown.example.org',
	])('may stand for what n8n’s settings allow or leave open: %s', async (host) => {
		expect(await reason(host)).toBeUndefined();
	});

	it.each<[string, string | undefined]>([
		['public.example.org', undefined],
		['unknown.example.org', undefined],
		['allowed.example.org', 'is not public'],
		['files.internal', 'is not public'],
		['machine.tailnet.ts.net', 'is not public'],
		['127.0.0.1', 'is not public'],
	])('that a page of the internet names leads there: %s', async (host, expected) => {
		expect(await reason(host, () => false)).toBe(expected);
	});
});

const image = { count: 4, bytes: 1_000_000, types: ['image/png'], from: 'bytes' as const };

const published = async (url: string) => {
	const type = nodeOf(
		samplePlatform({ limits: { text: { max: 9, unit: 'codePoints' }, media: { image } } }),
	);
	const [[{ json }]] = await testNode({
		type,
		parameters: {
			resource: 'post',
			operation: 'publish',
			text: 'Hi',
			media: { medium: [{ source: 'url', url }] },
		},
		credentials: [{ type: sampleCredential, data: { oauthTokenData: { access_token: 'a' } } }],
		continueOnFail: true,
	}).run();
	return json;
};

describe('a file by URL', () => {
	it.each([INNER[0], INNER[5], INNER[8]])(
		'is not taken from inside of the network: %s',
		async (url) => {
			expect(await published(url)).toMatchObject({
				error: { code: 'media_rejected', message: expect.stringContaining('is not public') },
			});
		},
	);

	it('is not taken from there by way of a redirect, or of two', async () => {
		const web = nock('https://files.example.org');
		web.get('/one').reply(302, '', { location: '/two' });
		web.get('/two').reply(307, '', { location: 'http://10.0.0.1/secret.png' });
		const inner = nock('http://10.0.0.1').get('/secret.png').reply(200, png(2, 2));
		expect(await published('https://files.example.org/one')).toMatchObject({
			error: { message: expect.stringContaining('http://10.0.0.1/secret.png is not public') },
		});
		expect(inner.isDone()).toBe(false);
	});

	it('is taken from elsewhere', async () => {
		nock('https://files.example.org').get('/a.png').reply(200, png(2, 2));
		nock(HOST).post('/posts').reply(200, { id: '7' });
		expect(await published('https://files.example.org/a.png')).toMatchObject({ id: '7' });
	});

	it('tells no password and no token of a bot in its address', async () => {
		nock('https://api.telegram.org').get(/.*/).reply(404);
		const { error } = await published('https://api.telegram.org/file/bot123:ABC/photos/4.jpg');
		expect(JSON.stringify(error)).toContain('bot123:[hidden]/photos/4.jpg');
	});
});

describe('a page', () => {
	const card = async (url: string) => await inNode(async (fn) => await readCard(fn, url));
	const PAGE = '<title>Inside</title>';

	it.each(INNER.slice(0, 8))('is not read from inside of the network: %s', async (url) => {
		const inner = nock(new URL(url).origin).get(/.*/).reply(200, PAGE);
		expect(await card(url)).toBeUndefined();
		expect(inner.isDone()).toBe(false);
	});

	it('is not read from there by way of a redirect', async () => {
		nock('https://a.example.org').get('/').reply(302, '', { location: 'http://10.0.0.1/admin' });
		const inner = nock('http://10.0.0.1').get('/admin').reply(200, PAGE);
		expect(await card('https://a.example.org/')).toBeUndefined();
		expect(inner.isDone()).toBe(false);
	});

	it('is read where the redirects lead, and its picture is looked for there', async () => {
		nock('https://a.example.org')
			.get('/s')
			.reply(302, '', { location: 'https://b.example.org/deep/page' });
		nock('https://b.example.org')
			.get('/deep/page')
			.reply(200, `${PAGE}<meta property="og:image" content="img.png">`, {
				'content-type': 'text/html',
			});
		expect(await card('https://a.example.org/s')).toEqual({
			title: 'Inside',
			description: '',
			image: 'https://b.example.org/deep/img.png',
		});
	});

	it.each<[number, string, Record<string, string>]>([
		[404, PAGE, { 'content-type': 'text/html' }],
		[200, PAGE, { 'content-type': 'application/pdf' }],
		[200, PAGE, { 'cf-mitigated': 'challenge' }],
		[200, '', {}],
	])('is none with HTTP %i, %j and %j', async (status, body, headers) => {
		nock('https://a.example.org').get('/').reply(status, body, headers);
		expect(await card('https://a.example.org/')).toBeUndefined();
	});
});
