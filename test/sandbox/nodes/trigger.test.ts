import { CrosspostTrigger } from '@/nodes/CrosspostTrigger/CrosspostTrigger.node';
import { records } from '@/test/platforms/asked';
import { testNode } from '@/test/support/n8n';
import { credentialType } from '../../support/pack';
import { advance } from '../../support/time';
import { startSandbox, type Sandbox } from '..';
import { CLIENT, connected } from '../connected';

// Makes the trigger know the worked example too.
jest.mock('@/nodes/platforms', () => jest.requireActual<object>('@/test/platforms/asked'));

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

const cases = Object.entries(records).flatMap(([id, { account, watch }]) =>
	account && watch ? [{ id, account, watch }] : [],
);
type Case = (typeof cases)[number];

let sandbox: Sandbox<unknown>;

afterEach(async () => await sandbox.stop());

const watching = async ({ id, account, watch: { kind } }: Case) => {
	sandbox = await startSandbox(id as 'x', { client: CLIENT } as object);
	return testNode({
		type: new CrosspostTrigger(),
		parameters: {
			platforms: [id],
			events: ['token.expiring', 'token.refreshed', 'token.revoked'],
			daysBefore: '7',
		},
		credentials: [
			{ type: credentialType(account.credential), data: connected(account, sandbox, kind) },
		],
	});
};

describe.each(cases)('the trigger on $id', (one) => {
	it('keeps the connection or warns, and tells once that it is revoked', async () => {
		const node = await watching(one);
		const told = async () => (await node.poll()).map(({ json }) => json.event);
		const first = await told();
		// The token from connecting may have to be exchanged first.
		expect(first.filter((event) => event !== 'token.refreshed')).toEqual([]);
		expect(await told()).toEqual([]);

		advance(one.watch.after);
		expect(await told()).toEqual([one.watch.tells].filter(Boolean));
		expect(await told()).toEqual([]);

		advance(25 * HOUR);
		expect((await told()).filter((event) => event !== 'token.refreshed')).toEqual([]);
		sandbox.revokeAll();
		advance(25 * HOUR);
		expect(await told()).toEqual(['token.revoked']);
		expect(await told()).toEqual([]);
	});

	it('takes a platform that is down for nothing', async () => {
		const node = await watching(one);
		await node.poll();
		advance(Math.min(one.watch.after, 25 * HOUR));
		sandbox.faults.always('*', { kind: '5xx-before', status: 503 });
		expect(await node.poll()).toEqual([]);
	});
});

it('warns of a token that Facebook gives back unchanged', async () => {
	const node = await watching(cases.find(({ id }) => id === 'facebook')!);
	(sandbox as Sandbox<{ reexchange: string }>).state.reexchange = 'same';
	const told = async () => (await node.poll()).map(({ json }) => json.event);
	await told();
	advance(51 * DAY);
	expect(await told()).toEqual(['token.refreshed']);
	advance(3 * DAY);
	expect(await told()).not.toContain('token.expiring');
	advance(2 * DAY);
	expect(await told()).toContain('token.expiring');
	expect(await told()).toEqual([]);
});

it('finds a token of Mastodon revoked within a day', async () => {
	sandbox = await startSandbox('mastodon', { client: CLIENT } as object);
	const { accessToken } = sandbox.issueToken();
	const node = testNode({
		type: new CrosspostTrigger(),
		parameters: { platforms: ['mastodon'], events: ['token.revoked'] },
		credentials: [
			{
				type: credentialType('crosspostMastodonOAuth2Api'),
				data: { instanceUrl: sandbox.url, oauthTokenData: { access_token: accessToken } },
			},
		],
	});
	const told = async () => (await node.poll()).map(({ json }) => json.event);
	expect(await told()).toEqual([]);
	sandbox.revokeAll();
	expect(await told()).toEqual([]);
	advance(25 * HOUR);
	expect(await told()).toEqual(['token.revoked']);
	expect(await told()).toEqual([]);
});
