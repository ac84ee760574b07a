import { redact, redactReply } from '@/nodes/shared/errors/redact';

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
		for (const unit of [...others, ...escapes, base64, `${base64} `]) {
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
	['https://a.example/?monkey=1&design=blue', 'https://a.example/?monkey=1&design=blue'],
])('cuts what lets somebody in out of %s', (text, expected) => {
	expect(redactReply({ text }, [])).toEqual({ text: expected });
});
