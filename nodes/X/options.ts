import type { INodeProperties } from 'n8n-workflow';

import { postReference } from '../shared/fields';

/** Values of the options below. */
export interface Options {
	community?: { value?: string } | string;
	madeWithAi?: boolean;
	paidPartnership?: boolean;
	pollDuration?: number;
	pollOptions?: string;
	premium?: boolean;
	quote?: string;
	replySettings?: 'everyone' | 'following' | 'mentionedUsers' | 'subscribers' | 'verified';
	replyTo?: string;
	shareWithFollowers?: boolean;
	videoCategory?: 'tweet_video' | 'amplify_video';
}

export const POLL_MINUTES = 1440;

/** https://docs.x.com/changelog, entries of February and April 2026. */
const SELF_SERVE =
	'Except for enterprise customers X takes these from apps only under conditions';

export const xOptions: INodeProperties[] = [
	{
		displayName: 'Community',
		name: 'community',
		type: 'resourceLocator',
		default: { mode: 'list', value: '' },
		description: 'Post into this community instead of the profile',
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
		default: false,
		description: 'Whether to label the media of the post as made by AI',
	},
	{
		displayName: 'Paid Partnership',
		name: 'paidPartnership',
		type: 'boolean',
		default: false,
		description: 'Whether to label the post as a paid partnership',
	},
	{
		displayName: 'Poll Duration (Minutes)',
		name: 'pollDuration',
		type: 'number',
		typeOptions: { minValue: 5, maxValue: 10080 },
		default: POLL_MINUTES,
		description: 'How long people may vote, from 5 minutes to 7 days',
	},
	{
		displayName: 'Poll Options',
		name: 'pollOptions',
		type: 'string',
		typeOptions: { rows: 4 },
		default: '',
		description: 'Two to four answers of up to 25 characters, one per line, to make the post a poll',
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
		`URL or ID of the post to quote. ${SELF_SERVE}: since April 2026 quotes are refused, perhaps even of own posts.`,
	),
	postReference(
		'Reply To Post',
		'replyTo',
		`URL or ID of the post to answer. ${SELF_SERVE}: since February 2026 only answers to own posts and to posts whose author mentioned or quoted this account.`,
	),
	{
		displayName: 'Share with Followers',
		name: 'shareWithFollowers',
		type: 'boolean',
		default: false,
		description: 'Whether a post into a community is shown on the profile too',
	},
	{
		displayName: 'Video Category',
		name: 'videoCategory',
		type: 'options',
		options: [
			{
				name: 'Amplify',
				value: 'amplify_video',
				description: 'For accounts that X lets post longer videos or advertise',
			},
			{ name: 'Usual', value: 'tweet_video' },
		],
		default: 'tweet_video',
		description: 'What kind of video X takes an upload as',
	},
	{
		displayName: 'Who May Reply',
		name: 'replySettings',
		type: 'options',
		options: [
			{ name: 'Everyone', value: 'everyone' },
			{ name: 'Mentioned Accounts', value: 'mentionedUsers' },
			{ name: 'People You Follow', value: 'following' },
			{ name: 'Subscribers', value: 'subscribers' },
			{ name: 'Verified Accounts', value: 'verified' },
		],
		default: 'everyone',
		description: 'Who may answer the post',
	},
];

export function pollOptionsOf({ pollOptions = '' }: Options): string[] {
	return String(pollOptions)
		.split(/\r?\n/)
		.map((option) => option.trim())
		.filter(Boolean);
}

/** What the resource locator holds, also where n8n has not taken the value out. */
export function communityOf({ community }: Options): string {
	return String((typeof community === 'object' ? community?.value : community) ?? '').trim();
}
