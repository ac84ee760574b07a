import { withoutSecret, withoutSigned } from '@/nodes/shared/media/url';

const source = (url: string) => ({ url, alt: 'A cat', options: { focus: '0,0' } });

it.each([
	'https://bucket.s3.amazonaws.com/cat.jpg?X-Amz-Algorithm=A&X-Amz-Signature=5e',
	'https://storage.googleapis.com/b/cat.jpg?X-Goog-Signature=5e',
	'https://a.blob.core.windows.net/c/cat.jpg?sv=2024-11-04&se=2026-11-22&sig=5e%3D',
	'https://d111.cloudfront.net/cat.jpg?Expires=1&Signature=5e&Key-Pair-Id=K',
	'https://n8n.example.com/rest/binary-data/cat.jpg?token=eyJ',
	'https://alice:secret@example.com/cat.jpg',
	'https://files.example.org/cat.jpg?a=1;access_token=abcdefghijk',
	'https://files.example.org/cat.jpg#/r?access_token=abcdefghijk',
	'https://api.telegram.org/file/bot123%3AABC/cat.jpg',
	'https://files.example.org/cat.jpg?u=https%3A%2F%2Fa.example%2F%3Faccess_token%3Dabc',
	...[
		'hm',
		'rlkey',
		'resourcekey',
		'oh',
		'sas',
		'access_key',
		'x-api-key',
		'PHPSESSID',
		'key',
		'hash',
		'code',
		'session',
	].map((name) => `https://example.com/cat.jpg?${name}=abc`),
	'https://example.com/cat.jpg?ticket=abc',
	'https://example.com/cat.jpg?pwd=abc',
	'https://example.com/cat.jpg#access_token=abc',
	'https://api.telegram.org/file/bot123:ABC/photos/cat.jpg',
])('%s is not kept', (url) => {
	const kept = withoutSecret(source(url));
	expect(kept).toEqual({
		alt: 'A cat',
		options: { focus: '0,0' },
		missing: expect.stringMatching(/^cat\.jpg was not kept/) as string,
	});
});

it.each([
	'https://example.com/cat.jpg',
	'https://example.com/cat.jpg?width=800&v=3&design=blue',
	'https://example.com/token/cat.jpg',
	'no URL',
])('%s is kept', (url) => {
	expect(withoutSecret(source(url))).toEqual(source(url));
});

it('keeps the names of binary fields', () => {
	const binary = { binary: 'data', alt: '', options: {} };
	expect(withoutSecret(binary)).toBe(binary);
});

it('keeps no option that is a signed URL', () => {
	const options = { cover: 'https://example.com/c.jpg?width=6', count: 1, none: '' };
	expect(withoutSigned({ ...options, picture: ' https://example.com/p.jpg?sig=5e' })).toEqual(
		options,
	);
});
