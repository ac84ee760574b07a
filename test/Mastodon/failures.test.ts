import { png } from '../support/mediaFixtures';
import { binaryItem } from '../support/binaries';
import { BEFORE } from './setup';
import { failing, said } from './talk';

type Answer = [status: number, body: unknown, headers?: Record<string, string>];

describe('refusals of the post', () => {
	it.each<[string, Answer, Record<string, unknown>]>([
		[
			'a bad request',
			[400, said('Malformed')],
			{ code: 'platform_rejected', message: 'Mastodon: Malformed' },
		],
		[
			'a dead token',
			[401, said('The access token was revoked')],
			{ code: 'platform_auth_failed', retryable: false },
		],
		[
			'a missing scope',
			[403, said('outside the authorized scopes')],
			{ code: 'permission_missing' },
		],
		[
			'a key that Pixelfed has seen',
			[400, { message: 'Duplicate idempotency key.' }],
			{ code: 'duplicate', message: 'Mastodon: Duplicate idempotency key.' },
		],
		['a deleted parent', [404, said('does not appear to exist')], { code: 'not_found' }],
		['what is gone', [410, said('Gone')], { code: 'not_found', message: 'Mastodon: Gone' }],
		[
			'invalid content',
			[422, said('Validation failed: Text')],
			{ code: 'platform_rejected', httpStatus: 422 },
		],
		[
			'too many posts, with a time in ISO 8601',
			[429, said('Too many requests'), { 'x-ratelimit-reset': '2096-11-21T12:00:00.123456Z' }],
			{
				code: 'rate_limited',
				retryable: true,
				retryAt: expect.stringMatching(/^2096-11-21T1[12]:/),
			},
		],
		[
			'too many posts, with a time in Unix seconds',
			[429, said('Too many requests'), { 'x-ratelimit-reset': '4000000000' }],
			{ code: 'rate_limited', retryAt: expect.stringMatching(/^2096-10-02T07:0/) },
		],
	])('tells %s', async (_what, [code, body, headers], expected) => {
		const { error } = await failing({ text: 'Hello' }, [
			...BEFORE,
			['POST', '/api/v1/statuses', code, body, headers],
		]);
		expect(error).toMatchObject({ platform: 'mastodon', ...expected });
		expect(JSON.stringify(error)).not.toContain('secret');
	});
});

describe('answers that are not those of the API', () => {
	const listed = '/api/v1/accounts/1/statuses';

	it.each<[string, Answer]>([
		['a proxy’s limit', [413, '<html>413</html>']],
		['a page that says gone', [410, '']],
		['a silent refusal', [422, '']],
		['a redirect', [301, '', { location: 'https://new.example/api/v1/statuses' }]],
	])('prove nothing: %s', async (_what, [code, body, headers]) => {
		const once = [
			['POST', '/api/v1/statuses', code, body, headers],
			['GET', listed, 200, [], { date: new Date(Date.now()).toUTCString() }],
		] as const;
		const { error, talk } = await failing({ text: 'Hello' }, [
			...BEFORE,
			...[1, 2, 3, 4].flatMap(() => once),
			...[2, 3, 4].map(() => once[1]),
		]);
		expect(error).toMatchObject({
			code: 'platform_unavailable',
			message: expect.stringMatching(
				/^Mastodon gave no clear answer .*, and nothing was published\.$/,
			),
		});
		const keys = talk.requests
			.filter(({ method }) => method === 'POST')
			.map(({ headers: sent }) => sent['idempotency-key']);
		expect(new Set(keys).size).toBe(1);
	});

	it('tell of a server that has moved before anything is sent', async () => {
		const headers = { location: 'https://new.example/api/v2/instance' };
		const { error } = await failing({ text: 'Hello' }, [
			['GET', '/api/v2/instance', 301, '', headers],
		]);
		expect(error).toMatchObject({
			rule: 'mastodon.instance.moved',
			message: expect.stringContaining('new.example'),
		});
	});
});

describe('refusals of media', () => {
	const post = { text: 'Hello', media: { medium: [{ source: 'binary', binaryProperty: 'data' }] } };
	const item = async () =>
		[await binaryItem({ data: { data: png(8, 8), fileName: 'a.png', mimeType: '' } })] as never[];

	it.each<[number, unknown, string]>([
		[406, '', 'Mastodon does not take a.png: HTTP 406'],
		[413, '<h1>Too large</h1>', 'Mastodon does not take a.png: HTTP 413'],
		[422, said('File is invalid'), 'Mastodon does not take a.png: File is invalid'],
	])('tells a %i on upload', async (code, body, message) => {
		const { error } = await failing(
			post,
			[...BEFORE, ['POST', '/api/v2/media', code, body]],
			await item(),
		);
		expect(error).toMatchObject({
			code: 'media_rejected',
			rule: `mastodon.media.${code}`,
			message,
		});
	});

	it('tells a failure in processing', async () => {
		const { error } = await failing(
			post,
			[
				...BEFORE,
				['POST', '/api/v2/media', 202, { id: 'a1' }],
				['GET', '/api/v1/media/a1', 422, said('Error processing thumbnail')],
			],
			await item(),
		);
		expect(error).toMatchObject({
			code: 'media_rejected',
			message: 'Mastodon could not process a file: Error processing thumbnail',
		});
	});
});

describe('posts that cannot be found', () => {
	const options = { replyTo: 'https://other.example/notice/1' };
	it.each<[string, Answer, Record<string, unknown>]>([
		[
			'no scope',
			[403, said('scopes')],
			{ code: 'permission_missing', rule: 'mastodon.scope.search' },
		],
		['no search', [404, said('Record not found')], { code: 'not_found' }],
		[
			'no result',
			[200, { statuses: [] }],
			{ code: 'not_found', message: expect.stringContaining('notice/1') },
		],
	])('tells %s', async (_what, [code, body], expected) => {
		const { error } = await failing({ text: 'Hello', options }, [
			...BEFORE,
			['GET', '/api/v2/search', code, body],
		]);
		expect(error).toMatchObject(expected);
	});

	it('tells what is no address of a post', async () => {
		const { error } = await failing({ text: 'Hello', options: { replyTo: 'the last one' } }, [
			...BEFORE,
		]);
		expect(error).toMatchObject({ code: 'validation_failed', rule: 'mastodon.post.address' });
	});
});
