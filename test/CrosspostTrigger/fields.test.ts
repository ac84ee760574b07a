import type { IDataObject } from 'n8n-workflow';

import { CrosspostXOAuth2Api } from '@/credentials/CrosspostXOAuth2Api.credentials';
import { CrosspostTrigger } from '@/nodes/CrosspostTrigger/CrosspostTrigger.node';
import { hashOf } from '@/nodes/shared/connection/storedToken';
import { testNode } from '@/test/support/n8n';

const DAY = 86_400_000;

/** A connection that is valid until the day after tomorrow. */
const token = {
	...{ access_token: 'token', n8n_expires_at: String(Date.now() + 2 * DAY), scope: 'users.read' },
	crosspost: {
		...{ of: hashOf('token'), grant: 'grant', checkedAt: Date.now() },
		account: { id: '7', name: 'alice' },
	},
};

const polled = async (parameters: IDataObject) => {
	const node = testNode({
		type: new CrosspostTrigger(),
		parameters: {
			...{ platforms: ['x'], events: ['token.expiring'], daysBefore: '7' },
			...parameters,
		},
		credentials: [{ type: new CrosspostXOAuth2Api(), data: { oauthTokenData: token } }],
	});
	return (await node.poll()).map(({ json }) => json.event);
};

it.each<[IDataObject, RegExp]>([
	[{ platforms: 'next' }, /^Platforms is "next", not a list of platforms/],
	[{ platforms: null }, /^No platform is chosen/],
	[{ platforms: '={{ undefined }}' }, /^Platforms is /],
	[{ platforms: ['myspace'] }, /^Platforms has "myspace" in it/],
	[{ platforms: ['x', null] }, /^Platforms has null in it/],
	[{ platforms: [] }, /^No platform is chosen/],
	[{ events: 'token.expiring' }, /^Events is "token.expiring", not a list of choices/],
	[{ events: ['token.expired'] }, /^Events is "token.expired", not among/],
	[{ events: '' }, /^Events is empty/],
	[{ events: '={{ undefined }}' }, /^Events is /],
	[{ events: { a: 1 } }, /^Events is an object/],
	[{ daysBefore: { a: 1 } }, /^Days Before Expiry is an object/],
	[{ daysBefore: '' }, /^Days Before Expiry is ""/],
	[{ daysBefore: '={{ undefined }}' }, /^Days Before Expiry is /],
	[{ daysBefore: '={{ [7, null] }}' }, /^Days Before Expiry is a list/],
	[{ daysBefore: 'soon' }, /^Days Before Expiry is "soon"/],
	[{ daysBefore: '0' }, /^Days Before Expiry is "0"/],
	[{ events: ['scope.missing'], xOperations: 'post.publish' }, /^X Operations is "post.publish"/],
	[{ events: ['scope.missing'], xOperations: ['post.like'] }, /^X Operations is "post.like"/],
	[{ events: ['scope.missing'], xOperations: '' }, /^X Operations is empty/],
])('refuses %j by name', async (parameters, message) => {
	await expect(polled(parameters)).rejects.toThrow(message);
});

it.each<[IDataObject, string[]]>([
	[{}, ['token.expiring']],
	[{ daysBefore: 7 }, ['token.expiring']],
	[{ daysBefore: '={{ [14, "7"] }}' }, ['token.expiring']],
	[{ daysBefore: '14; 7,1' }, ['token.expiring']],
	[{ daysBefore: '1' }, []],
	[{ events: [], daysBefore: '' }, []],
	[{ events: ['token.revoked'], daysBefore: '' }, []],
	[{ events: ['scope.missing'], xOperations: [] }, []],
	[{ events: ['scope.missing'] }, ['scope.missing']],
])('watches by %j', async (parameters, events) => {
	expect(await polled(parameters)).toEqual(events);
});
