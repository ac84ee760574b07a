import type { IDataObject } from 'n8n-workflow';

import { binaryItem } from '../../support/binaries';
import { connected, resultOf, xNode } from '../../X/setup';
import { asDescribed, files, media, sandbox } from './xSetup';

// Waits are recorded, but take no time.
describe('uploads', () => {
	it('sends a film in chunks of 1 MiB, looks at the state, and keeps every byte', async () => {
		const node = xNode({ text: 'Film', ...media('film') }, { credential: connected(sandbox) });
		await resultOf(node, await binaryItem(files));
		const operations = sandbox.requests.map(({ operation }) => operation);
		expect(operations).toEqual([
			'me',
			'upload.initialize',
			'upload.append',
			'upload.append',
			'upload.append',
			'upload.finalize',
			'upload.status',
			'upload.status',
			'publish',
		]);
		const [{ media: kept }] = sandbox.state.posts;
		expect(kept[0]).toMatchObject({ totalBytes: 2_500_000, state: 'succeeded' });
		expect(kept[0].segments.map(({ length }) => length).sort()).toEqual([
			1_048_576, 1_048_576, 402_848,
		]);
	});

	it.each(['upload.initialize', 'upload.append', 'upload.finalize', 'upload.status'])(
		'repeats %s after a cut, an outage, a limit and an expired token',
		async (operation) => {
			const options = { rateLimitWait: 100 };
			const node = xNode(
				{ text: 'Film', ...media('film'), options },
				{ credential: connected(sandbox) },
			);
			const kinds = ['cut-before', '5xx-after', '429', 'expired-token'];
			sandbox.faults.next(operation, ...kinds.map((kind) => ({ kind })));
			expect(await resultOf(node, await binaryItem(files))).toMatchObject({ status: 'published' });
			expect(sandbox.state.posts[0].media).toMatchObject([
				{ length: 2_500_000, state: 'succeeded' },
			]);
			expect(sandbox.faults.pending()).toEqual([]);
		},
	);

	it.each([
		['upload', 'a', {}],
		['upload.finalize', 'film', { late: true }],
		['upload.initialize', 'film', {}],
	])('reports media that X refuses at %s', async (operation, property, more) => {
		const node = xNode(
			{ text: 'No', ...media(property) },
			{ credential: connected(sandbox), continueOnFail: true },
		);
		sandbox.faults.next(operation, { kind: 'media-refused', ...more });
		const { error } = await resultOf(node, await binaryItem(files));
		expect(error).toMatchObject({ code: 'media_rejected', retryable: false });
		expect(sandbox.state.posts).toEqual([]);
	});

	it('hands a film that takes too long to Resume', async () => {
		const options = { processingWait: 0 };
		const node = xNode(
			{ text: 'Film', ...media('film'), options },
			{ credential: connected(sandbox) },
		);
		const item = await binaryItem(files);
		const waiting = await resultOf(node, item);
		const [upload] = sandbox.state.media;
		expect(waiting).toMatchObject({
			status: 'processing',
			id: upload.id,
			resume: { pending: { waiting: [{ id: upload.id }] } },
		});
		expect(sandbox.state.posts).toEqual([]);
		const parameters = {
			operation: 'resume',
			resume: { ...(waiting.resume as IDataObject), options: {} },
		};
		const done = await resultOf(node, { json: {} }, { parameters, fresh: true });
		expect(done).toMatchObject({ status: 'published', id: sandbox.state.posts[0].id });
		expect(sandbox.state.posts).toMatchObject([{ text: 'Film', media: [{ id: upload.id }] }]);
		expect(sandbox.state.media).toHaveLength(1);
	});
});

describe('what X refuses', () => {
	const failing = async (kind: string, options: IDataObject = {}) => {
		const parameters = { text: 'Hello', options: { rateLimitWait: 0, ...options } };
		const node = xNode(parameters, { credential: connected(sandbox), continueOnFail: true });
		sandbox.faults.next('publish', { kind });
		const { error } = await resultOf(node);
		return error as IDataObject;
	};

	it.each([
		['credits', { code: 'quota_exceeded', rule: 'x.credits', httpStatus: 402 }],
		[
			'spend-cap',
			{ code: 'quota_exceeded', rule: 'x.credits', retryAt: expect.stringMatching(/T00:00:00/) },
		],
		['usage-capped', { code: 'quota_exceeded', rule: 'x.usage-capped', httpStatus: 429 }],
		['duplicate', { code: 'duplicate', rule: 'x.post.duplicate', httpStatus: 403 }],
		['not-enrolled', { code: 'permission_missing', rule: 'x.client-forbidden' }],
		['refused', { code: 'permission_missing', rule: 'x.permission' }],
		['429', { code: 'rate_limited', retryable: true, retryAt: expect.any(String) }],
	])('tells %s', async (kind, expected) => {
		expect(await failing(kind)).toMatchObject(expected);
		expect(sandbox.state.posts).toEqual([]);
	});

	it('tells its rules on replies and quotes', async () => {
		const cold = sandbox.state.addPost({ account: 'stranger', text: 'Hi all' }).id;
		const warm = sandbox.state.addPost({ account: 'stranger', text: 'What do you say @demo' }).id;
		const run = async (options: IDataObject) =>
			await resultOf(
				xNode({ text: 'Hello', options }, { credential: connected(sandbox), continueOnFail: true }),
			);
		expect(await run({ replyTo: cold })).toMatchObject({
			error: {
				code: 'platform_rejected',
				rule: 'x.reply.policy',
				remediation: expect.stringContaining('mentioned'),
			},
		});
		expect(await run({ quote: cold })).toMatchObject({
			error: { code: 'platform_rejected', rule: 'x.quote.policy' },
		});
		expect(await run({ replyTo: '1999' })).toMatchObject({
			error: { code: 'not_found', rule: 'x.reply.target' },
		});
		expect(await run({ replyTo: warm })).toMatchObject({ status: 'published' });
	});

	it('finds the same text of another run a duplicate, not an outcome', async () => {
		const run = async () =>
			await resultOf(
				xNode({ text: 'Once' }, { credential: connected(sandbox), continueOnFail: true }),
			);
		expect(await run()).toMatchObject({ status: 'published' });
		sandbox.clock.advance(60_000);
		expect(await run()).toMatchObject({ error: { code: 'duplicate' } });
		expect(sandbox.state.posts).toHaveLength(1);
	});
});

describe('the connection', () => {
	it('is renewed five minutes before its end, and each refresh token used once', async () => {
		const credential = connected(sandbox);
		credential.oauthTokenData.n8n_expires_at = String(Date.now() + 4 * 60_000);
		const node = xNode({ text: 'Hello' }, { credential });
		expect(await resultOf(node)).toMatchObject({ status: 'published' });
		expect(sandbox.requests.map(({ operation }) => operation)).toEqual(['token', 'me', 'publish']);
		const { oauthTokenData } = node.stored.crosspostXOAuth2Api as unknown as {
			oauthTokenData: Record<string, string>;
		};
		expect(oauthTokenData.access_token).not.toBe(credential.oauthTokenData.access_token);
		expect(oauthTokenData.refresh_token).not.toBe(credential.oauthTokenData.refresh_token);
	});

	it('that is dead says to reconnect, by the name of the credential', async () => {
		const credential = connected(sandbox);
		sandbox.faults.next('me', { kind: 'revoked-token' });
		const node = xNode({ text: 'Hello' }, { credential, continueOnFail: true });
		const { error } = await resultOf(node);
		expect(error).toMatchObject({
			code: 'platform_auth_failed',
			message: expect.stringContaining('invalid_request'),
			remediation: 'Reconnect the credential "My crosspostXOAuth2Api" and run again.',
			retryable: false,
		});
		expect(JSON.stringify(error)).not.toContain(credential.oauthTokenData.refresh_token);
	});

	it('that X cannot renew at the moment may be tried again', async () => {
		const credential = connected(sandbox);
		credential.oauthTokenData.n8n_expires_at = '1';
		sandbox.faults.next('token', { kind: '5xx-before' });
		const node = xNode({ text: 'Hello' }, { credential, continueOnFail: true });
		expect(await resultOf(node)).toMatchObject({
			error: { code: 'platform_unavailable', retryable: true },
		});
	});
});

it('asked X only for what its OpenAPI file knows', asDescribed);
