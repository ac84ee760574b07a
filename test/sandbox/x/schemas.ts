import type { Schema } from '../kit/schema';

const ID: Schema = { type: 'string', pattern: /^[0-9]{1,19}$/ };
const TEXT: Schema = { type: 'string' };
const FLAG: Schema = { type: 'boolean' };
const REPLY_SETTINGS: Schema = {
	type: 'string',
	enum: ['following', 'mentionedUsers', 'subscribers', 'verified'],
};
const LINK: Schema = { type: 'object', required: ['url'], properties: { url: TEXT } };

/** After `CreatePostsRequest` of X's OpenAPI file. */
export const CREATE_POST: Schema = {
	type: 'object',
	properties: {
		card_uri: TEXT,
		community_id: ID,
		direct_message_deep_link: TEXT,
		edit_options: {
			type: 'object',
			required: ['previous_post_id'],
			properties: { previous_post_id: ID },
		},
		for_super_followers_only: FLAG,
		geo: { type: 'object', required: ['place_id'], properties: { place_id: TEXT } },
		made_with_ai: FLAG,
		media: {
			type: 'object',
			required: ['media_ids'],
			properties: {
				call_to_actions: {
					type: 'object',
					properties: {
						app_install: {
							type: 'object',
							properties: { app_store_id: TEXT, ipad_app_store_id: TEXT, play_store_id: TEXT },
						},
						visit_site: LINK,
						watch_now: LINK,
					},
				},
				description: TEXT,
				embeddable: FLAG,
				media_ids: { type: 'array', min: 1, max: 4, items: ID },
				preview_media_id: ID,
				tagged_user_ids: { type: 'array', max: 10, items: ID },
				title: TEXT,
			},
		},
		nullcast: FLAG,
		paid_partnership: FLAG,
		poll: {
			type: 'object',
			required: ['options', 'duration_minutes'],
			properties: {
				duration_minutes: { type: 'integer', min: 5, max: 10_080 },
				options: { type: 'array', min: 2, max: 4, items: { type: 'string', min: 1, max: 25 } },
				reply_settings: REPLY_SETTINGS,
			},
		},
		quote_tweet_id: ID,
		reply: {
			type: 'object',
			required: ['in_reply_to_tweet_id'],
			properties: {
				auto_populate_reply_metadata: FLAG,
				exclude_reply_user_ids: { type: 'array', items: TEXT },
				in_reply_to_tweet_id: ID,
			},
		},
		reply_settings: REPLY_SETTINGS,
		share_with_followers: FLAG,
		text: TEXT,
	},
};

const CATEGORIES = [
	'tweet_image',
	'tweet_video',
	'tweet_gif',
	'dm_image',
	'dm_video',
	'dm_gif',
	'subtitles',
];

const MEDIA_TYPES = [
	'video/mp4',
	'video/webm',
	'video/mp2t',
	'video/quicktime',
	'text/srt',
	'text/vtt',
	'image/jpeg',
	'image/gif',
	'image/bmp',
	'image/png',
	'image/webp',
	'image/pjpeg',
	'image/tiff',
	'model/gltf-binary',
	'model/vnd.usdz+zip',
];

/** After `InitializeMediaUploadRequest`; the service itself insists on type and size. */
export const INITIALIZE: Schema = {
	type: 'object',
	required: ['media_type', 'total_bytes'],
	properties: {
		additional_owners: { type: 'array', items: ID },
		media_category: { type: 'string', enum: ['amplify_video', ...CATEGORIES] },
		media_type: { type: 'string', enum: MEDIA_TYPES },
		shared: FLAG,
		total_bytes: { type: 'integer', min: 0, max: 17_179_869_184 },
	},
};

export const APPEND: Schema = {
	type: 'object',
	required: ['media', 'segment_index'],
	properties: { media: TEXT, segment_index: { type: 'integer', min: 0, max: 999 } },
};

export const ONE_SHOT: Schema = {
	type: 'object',
	required: ['media', 'media_category'],
	properties: {
		additional_owners: TEXT,
		media: TEXT,
		media_category: { type: 'string', enum: CATEGORIES },
	},
};

export const METADATA: Schema = {
	type: 'object',
	required: ['id'],
	open: true,
	properties: {
		id: ID,
		metadata: {
			type: 'object',
			open: true,
			properties: {
				alt_text: {
					type: 'object',
					required: ['text'],
					open: true,
					properties: { text: { type: 'string', max: 1000 } },
				},
			},
		},
	},
};

export const SUBTITLES: Schema = {
	type: 'object',
	open: true,
	properties: {
		id: ID,
		media_category: { type: 'string', enum: ['AmplifyVideo', 'TweetVideo'] },
		subtitles: {
			type: 'object',
			open: true,
			properties: {
				id: ID,
				display_name: TEXT,
				language_code: { type: 'string', pattern: /^[A-Z]{2}$/ },
			},
		},
	},
};

export const REPOST: Schema = {
	type: 'object',
	required: ['tweet_id'],
	properties: { tweet_id: ID },
};
