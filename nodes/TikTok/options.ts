import type { FormerOptions, PostOption } from '../shared/contract/postOption';

/** Values of the options below. */
export interface Options {
	addMusic?: boolean;
	aiGenerated?: boolean;
	allowComments?: boolean;
	allowDuets?: boolean;
	allowStitches?: boolean;
	brandedContent?: boolean;
	photoCover?: number;
	postType?: 'draft' | 'post';
	privacy?: string;
	pullVideo?: boolean;
	videoCover?: number;
	yourBrand?: boolean;
}

export const SELF_ONLY = 'SELF_ONLY';
export const EVERYONE = 'PUBLIC_TO_EVERYONE';

/** Names in the TikTok app. */
export const PRIVACY_NAMES: Readonly<Record<string, string>> = {
	[EVERYONE]: 'Everyone',
	FOLLOWER_OF_CREATOR: 'Followers',
	MUTUAL_FOLLOW_FRIENDS: 'Friends',
	[SELF_ONLY]: 'Only Me',
};

/**
 * All options are off by default, as the guidelines require:
 * https://developers.tiktok.com/doc/content-sharing-guidelines
 */
export const tikTokOptions: PostOption[] = [
	{
		displayName: 'Add Music',
		name: 'addMusic',
		type: 'boolean',
		default: false,
		description: 'Whether TikTok may choose music for photos',
	},
	{
		displayName: 'AI-Generated',
		name: 'aiGenerated',
		type: 'boolean',
		deciding: true,
		default: false,
		description: 'Whether to label the post as made with AI',
	},
	{
		displayName: 'Allow Comments',
		name: 'allowComments',
		type: 'boolean',
		deciding: true,
		default: false,
		description: 'Whether people may comment on the post',
	},
	{
		displayName: 'Allow Duets',
		name: 'allowDuets',
		type: 'boolean',
		deciding: true,
		default: false,
		description: 'Whether people may make duets with the video',
	},
	{
		displayName: 'Allow Stitches',
		name: 'allowStitches',
		type: 'boolean',
		deciding: true,
		default: false,
		description: 'Whether people may stitch the video',
	},
	{
		displayName: 'Branded Content',
		name: 'brandedContent',
		type: 'boolean',
		deciding: true,
		default: false,
		description:
			'Whether the post promotes somebody else’s brand, so that TikTok labels it as a paid partnership. Not together with the privacy Only Me.',
	},
	{
		displayName: 'Let TikTok Fetch Video',
		name: 'pullVideo',
		type: 'boolean',
		default: false,
		description:
			'Whether TikTok fetches the video from its URL instead of it being uploaded. The URL must begin with one that was verified for the app.',
	},
	{
		displayName: 'Photo Cover',
		name: 'photoCover',
		type: 'number',
		typeOptions: { minValue: 1, maxValue: 35 },
		default: 1,
		description: 'Number of the photo that is shown first',
	},
	{
		displayName: 'Post Type',
		name: 'postType',
		type: 'options',
		deciding: true,
		options: [
			{
				name: 'Draft',
				value: 'draft',
				description:
					'Send it to the inbox of the creator, who finishes it in the TikTok app. Needs video.upload.',
			},
			{ name: 'Post', value: 'post', description: 'Publish it on the profile' },
		],
		default: 'post',
		description: 'What to make of the media',
	},
	{
		displayName: 'Privacy Name or ID',
		name: 'privacy',
		type: 'options',
		deciding: true,
		typeOptions: { loadOptionsMethod: 'privacies' },
		default: '',
		description:
			'Who may see the post. TikTok wants this chosen for each post, from what the account allows; drafts do without. Choose from the list, or specify an ID using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
	},
	{
		displayName: 'Video Cover (Milliseconds)',
		name: 'videoCover',
		type: 'number',
		typeOptions: { minValue: 0 },
		default: 0,
		description: 'Time of the frame that is shown before the video plays',
	},
	{
		displayName: 'Your Brand',
		name: 'yourBrand',
		type: 'boolean',
		deciding: true,
		default: false,
		description:
			'Whether the post promotes your own brand, so that TikTok labels it as promotional',
	},
];

export const tikTokFormer: FormerOptions[] = [
	{
		until: 1.1,
		replacedBy: ['title'],
		options: [
			{
				displayName: 'Photo Title',
				name: 'photoTitle',
				type: 'string',
				default: '',
				description: 'Title of a post of photos, up to 90 characters. The text is its description.',
			},
		],
		read: ({ photoTitle }) => ({ title: photoTitle }),
	},
];

export function isDraft({ postType }: Options): boolean {
	return postType === 'draft';
}
