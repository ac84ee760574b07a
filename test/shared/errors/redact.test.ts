import { secretsCarried, secretsSent } from '@/nodes/shared/errors/carried';
import { failure, redactFailure } from '@/nodes/shared/errors/failure';
import { redact, redactNames, redactReply } from '@/nodes/shared/errors/redact';

describe('redact', () => {
	it('cuts out known secrets', () => {
		const value = { said: 'my "password" is known', url: 'https://example.com/?token=abc' };
		expect(redact(value, ['"password"', ''])).toEqual({
			said: 'my [hidden] is known',
			url: 'https://example.com/?token=abc',
		});
	});

	it('cuts out of what a platform says those in URLs too', () => {
		const value = {
			next: 'https://graph.example.com/v1/me?limit=2&access_token=abc&after=x',
			message: 'Could not fetch https://n8n.example.com/rest/binary-data/signed?token=ey.J-h_b',
			said: 'my "password" is known',
			id: '12345678901234567890',
		};
		expect(redactReply(value, ['"password"', ''])).toEqual({
			next: 'https://graph.example.com/v1/me?limit=2&access_token=[hidden]&after=x',
			message: 'Could not fetch https://n8n.example.com/rest/binary-data/signed?token=[hidden]',
			said: 'my [hidden] is known',
			id: '12345678901234567890',
		});
	});

	it('leaves the rest as it is', () => {
		const value = { url: 'https://example.com/?tokens=3', when: undefined };
		expect(redact(value, ['long-secret'])).toBe(value);
	});
});

describe('a secret in whatever form', () => {
	const secret = 'a/b+c=&<"x\\y';
	it.each([
		['as it is', secret],
		['in a URL', encodeURIComponent(secret)],
		['in a URL with small letters', encodeURIComponent(secret).toLowerCase()],
		['in a form', new URLSearchParams({ s: secret }).toString()],
		['in HTML', 'a/b+c=&amp;&lt;&quot;x\\y'],
		['in JSON', JSON.stringify({ said: secret })],
		['in JSON with escaped slashes', 'a\\/b+c=&<\\"x\\\\y'],
		['in JSON by numbers', 'a\\u002fb\\u002bc\\u003d\\u0026\\u003c\\u0022x\\u005cy'],
		['in HTML by numbers', 'a&#47;b&#x2B;c&#61;&#38;&#60;&#x22;x&#92;y'],
		['in a URL in a URL', encodeURIComponent(encodeURIComponent(secret))],
		['in JSON in JSON', JSON.stringify(JSON.stringify({ said: secret }))],
		['in base64', Buffer.from(secret).toString('base64')],
		['in a document in base64url', Buffer.from(`id:${secret}!`).toString('base64url')],
	])('is hidden %s', (_what, text) => {
		const { said } = redact({ said: text }, [secret]);
		expect(said).toContain('[hidden]');
		expect(said).not.toContain('c%3D');
	});

	it.each(['\n', '\r\n', '%0A', '\\n'])('is hidden in base64 with lines that end in %j', (end) => {
		const long = `${secret}${'0123456789abcdef'.repeat(9)}`;
		const lines = Buffer.from(`{"a":1,"secret":"${long}"}`)
			.toString('base64')
			.match(/.{1,76}/g);
		const said = `before\n${lines?.join(end)}\nafter`;
		const told = redact(said, [long]);
		expect(told).toMatch(/^before\n\[hidden\]\nafter$/);
	});

	it.each(['tok-12345678\n', ' tok-12345678 ', '\ttok-12345678\r\n'])(
		'is hidden without the blanks around it: %j',
		(stored) => {
			const base64 = Buffer.from('tok-12345678').toString('base64');
			const value = ['not tok-12345678!', `Basic ${base64}`, stored];
			expect(redact(value, [stored]).join()).not.toMatch(/tok-1234|dG9r/);
		},
	);

	it.each(['a&ampb&ltx1', 'a&#38b&#60x1', 'a&#x26;b&#x3Cx1'])(
		'is hidden in HTML without semicolons: %s',
		(text) => expect(redact(text, ['a&b<x1'])).toBe('[hidden]'),
	);

	it('is hidden in Basic authentication', () => {
		const sent = `Basic ${Buffer.from('id:secret').toString('base64')}`;
		expect(redact([sent], ['id:secret'])).toEqual(['Basic [hidden]']);
	});

	it.each([null, undefined, true, 1234, '', '   ', 'abc'])(
		'that is none hides nothing: %j',
		(odd) => {
			const value = { id: '91234567', list: [null, true, 1234], text: 'abc true null' };
			expect(redact(value, [odd])).toBe(value);
		},
	);

	it.each([
		'50 % off & more',
		'100%25 sure &amp; C:\\new\\table',
		'https://example.com/?q=a%2Fb&amp;x=1',
		'{"text":"caf\\u00e9 \\"quoted\\""}',
		'&unknown; &#999999999; %zz %c3',
		Buffer.from('nothing of note in here').toString('base64'),
	])('that is not in it leaves a text as it is: %s', (text) => {
		const value = { text };
		expect(redact(value, [secret, 'long-secret'])).toBe(value);
	});

	it('leaves numbers alone and survives an answer without a bottom', () => {
		expect(redact({ id: 123456 }, ['123456'])).toEqual({ id: 123456 });
		let deep: unknown = 'long-secret';
		for (let level = 0; level < 100_000; level++) deep = { deep };
		expect(JSON.stringify(redact(deep, ['long-secret']))).toContain('nested too deeply');
	});

	it('takes time that grows no faster than a text does', () => {
		const escapes = ['%25', '%', '&amp;', '&#x41;', '\\u0041', '\\\\'];
		const base64 = Buffer.from('long-secret!').toString('base64');
		const others = ['?token', '&', 'https://a', '/bot1:', '?a_token_', '\\"'];
		const more = ['&a[', `&${'a['.repeat(20)}`, 'a.a', 'a://', 'a:', ';jsessionid=', '\n', 'A\n'];
		for (const unit of [...others, ...more, ...escapes, base64, `${base64} `]) {
			const text = unit.repeat(500_000 / unit.length);
			const before = process.cpuUsage();
			redactReply({ text }, ['long-secret']);
			const { user, system } = process.cpuUsage(before);
			expect(user + system).toBeLessThan(2_000_000);
		}
	});
});

it.each([
	['https://user:pass@files.example/404.png', 'https://[hidden]@files.example/404.png'],
	[
		'https://api.telegram.org/file/bot123:ABC/photos/4.jpg',
		'https://api.telegram.org/file/bot123:[hidden]/photos/4.jpg',
	],
	[
		'see https://a.example/b#access_token=abc&x=1',
		'see https://a.example/b#access_token=[hidden]&x=1',
	],
	['https://cdn.example/a?width=8&hm=abc', 'https://cdn.example/a?width=8&hm=[hidden]'],
	...[
		'api-key',
		'subscription-key',
		'ocp-apim-subscription-key',
		'authkey',
		'pass',
		'auth_key',
	].map((name) => [
		`https://a.example/?${name}=abc&x=1`,
		`https://a.example/?${name}=[hidden]&x=1`,
	]),
	...['oauth_verifier', 'data[token]', 'a[b][secret]', 'jsessionid'].map((name) => [
		`https://a.example/?x=1&${name}=abc`,
		`https://a.example/?x=1&${name}=[hidden]`,
	]),
	['https://a.example/?data%5Btoken%5D=abc', 'https://a.example/?data%5Btoken%5D=[hidden]'],
	['https://a.example/b;jsessionid=A1.n1', 'https://a.example/b;jsessionid=[hidden]'],
	['ftp://user:pass@a.example/b', 'ftp://[hidden]@a.example/b'],
	['wss://user:pass@a.example/b', 'wss://[hidden]@a.example/b'],
	['redis://:pass@a.example', 'redis://[hidden]@a.example'],
	['https://hooks.slack.com/services/T0/B0/Xy-1', 'https://hooks.slack.com/services/[hidden]'],
	['https://discord.com/api/webhooks/123/Ab_c-d', 'https://discord.com/api/webhooks/123/[hidden]'],
	[
		'https://discordapp.com/api/v10/webhooks/123/Ab?wait=1',
		'https://discordapp.com/api/v10/webhooks/123/[hidden]?wait=1',
	],
	...[
		'https://a.example/?monkey=1&design=blue',
		'https://a.example/?compass=1&passage=2&q[keyword]=3&bypass=4',
		'https://a.example/services/a/b;version=1',
		'at://did:plc:abc/app.bsky.feed.post/3k and @alice@mastodon.example',
		'https://mastodon.example/@alice, see a://b and c@d.example',
	].map((same) => [same, same]),
])('cuts what lets somebody in out of %s', (text, expected) => {
	expect(redactReply({ text }, [])).toEqual({ text: expected });
});

describe('a secret that is a usual word', () => {
	const words = ['published', 'message', 'rate_limited', 'sample', 'status'];

	it('leaves the names of fields that the core wrote', () => {
		const value = { status: 'ok', published: [{ message: 'a status' }] };
		expect(redact(value, words)).toEqual({
			...{ status: 'ok', published: [{ message: 'a [hidden]' }] },
		});
	});

	it.each([redactNames, redactReply])('is hidden in names that a server chose', (hide) => {
		expect(hide({ status: { published: 'ok' } }, words)).toEqual({
			'[hidden]': { '[hidden]': 'ok' },
		});
	});

	it('leaves of a failure what the core wrote', () => {
		const told = failure({
			...{ code: 'rate_limited', platform: 'sample', retryAt: '2030-01-01T00:00:00Z' },
			...{ message: 'Sample: no status', platformResponse: { status: 'sample' } },
			published: [{ id: 'sample-1', status: 'published' }],
		});
		expect(redactFailure(told, words)).toMatchObject({
			...{ code: 'rate_limited', platform: 'sample', retryAt: '2030-01-01T00:00:00Z' },
			...{ message: 'Sample: no [hidden]', platformResponse: { '[hidden]': '[hidden]' } },
			published: [{ id: 'sample-1', status: 'published' }],
		});
	});
});

describe('what a request carries', () => {
	const link = 'https://shop.example/deal?token=long-secret&session=published';
	const signed = 'https://up.example/a?token=long-secret&expires=2030-01-01&sig=20300101T101010Z';

	it.each([
		['a link', { path: '/posts', body: { link }, form: { link }, query: { link } }, []],
		['the address of an upload', { path: signed }, ['long-secret']],
		['what the adapter marks', { path: '/', secrets: ['long-secret', 'abc'] }, ['long-secret']],
	])('lets somebody in, or not: %s', (_what, request, expected) => {
		expect(secretsSent(request)).toEqual(expected);
	});

	it('is also what the address of a file has in its path', () => {
		const url = 'https://api.telegram.org/file/bot123:AAF-long/photos/4.jpg';
		expect(secretsCarried(url)).toEqual(['AAF-long']);
	});
});
