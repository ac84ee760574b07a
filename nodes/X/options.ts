import type { FormerOptions, PostOption } from '../shared/contract/postOption';
import { postReference } from '../shared/editor/postOptions';
import { locatedIn } from '../shared/parameter';
import { lines } from '../shared/text/lines';

/** Values of the options below. */
export interface Options {
	community?: { value?: string } | string;
	madeWithAi?: boolean;
	paidPartnership?: boolean;
	premium?: boolean;
	quote?: string;
	replySettings?: 'everyone' | 'following' | 'mentionedUsers' | 'subscribers' | 'verified';
	replyTo?: string;
	shareWithFollowers?: boolean;
	videoCategory?: 'tweet_video' | 'amplify_video';
}

/** X's limits on quotes and replies: https://docs.x.com/changelog, February and April 2026. */
export const xOptions: PostOption[] = [
	{
		displayName: 'Community',
		name: 'community',
		type: 'resourceLocator',
		deciding: true,
		default: { mode: 'list', value: '' },
		description: 'Community to post to instead of the profile',
		modes: [
			{
				displayName: 'From List',
				name: 'list',
				type: 'list',
				typeOptions: {
					searchListMethod: 'searchCommunities',
					searchable: true,
					searchFilterRequired: true,
				},
			},
			{
				displayName: 'By URL',
				name: 'url',
				type: 'string',
				placeholder: 'e.g. https://x.com/i/communities/1493446837214187523',
			},
			{
				displayName: 'By ID',
				name: 'id',
				type: 'string',
				placeholder: 'e.g. 1493446837214187523',
			},
		],
	},
	{
		displayName: 'Made with AI',
		name: 'madeWithAi',
		type: 'boolean',
		deciding: true,
		default: false,
		description: 'Whether to label the media as made with AI',
	},
	{
		displayName: 'Paid Partnership',
		name: 'paidPartnership',
		type: 'boolean',
		deciding: true,
		default: false,
		description: 'Whether to label the post as a paid partnership',
	},
	{
		displayName: 'Premium Account',
		name: 'premium',
		type: 'boolean',
		default: false,
		description:
			'Whether the account has X Premium, which allows texts of 25,000 characters and longer videos',
	},
	postReference(
		'Quote Post',
		'quote',
		'URL or ID of the post to quote. X accepts quotes from apps of enterprise customers only.',
	),
	postReference(
		'Reply To Post',
		'replyTo',
		'URL or ID of the post to reply to. From most apps X accepts replies only to your own posts and to authors who mentioned or quoted this account.',
	),
	{
		displayName: 'Share with Followers',
		name: 'shareWithFollowers',
		type: 'boolean',
		deciding: true,
		default: false,
		description: 'Whether to show a post to a community on the profile too',
	},
	{
		displayName: 'Video Category',
		name: 'videoCategory',
		type: 'options',
		options: [
			{
				name: 'Amplify',
				value: 'amplify_video',
				description: 'For accounts that may post longer videos or ads',
			},
			{ name: 'Standard', value: 'tweet_video' },
		],
		default: 'tweet_video',
		description: 'Category to upload videos in',
	},
	{
		displayName: 'Who May Reply',
		name: 'replySettings',
		type: 'options',
		deciding: true,
		options: [
			{ name: 'Everyone', value: 'everyone' },
			{ name: 'Mentioned Accounts', value: 'mentionedUsers' },
			{ name: 'People You Follow', value: 'following' },
			{ name: 'Subscribers', value: 'subscribers' },
			{ name: 'Verified Accounts', value: 'verified' },
		],
		default: 'everyone',
		description: 'Who may reply to the post',
	},
];

export const xFormer: FormerOptions[] = [
	{
		until: 1.1,
		replacedBy: ['poll'],
		options: [
			{
				displayName: 'Poll Duration (Minutes)',
				name: 'pollDuration',
				type: 'number',
				typeOptions: { minValue: 5, maxValue: 10080 },
				default: 1440,
				description: 'How long people may vote, from 5 minutes to 7 days',
			},
			{
				displayName: 'Poll Options',
				name: 'pollOptions',
				type: 'string',
				typeOptions: { rows: 4 },
				default: '',
				description: 'Two to four answers of up to 25 characters, one per line',
			},
		],
		read: ({ pollOptions: answers, pollDuration: minutes }) =>
			lines(answers).length > 0 ? { poll: { poll: { answers, minutes } } } : {},
	},
];

/** The value of the resource locator, even if n8n has not extracted it. */
export function communityOf({ community }: Options): string {
	return locatedIn(community);
}
