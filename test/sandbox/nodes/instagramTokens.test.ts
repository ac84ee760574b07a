import type { IDataObject } from 'n8n-workflow';

import { asDescribed, sandbox, useInstagram } from './instagramSetup';
import type { TokenData } from '@/nodes/shared/contract/authMethod';
import { instagramNode, outcome, type Way } from '@/test/Instagram/setup';
import * as time from '@/test/support/time';

useInstagram();

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

const connected = (access_token: string, way: Way = 'instagramLogin', more: IDataObject = {}) =>
	instagramNode(
		{ resource: 'account', operation: 'publishingLimit' },
		{
			way,
			token: { access_token, user_id: 12_345 },
			credential:
				way === 'facebookLogin'
					? {
							apiBaseUrl: `${sandbox.url}/facebook`,
							clientId: 'facebook-client',
							clientSecret: 'facebook-secret',
						}
					: { apiBaseUrl: sandbox.url, clientSecret: 'instagram-secret', ...more },
		},
	);
const storedIn = (node: ReturnType<typeof connected>) =>
	Object.values(node.stored)[0].oauthTokenData as TokenData;
const asked = (...operations: string[]) =>
	sandbox.requests.filter(({ operation }) => operations.includes(operation)).length;

it('a connection lives on by the months, exchanged once and renewed under ten days', async () => {
	const node = connected(sandbox.issueToken({ kind: 'short' }).accessToken);
	const use = async () => (await outcome(node, undefined, { fresh: true }))[0];
	expect(await use()).toMatchObject({ account: { name: 'demo' }, used: 0 });
	const { access_token: first } = storedIn(node);

	time.advance(49 * DAY);
	expect(await use()).toMatchObject({ used: 0 });
	expect([asked('exchange'), asked('refresh'), asked('me')]).toEqual([1, 0, 1]);

	time.advance(6 * DAY);
	expect(await use()).toMatchObject({ used: 0 });
	expect([asked('exchange'), asked('refresh'), asked('me')]).toEqual([1, 1, 1]);
	const { access_token, scope } = storedIn(node);
	expect(access_token).not.toBe(first);
	expect(scope).toContain('instagram_business_content_publish');

	time.advance(61 * DAY);
	expect(await use()).toMatchObject({ error: { code: 'platform_auth_failed' } });
});

it('a connection that nobody used for an hour is dead, and says so', async () => {
	const { accessToken } = sandbox.issueToken({ kind: 'short' });
	time.advance(2 * HOUR);
	expect(await outcome(connected(accessToken))).toMatchObject([
		{
			error: {
				code: 'platform_auth_failed',
				remediation: 'Reconnect the credential "My crosspostInstagramOAuth2Api" and run again.',
			},
		},
	]);
});

it('a short token survives an exchange that got no answer', async () => {
	const node = connected(sandbox.issueToken({ kind: 'short' }).accessToken);
	sandbox.faults.next('exchange', { kind: 'cut-before' });
	expect(await outcome(node)).toMatchObject([{ error: { code: 'platform_unavailable' } }]);
	expect(await outcome(node)).toMatchObject([{ used: 0 }]);
});

it('a pasted token is renewed once it is a day old', async () => {
	const { accessToken } = sandbox.issueToken();
	const node = connected('', 'accessToken', { accessToken });
	const use = async () => (await outcome(node, undefined, { fresh: true }))[0];
	expect(await use()).toMatchObject({ used: 0 });
	expect(storedIn(node).access_token).toBe(accessToken);
	time.advance(25 * HOUR);
	expect(await use()).toMatchObject({ used: 0 });
	const { access_token } = storedIn(node);
	expect(access_token).not.toBe(accessToken);
	time.advance(55 * DAY);
	expect(await use()).toMatchObject({ used: 0 });
	expect(storedIn(node).access_token).not.toBe(access_token);
});

it('a connection by Facebook Login lives on, too, and can be withdrawn', async () => {
	const way = 'facebookLogin';
	const pages = { resource: 'account', operation: 'getAll', returnAll: true };
	const node = connected(sandbox.issueToken({ kind: 'facebook-short' }).accessToken, way);
	const use = async (parameters: IDataObject = pages) =>
		await outcome(node, undefined, { fresh: true, parameters });
	expect(await use()).toMatchObject([{ name: 'demo' }, { name: 'second' }]);
	const { access_token, scope } = storedIn(node);
	expect(scope).toContain('instagram_content_publish');
	time.advance(52 * DAY);
	expect(await use()).toHaveLength(2);
	expect(storedIn(node).access_token).not.toBe(access_token);
	const [gone] = await use({ resource: 'account', operation: 'disconnect' });
	expect(gone).toMatchObject({ revoked: true, forgotten: true });
	expect(sandbox.requests.at(-1)).toMatchObject({ operation: 'revoke', status: 200 });
});

it('asked Instagram only for what Meta describes', asDescribed);
