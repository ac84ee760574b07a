import type { IDataObject } from 'n8n-workflow';

import { CrosspostMastodonOAuth2Api } from '../../credentials/CrosspostMastodonOAuth2Api.credentials';
import { Mastodon } from '../../nodes/Mastodon/Mastodon.node';
import { publishingNode } from '../support/node';

export { outcome } from '../support/node';

export const HOST = 'https://social.example';

export const ME = { id: '1', username: 'alice', url: `${HOST}/@alice`, display_name: 'Alice' };

export const INSTANCE = {
	version: '4.7.0',
	api_versions: { mastodon: 8 },
	configuration: {
		statuses: { max_characters: 500, max_media_attachments: 4, characters_reserved_per_url: 23 },
		media_attachments: {
			supported_mime_types: ['image/png', 'image/gif', 'video/mp4', 'audio/wave'],
		},
		polls: {
			max_options: 4,
			max_characters_per_option: 50,
			min_expiration: 300,
			max_expiration: 2_629_746,
		},
	},
};

/** The requests with which every publishing begins. */
export const BEFORE = [
	['GET', '/api/v2/instance', 200, INSTANCE],
	['GET', '/api/v1/accounts/verify_credentials', 200, ME],
] as const;

export const status = (id: string, change: IDataObject = {}) => ({
	id,
	url: `${HOST}/@alice/${id}`,
	uri: `${HOST}/users/alice/statuses/${id}`,
	created_at: '2026-11-21T10:00:00.000Z',
	visibility: 'public',
	...change,
});

export const mastodonNode = (
	parameters: IDataObject,
	{ instanceUrl = HOST, token = 'secret-token', continueOnFail = false } = {},
) =>
	publishingNode(parameters, {
		type: new Mastodon(),
		credential: new CrosspostMastodonOAuth2Api(),
		data: {
			instanceUrl,
			clientId: 'client',
			clientSecret: 'client-secret',
			oauthTokenData: { access_token: token, scope: 'read:accounts write:statuses' },
		},
		continueOnFail,
	});

export const WHOAMI = BEFORE[1];

/** The simplified form of a post, as operations return it. */
export const short = (id: string, change: IDataObject = {}) => ({
	id,
	url: `${HOST}/@alice/${id}`,
	text: '',
	createdAt: '2026-11-21T10:00:00.000Z',
	visibility: 'public',
	replies: 0,
	boosts: 0,
	favourites: 0,
	...change,
});
