import { at } from '../Meta/request';
import { webOf } from '../shared/connection/webOf';
import type { Api } from '../shared/contract/api';
import type { Limits } from '../shared/contract/limits';
import type { Platform } from '../shared/contract/platform';
import type { Profile } from '../shared/contract/post';
import { MIB } from '../shared/units';
import { connections } from './connections';
import { explain } from './errors';
import { instagramOperations } from './operations';
import { instagramOptions } from './options';
import { byFacebook, searchAccounts } from './place';
import { publish, resume } from './publish';
import { readBack } from './readBack';
import { check } from './rules';
import { captionOf } from './text';

interface User {
	id: string;
	user_id?: string;
	username?: string;
	name?: string;
	account_type?: string;
	followers_count?: number;
	media_count?: number;
}

/** https://developers.facebook.com/documentation/instagram-platform/instagram-graph-api/reference/ig-user/media */
const limits: Limits = {
	text: { max: 2200, unit: 'codePoints', maxHashtags: 30, maxMentions: 20 },
	textOptional: true,
	mediaRequired: true,
	firstComment: { note: 'Often used for hashtags. Not for stories.' },
	media: {
		image: { count: 10, bytes: 8 * MIB, types: ['image/jpeg'], from: 'url', alt: 1000 },
		video: {
			count: 10,
			bytes: 300 * MIB,
			types: ['video/mp4', 'video/quicktime'],
			from: 'url',
			seconds: { min: 3, max: 900 },
			ratio: { min: 0.01, max: 10 },
			width: 1920,
		},
	},
	mixed: { kinds: ['image', 'video'], count: 10 },
};

export const instagram: Platform = {
	id: 'instagram',
	name: 'Instagram',
	docs: 'https://developers.facebook.com/documentation/instagram-platform/content-publishing',
	credentials: connections(() => instagram),
	// Files go to rupload.facebook.com, with either login.
	domains: ['facebook.com'],
	limits,
	target: {
		name: 'Account',
		description:
			'The professional account to post as. Needed only with Facebook Login, and there only if several are linked with Pages.',
		optional: true,
		picker: searchAccounts,
		placeholder: 'e.g. 17841400000000001',
	},
	options: instagramOptions,
	operations: instagramOperations,

	whoami: async (api) => (byFacebook(api) ? await person(api) : await professional(api)),
	// With Facebook Login n8n sends the bytes of a video, so the file needs no public URL.
	limitsOf: async (api) =>
		byFacebook(api)
			? {
					...limits,
					media: { ...limits.media, video: { ...limits.media.video!, from: 'either' } },
				}
			: limits,
	publish,
	pending: [
		{ place: 'id', container: 'id', caption: 'text?', comment: 'text?' },
		{
			place: 'id',
			children: 'texts',
			kind: 'text',
			caption: 'text',
			since: 'number',
			fields: 'object?',
			comment: 'text?',
		},
	],
	resume,
	readBack,
	compose: captionOf,
	check,
	explain,
};

/** Uses `user_id`: the field `id` is a different ID, which cannot publish. */
async function professional(api: Api): Promise<Profile> {
	const user = await api.send<User>({
		path: at(api, '/me'),
		query: { fields: 'user_id,username,name,account_type,followers_count,media_count' },
		longNumbers: true,
	});
	const name = String(user.username);
	return {
		id: String(user.user_id ?? user.id),
		name,
		url: `${webOf(api)}/${name}/`,
		details: {
			displayName: user.name,
			accountType: user.account_type,
			followers: user.followers_count,
			posts: user.media_count,
		},
	};
}

/** The person who connected the account, or the Page that owns the token. */
async function person(api: Api): Promise<Profile> {
	const { id, name } = await api.send<User>({
		path: at(api, '/me'),
		query: { fields: 'id,name' },
	});
	return { id: String(id), name: String(name ?? id) };
}
