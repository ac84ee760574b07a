import type { IDataObject } from 'n8n-workflow';

import { staticToken } from '../shared/connection/staticToken';
import type { Api } from '../shared/contract/api';
import type { Platform } from '../shared/contract/platform';
import type { Profile } from '../shared/contract/post';
import { instanceBase } from './address';
import { check, textRule } from './rules';
import { explain } from './errors';
import { limitsOf, usualLimits } from './instance';
import { mastodonOperations } from './operations';
import { mastodonOptions } from './options';
import { publish, resume } from './publish';
import { readBack } from './readBack';
import { hostOf } from './refs';
import { revoke } from './revoke';
import { extendedScopes, writeScopes } from './scopes';

const connection = {
	host: 'instanceUrl',
	base: instanceBase,
	scopes: { write: writeScopes, extended: extendedScopes },
	manage: 'the settings of your server, under Account, Authorized apps',
};

export const mastodon: Platform = {
	id: 'mastodon',
	name: 'Mastodon',
	docs: 'https://docs.joinmastodon.org/methods/statuses/#create',
	credentials: [
		{
			...connection,
			choice: 'oAuth2',
			name: 'OAuth2',
			type: 'crosspostMastodonOAuth2Api',
			secrets: ['clientSecret'],
			token: { kind: 'permanent' },
			revoke: async (http, credential, token) => await revoke(mastodon, http, credential, token),
		},
		{
			...connection,
			choice: 'accessToken',
			name: 'Access Token',
			type: 'crosspostMastodonAccessTokenApi',
			secrets: ['accessToken'],
			token: staticToken('mastodon'),
		},
	],
	limits: usualLimits,
	threads: true,
	options: mastodonOptions,
	operations: mastodonOperations,
	readBack,

	whoami,
	publish,
	limitsOf,
	textRule,
	check,
	pending: [{ draft: 'object', waiting: 'texts' }],
	resume,
	explain,
};

/** https://docs.joinmastodon.org/methods/accounts#verify_credentials */
async function whoami(api: Api): Promise<Profile> {
	const account = await api.send({ path: '/api/v1/accounts/verify_credentials' });
	const { privacy, language, sensitive } = (account.source ?? {}) as IDataObject;
	return {
		id: String(account.id),
		name: `${String(account.username)}@${hostOf(api)}`,
		...(typeof account.url === 'string' && { url: account.url }),
		details: {
			displayName: account.display_name,
			defaults: { visibility: privacy, language, sensitive },
		},
	};
}
