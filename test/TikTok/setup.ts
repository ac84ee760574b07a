import type { IDataObject } from 'n8n-workflow';

import { CrosspostTikTokOAuth2Api } from '@/credentials/CrosspostTikTokOAuth2Api.credentials';
import { TikTok } from '@/nodes/TikTok/TikTok.node';
import type { TokenData } from '@/nodes/shared/contract/authMethod';
import type { Line } from '@/test/support/conversation';
import { type TestNode } from '@/test/support/n8n';
import { keptToken as kept, publishingNode } from '@/test/support/node';

export { fromBinary, fromUrls, outcome } from '@/test/support/node';

export const HOST = 'https://open.tiktokapis.com';
export const SECRET = 'app-secret-1234';
export const TYPE = 'crosspostTikTokOAuth2Api';
const SCOPE = 'user.info.basic,user.info.profile,video.publish,video.upload,video.list';

const HOUR = 3_600_000;

/** A token as the pack stores it in the credential. */
export const keptToken = (change: Partial<TokenData> = {}, left = 20 * HOUR) =>
	kept(change.access_token ?? 'act.token-1', {
		...{ left, account: { id: 'open-1', name: 'alice' } },
		...{ refresh_token: 'rft.token-1', expires_in: 86_400, scope: SCOPE, ...change },
	});

export interface Setup {
	token?: TokenData;
	continueOnFail?: boolean;
	withoutStore?: boolean;
	apiBaseUrl?: string;
	clientId?: string;
	clientSecret?: string;
}

export function tikTokNode(parameters: IDataObject, setup: Setup = {}): TestNode {
	const { token = keptToken(), apiBaseUrl = HOST, clientId = 'app', ...rest } = setup;
	const { clientSecret = SECRET, ...more } = rest;
	return publishingNode(parameters, {
		type: new TikTok(),
		credential: new CrosspostTikTokOAuth2Api(),
		data: { clientId, clientSecret, apiBaseUrl, oauthTokenData: token },
		...more,
	});
}

export const good = (data: object) => ({
	data,
	error: { code: 'ok', message: '', log_id: 'L0' },
});

export const refusal = (code: string, message = 'Said so') => ({
	data: {},
	error: { code, message, log_id: 'L1' },
});

export const CREATOR = '/v2/post/publish/creator_info/query/';
export const INIT = '/v2/post/publish/video/init/';
export const INBOX = '/v2/post/publish/inbox/video/init/';
export const CONTENT = '/v2/post/publish/content/init/';
export const STATUS = '/v2/post/publish/status/fetch/';

export const creator = (change: object = {}): Line => [
	'POST',
	CREATOR,
	200,
	good({
		creator_username: 'alice',
		creator_nickname: 'Alice',
		creator_avatar_url: 'https://p16.tiktokcdn.com/a.webp',
		privacy_level_options: ['PUBLIC_TO_EVERYONE', 'MUTUAL_FOLLOW_FRIENDS', 'SELF_ONLY'],
		comment_disabled: false,
		duet_disabled: false,
		stitch_disabled: true,
		max_video_post_duration_sec: 300,
		...change,
	}),
];

export const status = (data: object): Line => ['POST', STATUS, 200, good(data)];
export const complete = status({ status: 'PUBLISH_COMPLETE', publicaly_available_post_id: [] });
