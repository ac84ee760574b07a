import type { IDataObject } from 'n8n-workflow';

import { platforms, records } from '@/test/platforms/asked';
import { binaryItem, useBinaryStore } from '@/test/support/binaries';
import { leaksIn } from '@/test/support/leaksIn';
import { jpeg, mp4, png } from '@/test/support/mediaFixtures';
import { byId, codeOf, fromBinary, outcome, publishingNode } from '@/test/support/node';
import { credentialType, nodeType } from '@/test/support/pack';
import { nodeOf } from '@/test/support/platform';
import { startSandbox, type Sandbox } from '.';
import { connected } from './connected';
import type { DeclaredState } from './kit/declared';

/** Tests every platform with a declared imitation, which needs no sandbox tests of its own. */
const FILES = {
	photo: { data: jpeg(100, 100), fileName: 'a.jpg', mimeType: 'image/jpeg' },
	picture: { data: png(100, 80), fileName: 'a.png', mimeType: 'image/png' },
	film: { data: mp4({ width: 540, height: 960 }), fileName: 'a.mp4', mimeType: 'video/mp4' },
};

/** Fault of the publishing request, outcome, and number of posts. */
const FAULTS: ReadonlyArray<readonly [kind: string, outcome: string, posts: number]> = [
	['none', 'published', 1],
	['429', 'rate_limited', 0],
	['5xx-before', 'platform_unavailable', 0],
	['5xx-after', 'already_published', 1],
	['cut-before', 'platform_unavailable', 0],
	['cut-after', 'already_published', 1],
	['revoked-token', 'platform_auth_failed', 0],
];
/** Faults after which only read-back could tell whether the post is published. */
const UNCLEAR = /^(5xx|cut)-/;

const thin = platforms.flatMap((platform) => {
	const { tier, account, echo } = records[platform.id];
	return tier && account ? [[platform.name, { platform, account, echo }] as const] : [];
});

beforeAll(useBinaryStore);

describe.each(thin)('%s', (_name, { platform, account, echo }) => {
	let sandbox: Sandbox<DeclaredState>;
	beforeEach(async () => {
		sandbox = await startSandbox(platform.id as 'discordWebhook');
	});
	afterEach(async () => await sandbox.stop());

	const nodeWith = (parameters: IDataObject, type = nodeType(platform.id)) =>
		publishingNode(parameters, {
			type,
			credential: credentialType(account.credential),
			data: connected(account, sandbox),
		});
	const target = () => {
		const value = account.target?.(sandbox.state as never);
		return value ? { target: byId(value) } : {};
	};
	const file = echo.file === 'none' ? undefined : FILES[echo.file];
	const publish = async () => {
		const options = { ...echo.options, rateLimitWait: 0 };
		const media = file && fromBinary('file', platform.limits.media.image?.alt ? 'A file' : '');
		const node = nodeWith({ text: 'Hello', ...(media && { media }), ...target(), options });
		const items = [await binaryItem(file ? { file } : {})];
		return (await outcome(node, items))[0];
	};

	it('keeps a post whole, text and file', async () => {
		const result = await publish();
		const [post] = sandbox.state.posts;
		expect(result).toMatchObject({ status: 'published', id: post.id });
		expect(post.text).toContain('Hello');
		expect(post.media.map(({ length }) => length)).toEqual(file ? [file.data.length] : []);
		expect(sandbox.requests.filter(({ status }) => status! >= 400)).toEqual([]);
	});

	it.each(FAULTS)('with fault %s', async (kind, expected, posts) => {
		if (kind !== 'none') sandbox.faults.next('publish', { kind });
		const result = await publish();
		const told = UNCLEAR.test(kind) && !platform.readBack ? 'outcome_unknown' : expected;
		expect([codeOf(result), sandbox.state.posts.length]).toEqual([told, posts]);
		expect(leaksIn([result, sandbox.requests], sandbox.secrets())).toEqual([]);
	});

	it.each(['refused', 'media-refused'])('tells in words what it %s', async (kind) => {
		sandbox.faults.next('publish', { kind });
		const { error } = await publish();
		expect(error).toMatchObject({ retryable: false, httpStatus: expect.any(Number) as number });
		expect(codeOf({ error })).toMatch(/^(platform_rejected|media_rejected|permission_missing)$/);
	});

	it('says to reconnect where the token is dead, before a post is sent', async () => {
		sandbox.issueToken();
		sandbox.faults.always('*', { kind: 'revoked-token' });
		expect(codeOf(await publish())).toBe('platform_auth_failed');
		expect(sandbox.requests.filter(({ operation }) => operation === 'publish')).toEqual([]);
	});

	it('refuses itself what its limits forbid', async () => {
		const { limits } = platform;
		const { max } = limits.text;
		const lax = { ...platform, limits: { ...limits, text: { ...limits.text, max: max + 1 } } };
		const asked = { text: 'a'.repeat(max + 1), ...target(), options: echo.options ?? {} };
		const [json] = await outcome(nodeWith(asked, nodeOf(lax)));
		expect([codeOf(json), sandbox.state.posts]).toEqual(['platform_rejected', []]);
	});

	it('finds no post that is not there', async () => {
		const onPost = platform.operations.filter((one) => one.onPost && one.resource === 'post');
		for (const { operation } of onPost) {
			const post = byId(records[platform.id].contract.post ?? '123');
			const [json] = await outcome(nodeWith({ operation, post, text: 'New', ...target() }));
			expect([operation, codeOf(json)]).toEqual([operation, 'not_found']);
		}
	});
});
