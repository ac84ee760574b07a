import type { ICredentialDataDecryptedObject, IDataObject } from 'n8n-workflow';

import { CrosspostLinkedInOAuth2Api } from '@/credentials/CrosspostLinkedInOAuth2Api.credentials';
import { LinkedIn } from '@/nodes/LinkedIn/LinkedIn.node';
import { type TestNode } from '@/test/support/n8n';
import { publishingNode } from '@/test/support/node';

export { outcome } from '@/test/support/node';

export const HOST = 'https://api.linkedin.com';
export const ME = 'urn:li:person:abc';
export const WORKS = 'urn:li:organization:1001';
export const SHARE = 'urn:li:share:7300000000000000001';
export const MEMBER = 'openid,profile,w_member_social';
export const ALL = `${MEMBER},w_organization_social,r_organization_social,rw_organization_admin`;

interface Setup {
	credential?: ICredentialDataDecryptedObject;
	/** LinkedIn returns it with the token. */
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
	return publishingNode(parameters, {
		type: new LinkedIn(),
		credential: new CrosspostLinkedInOAuth2Api(),
		data: {
			clientId: 'linkedIn-client',
			clientSecret: 'linkedIn-secret',
			oauthTokenData: tokenData(setup),
			...setup.credential,
		},
	});
}
