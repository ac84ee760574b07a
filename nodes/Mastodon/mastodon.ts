import type { IDataObject } from 'n8n-workflow';

import { staticToken } from '../shared/connection/staticToken';
import type { Api } from '../shared/contract/api';
import type { Reply } from '../shared/contract/http';
import type { Meaning } from '../shared/contract/meaning';
import type { Platform } from '../shared/contract/platform';
import type { Profile } from '../shared/contract/post';
import { instanceBase } from './address';
import { check, textRule } from './check';
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

const DUPLICATE_KEY = 'Duplicate idempotency key.';

/** The texts are in the language of the server, so only the status says what it means. */
function explain({ status, headers, body }: Reply): Meaning | undefined {
	if (status >= 300 && status < 400) return moved(String(headers.location ?? ''));
	if (status < 400) return undefined;
	if (status === 422 && body === '') {
		return {
			remediation:
				'The server gives no reason. Some answer so to a token that is not valid any more: reconnect the credential if the post looks right.',
		};
	}
	const said = (typeof body === 'object' ? (body ?? {}) : {}) as Record<string, unknown>;
	// Pixelfed keeps the key of a post that it refused: https://github.com/pixelfed/pixelfed/issues/3581
	if (said.message === DUPLICATE_KEY) return { code: 'duplicate', message: DUPLICATE_KEY };
	const { error, error_description: more } = said;
	const texts = [error, more].filter((text) => typeof text === 'string' && text !== '');
	return texts.length > 0 ? { message: texts.join(': ') } : undefined;
}

function moved(location: string): Meaning {
	const { host } = URL.canParse(location) ? new URL(location) : { host: '' };
	return {
		rule: 'mastodon.instance.moved',
		message: `The instance URL leads ${host ? `to ${host}` : 'elsewhere'}`,
		remediation: 'Set Instance URL in the credential to the server itself and reconnect.',
	};
}
