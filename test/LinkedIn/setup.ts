import type { ICredentialDataDecryptedObject, IDataObject, INodeExecutionData } from 'n8n-workflow';

import { CrosspostLinkedInOAuth2Api } from '@/credentials/CrosspostLinkedInOAuth2Api.credentials';
import { LinkedIn } from '@/nodes/LinkedIn/LinkedIn.node';
import { conversation, type Line, type Said } from '@/test/support/conversation';
import { testNode, type TestNode } from '@/test/support/n8n';

export const HOST = 'https://api.linkedin.com';
export const ME = 'urn:li:person:abc';
export const WORKS = 'urn:li:organization:1001';
export const SHARE = 'urn:li:share:7300000000000000001';
export const MEMBER = 'openid,profile,w_member_social';
export const ALL = `${MEMBER},w_organization_social,r_organization_social,rw_organization_admin`;

interface Setup {
	credential?: ICredentialDataDecryptedObject;
	/** As LinkedIn gives it with the token. */
	scope?: string;
	refresh?: string;
	expires?: number;
}

export function tokenData({ scope = MEMBER, refresh, expires = 5_184_000_000 }: Setup = {}) {
	return {
		access_token: 'at-1',
		token_type: 'Bearer',
		scope,
		n8n_expires_at: String(Date.now() + expires),
		...(refresh && { refresh_token: refresh }),
	};
}

/** The LinkedIn node with a connected credential. */
export function linkedInNode(parameters: IDataObject, setup: Setup = {}): TestNode {
	return testNode({
		type: new LinkedIn(),
		parameters: { resource: 'post', operation: 'publish', ...parameters },
		credentials: [
			{
				type: new CrosspostLinkedInOAuth2Api(),
				data: {
					clientId: 'linkedin-client',
					clientSecret: 'linkedin-secret',
					oauthTokenData: tokenData(setup),
					...setup.credential,
				},
			},
		],
		continueOnFail: true,
	});
}

/** The data of all items of the first output. */
export async function outcome(node: TestNode, items?: INodeExecutionData[]): Promise<IDataObject[]> {
	const [output] = await node.run(items);
	return output.map(({ json }) => json);
}

export const me: Line = ['GET', '/v2/userinfo', 200, { sub: 'abc', name: 'Alice Example' }];
export const named: Line = [
	'GET',
	'/rest/organizationsLookup',
	200,
	{ results: { 1001: { id: 1001, localizedName: 'Crosspost Works', vanityName: 'works' } } },
];
export const published = (id = SHARE): Line => ['POST', '/rest/posts', 201, '', { 'x-restli-id': id }];

/** What a post of the member alone takes, or of the organization. */
export const asMember = (...lines: Line[]) => conversation(HOST, [me, ...lines]);
export const asWorks = (...lines: Line[]) => conversation(HOST, [me, named, ...lines]);

/** Requests without what all of them carry. */
export const said = ({ requests }: { requests: Said[] }) =>
	requests.map(({ method, path, query, body }) => ({
		method,
		path,
		...(Object.keys(query).length > 0 && { query }),
		...(body !== '' && { body }),
	}));

export const bodyOf = (commentary: string, more: IDataObject = {}) => ({
	author: ME,
	commentary,
	visibility: 'PUBLIC',
	distribution: {
		feedDistribution: 'MAIN_FEED',
		targetEntities: [],
		thirdPartyDistributionChannels: [],
	},
	lifecycleState: 'PUBLISHED',
	isReshareDisabledByAuthor: false,
	...more,
});
