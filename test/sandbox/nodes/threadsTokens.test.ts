import { asDescribed, held, sandbox, useThreads } from './threadsSetup';
import type { TokenData } from '@/nodes/shared/contract/authMethod';
import { outcome, threadsNode } from '@/test/Threads/setup';
import * as time from '@/test/support/time';

useThreads();

const DAY = 86_400_000;
const TYPE = 'crosspostThreadsOAuth2Api';

const connected = (access_token: string, parameters: object = { text: 'Hello' }) =>
	threadsNode(
		{ ...parameters },
		{
			token: { access_token, user_id: 12_345 },
			apiBaseUrl: sandbox.url,
			clientSecret: 'threads-secret',
		},
	);
const storedIn = (node: ReturnType<typeof connected>) =>
	node.stored[TYPE].oauthTokenData as TokenData;
const asked = (...operations: string[]) =>
	sandbox.requests.filter(({ operation }) => operations.includes(operation)).length;

it('a connection lives on by the months, exchanged once and renewed under ten days', async () => {
	const { accessToken: short } = sandbox.issueToken({ kind: 'short' });
	const node = connected(short);
	const post = async () => (await outcome(node, undefined, { fresh: true }))[0];
	expect(await post()).toMatchObject({
		status: 'published',
		account: { name: 'demo' },
		warnings: [],
	});
	const { access_token: first, scope } = storedIn(node);
	expect(first).not.toBe(short);
	expect(scope).toContain('threads_content_publish');

	time.advance(49 * DAY);
	expect(await post()).toMatchObject({ status: 'published' });
	expect([asked('exchange'), asked('refresh'), asked('me')]).toEqual([1, 0, 1]);

	time.advance(6 * DAY);
	expect(await post()).toMatchObject({ status: 'published', warnings: [] });
	expect([asked('exchange'), asked('refresh'), asked('me')]).toEqual([1, 1, 1]);
	expect(storedIn(node).access_token).not.toBe(first);

	time.advance(49 * DAY);
	expect(await post()).toMatchObject({ status: 'published' });
	expect(held()).toHaveLength(4);

	time.advance(61 * DAY);
	expect(await post()).toMatchObject({ error: { code: 'platform_auth_failed' } });
	expect(held()).toHaveLength(4);
});

it('a long token in the credential is kept', async () => {
	const { accessToken } = sandbox.issueToken();
	const node = connected(accessToken);
	expect(await outcome(node)).toMatchObject([{ status: 'published', warnings: [] }]);
	expect(await outcome(node, undefined, { fresh: true })).toMatchObject([{ status: 'published' }]);
	expect(storedIn(node)).toMatchObject({ access_token: accessToken, expires_in: 60 * 86_400 });
	expect(asked('exchange')).toBe(1);
});

it('a connection that nobody used for an hour is dead, and says so', async () => {
	const { accessToken } = sandbox.issueToken({ kind: 'short' });
	time.advance(2 * 3_600_000);
	const [{ error }] = await outcome(connected(accessToken));
	expect(error).toMatchObject({
		code: 'platform_auth_failed',
		remediation: 'Reconnect the credential "My crosspostThreadsOAuth2Api" and run again.',
	});
});

it('a short token survives an exchange that got no answer', async () => {
	const { accessToken } = sandbox.issueToken({ kind: 'short' });
	const node = connected(accessToken);
	sandbox.faults.next('exchange', { kind: 'cut-before' });
	expect(await outcome(node)).toMatchObject([{ error: { code: 'platform_unavailable' } }]);
	expect(await outcome(node)).toMatchObject([{ status: 'published' }]);
	expect(held()).toHaveLength(1);
});

it('asked Threads only for what Meta describes', asDescribed);
