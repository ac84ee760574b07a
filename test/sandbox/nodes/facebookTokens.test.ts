import type { IDataObject, ILoadOptionsFunctions } from 'n8n-workflow';

import { asDescribed, failureOf, held, hosts, pageId, sandbox, useFacebook } from './facebookSetup';
import { Facebook } from '@/nodes/Facebook/Facebook.node';
import type { TokenData } from '@/nodes/shared/contract/authMethod';
import { facebookNode, outcome, PASTED, TYPE } from '@/test/Facebook/setup';
import type { TestNode } from '@/test/support/n8n';
import * as time from '@/test/support/time';

jest.setTimeout(60_000);

const DAY = 86_400_000;
useFacebook();

const target = () => ({ __rl: true, mode: 'id', value: pageId() });
const connected = (access_token: string, parameters: IDataObject = { text: 'Hello' }) =>
	facebookNode(
		{ target: target(), ...parameters },
		{ token: { access_token, token_type: 'bearer' }, credential: hosts() },
	);
const pasted = (accessToken: string, credential: IDataObject = {}, parameters: IDataObject = {}) =>
	facebookNode(
		{ target: target(), text: 'Hello', ...parameters },
		{ pasted: true, credential: { ...hosts(), accessToken, ...(credential as object) } },
	);
const withoutApp = { clientId: '', clientSecret: '' };
const storedIn = (node: TestNode, type = TYPE) => node.stored[type].oauthTokenData as TokenData;
const post = async (node: TestNode) => (await outcome(node, undefined, { fresh: true }))[0];
const account = async (node: TestNode, operation = 'get') =>
	(await outcome(node, undefined, { parameters: { resource: 'account', operation } }))[0];
const asked = (...operations: string[]) =>
	sandbox.requests.filter(({ operation }) => operations.includes(operation)).length;

describe('a connection', () => {
	it('lives on by the months, exchanged at first and again under ten days', async () => {
		const { accessToken: short } = sandbox.issueToken({ kind: 'short' });
		const node = connected(short);
		expect(await post(node)).toMatchObject({ status: 'published', warnings: [] });
		const { access_token: first, scope } = storedIn(node);
		expect(first).not.toBe(short);
		expect(scope).toContain('pages_manage_posts');

		time.advance(49 * DAY);
		expect(await post(node)).toMatchObject({ status: 'published' });
		expect(asked('token')).toBe(1);

		time.advance(6 * DAY);
		expect(await post(node)).toMatchObject({ status: 'published', warnings: [] });
		expect(asked('token')).toBe(2);
		expect(storedIn(node).access_token).not.toBe(first);

		time.advance(61 * DAY);
		expect(failureOf(await post(node))).toMatchObject({ code: 'platform_auth_failed' });
		expect(held()).toHaveLength(3);
	});

	it('keeps the old token where Facebook gives no new one, and says so', async () => {
		const node = connected(sandbox.issueToken({ kind: 'short' }).accessToken);
		await post(node);
		const { access_token } = storedIn(node);
		time.advance(55 * DAY);
		sandbox.state.reexchange = 'refused';
		expect(await post(node)).toMatchObject({
			status: 'published',
			warnings: [expect.stringMatching(/^The access token ends at .* could not be renewed yet: /)],
		});
		expect(storedIn(node).access_token).toBe(access_token);
	});

	it('asks once a day where Facebook gives the same token again', async () => {
		sandbox.state.reexchange = 'same';
		const { accessToken } = sandbox.issueToken();
		const node = connected(accessToken);
		await post(node);
		time.advance(55 * DAY);
		for (const _time of [1, 2, 3]) expect(await post(node)).toMatchObject({ warnings: [] });
		expect(asked('token')).toBe(2);
		time.advance(DAY + 60_000);
		await post(node);
		expect(asked('token')).toBe(3);
	});

	it('that nobody used within its hour is dead, and says so', async () => {
		const { accessToken } = sandbox.issueToken({ kind: 'short' });
		time.advance(2 * 3_600_000);
		expect(failureOf(await post(connected(accessToken)))).toMatchObject({
			code: 'platform_auth_failed',
			remediation: `Reconnect the credential "My ${TYPE}" and run again.`,
		});
	});

	it('tells how long it lives, until when data may be read, and what it may do', async () => {
		const scopes = ['pages_show_list', 'pages_manage_posts', 'pages_read_engagement'];
		const { accessToken } = sandbox.issueToken({ scopes });
		const told = await account(connected(accessToken));
		const from = (days: number) => new Date(Date.now() + days * DAY).toISOString().slice(0, 10);
		expect(told).toMatchObject({
			account: { name: 'demo' },
			token: {
				expiresAt: expect.stringContaining(from(60)),
				dataAccessExpiresAt: expect.stringContaining(from(90)),
				renewedByItself: true,
			},
			scopes: { granted: scopes, missing: ['business_management'] },
		});
		expect(JSON.stringify(told)).not.toMatch(/EAA/);
	});

	it('can be ended, with every token of the person', async () => {
		const node = connected(sandbox.issueToken().accessToken);
		await post(node);
		expect(await account(node, 'disconnect')).toMatchObject({ revoked: true, forgotten: true });
		expect(asked('revoke')).toBe(1);
		expect(failureOf(await post(node))).toMatchObject({ code: 'platform_auth_failed' });
	});
});

describe('a pasted token', () => {
	it('of a person is lengthened where the app is known', async () => {
		const { accessToken } = sandbox.issueToken({ kind: 'short' });
		const node = pasted(accessToken);
		expect(await post(node)).toMatchObject({ status: 'published', warnings: [] });
		expect(asked('token')).toBe(1);
		expect(storedIn(node, PASTED).access_token).not.toBe(accessToken);
		expect(await post(node)).toMatchObject({ status: 'published' });
		expect(asked('token')).toBe(1);
	});

	it('of a person is used as it is where the app is not known', async () => {
		const { accessToken } = sandbox.issueToken();
		const node = pasted(accessToken, withoutApp);
		expect(await post(node)).toMatchObject({ status: 'published', warnings: [] });
		time.advance(55 * DAY);
		expect(await post(node)).toMatchObject({ status: 'published', warnings: [] });
		expect(asked('token', 'debug')).toBe(0);
		expect((await account(node)).token).toMatchObject({ renewedByItself: false });
	});

	it('of a system user does not end', async () => {
		const node = pasted(sandbox.issueToken({ kind: 'system' }).accessToken);
		for (const days of [0, 100, 1000]) {
			time.advance(days * DAY);
			expect(await post(node)).toMatchObject({ status: 'published', warnings: [] });
		}
		expect(asked('token')).toBe(0);
	});

	it('of a Page posts to that Page, which is the only one in the list', async () => {
		const node = pasted(sandbox.issueToken({ kind: 'page' }).accessToken, withoutApp);
		expect(await post(node)).toMatchObject({
			status: 'published',
			account: { id: pageId(), name: 'Demo Page' },
		});
		const context = node.loadOptions() as unknown as ILoadOptionsFunctions;
		const { results } = await new Facebook().methods.listSearch.searchTargets.call(context);
		expect(results).toMatchObject([{ value: pageId(), name: 'Demo Page @demo.page' }]);
		expect(sandbox.requests.filter(({ query }) => query.fields === 'access_token')).toEqual([]);
	});

	it('that is dead says so', async () => {
		const { accessToken } = sandbox.issueToken();
		time.advance(61 * DAY);
		expect(failureOf(await post(pasted(accessToken)))).toMatchObject({
			code: 'platform_auth_failed',
			message: expect.stringContaining('Session has expired'),
		});
	});
});

it('asked Facebook only for what Meta describes', asDescribed);
