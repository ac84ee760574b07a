import type { ICredentialType, IDataObject } from 'n8n-workflow';

import { CrosspostMastodonOAuth2Api } from '@/credentials/CrosspostMastodonOAuth2Api.credentials';
import { CrosspostThreadsOAuth2Api } from '@/credentials/CrosspostThreadsOAuth2Api.credentials';
import { CrosspostXOAuth2Api } from '@/credentials/CrosspostXOAuth2Api.credentials';
import { CrosspostTrigger } from '@/nodes/CrosspostTrigger/CrosspostTrigger.node';
import { hashOf } from '@/nodes/shared/connection/storedToken';
import { conversation } from '@/test/support/conversation';
import { testNode } from '@/test/support/n8n';
import { NOTHINGS, REFUSALS } from '@/test/support/refusedTokens';

const X = 'https://api.x.com';
const DAY = 86_400_000;
const SECRETS = /old-token|old-refresh|app-secret/;

const trigger = (platform: string, type: ICredentialType, oauthTokenData: unknown) =>
	testNode({
		type: new CrosspostTrigger(),
		parameters: {
			platforms: [platform],
			events: ['token.expiring', 'token.revoked', 'token.refreshed'],
			daysBefore: '7',
		},
		credentials: [
			{
				type,
				data: {
					...{ clientId: 'app', clientSecret: 'app-secret', instanceUrl: 'https://m.example' },
					oauthTokenData: oauthTokenData as IDataObject,
				},
			},
		],
	});

/** A token as the pack stores it, confirmed just now. */
const known = (left = 30 * DAY) => ({
	access_token: 'old-token',
	refresh_token: 'old-refresh',
	expires_in: 5_184_000,
	n8n_expires_at: String(Date.now() + left),
	crosspost: {
		...{ of: hashOf('old-token'), grant: 'grant', own: true, checkedAt: Date.now() },
		account: { id: '7', name: 'alice' },
	},
});

const polled = async (node: ReturnType<typeof trigger>) => {
	const events = (await node.poll()).map(({ json }) => json);
	expect(JSON.stringify([events, node.staticData])).not.toMatch(SECRETS);
	return events;
};

describe.each([
	['x', new CrosspostXOAuth2Api()],
	['threads', new CrosspostThreadsOAuth2Api()],
	['mastodon', new CrosspostMastodonOAuth2Api()],
])('a connection to %s', (platform, type) => {
	const revoked = (reason: string) => [
		{
			event: 'token.revoked',
			platform,
			reason: expect.stringContaining(reason) as string,
			code: 'platform_auth_failed',
			reconnect: expect.stringContaining(`"My ${type.name}"`) as string,
		},
	];

	it.each(REFUSALS)('is told to have failed with %s, once', async (_kind, answer, said) => {
		for (const stored of [answer, { ...known(), ...answer }]) {
			const node = trigger(platform, type, stored);
			expect(await polled(node)).toMatchObject(revoked(said));
			expect(await polled(node)).toEqual([]);
		}
	});

	it.each(NOTHINGS)('is told to be none with %s', async (_kind, answer) => {
		expect(await polled(trigger(platform, type, answer))).toMatchObject(revoked('not connected'));
	});

	it('is told to work again by silence', async () => {
		const node = trigger(platform, type, { ...known(), error: 'invalid_grant' });
		await polled(node);
		const { crosspost } = known();
		const again = { ...crosspost, of: hashOf('new-token') };
		node.stored[type.name].oauthTokenData = {
			...{ ...known(), access_token: 'new-token', crosspost: again },
		};
		expect(await polled(node)).toEqual([]);
	});
});

it.each(REFUSALS)('tells that renewing failed with %s', async (_kind, answer, said) => {
	const talk = conversation(X, [['POST', '/2/oauth2/token', 200, answer]]);
	const node = trigger('x', new CrosspostXOAuth2Api(), known(-DAY));
	const reason = expect.stringContaining(said) as string;
	expect(await polled(node)).toMatchObject([{ event: 'token.revoked', platform: 'x', reason }]);
	expect(node.stored.crosspostXOAuth2Api.oauthTokenData).toMatchObject({
		...{ access_token: 'old-token', refresh_token: 'old-refresh' },
	});
	talk.done();
});
