import type { IDataObject } from 'n8n-workflow';

import type { Post } from '../shared/contract/post';
import type { PostOption } from '../shared/contract/postOption';
import { isVideo } from '../shared/media/kind';

/** Values of the options below. */
export interface Options {
	aiGenerated?: boolean;
	audioName?: string;
	collaborators?: string;
	coverUrl?: string;
	locationId?: string;
	postType?: 'post' | 'reel' | 'story';
	shareToFeed?: boolean;
	thumbOffset?: number;
	trialReel?: 'no' | 'MANUAL' | 'SS_PERFORMANCE';
	userTags?: string;
}

/** The kind of post; a video that is not a story is always a Reel. */
export type Kind = 'image' | 'reel' | 'story' | 'carousel';

/** https://developers.facebook.com/documentation/instagram-platform/instagram-graph-api/reference/ig-user/media */
export const instagramOptions: PostOption[] = [
	{
		displayName: 'Audio Name',
		name: 'audioName',
		type: 'string',
		default: '',
		description: 'Name of the original audio of a Reel',
	},
	{
		displayName: 'Collaborators',
		name: 'collaborators',
		type: 'string',
		default: '',
		placeholder: 'e.g. alice, bob',
		description:
			'User names of up to three accounts to invite as co-authors, separated by commas. Not for stories.',
	},
	{
		displayName: 'Location ID',
		name: 'locationId',
		type: 'string',
		default: '',
		placeholder: 'e.g. 7640348500',
		description: 'ID of a Facebook Page that has a location. Not for stories.',
	},
	{
		displayName: 'Made with AI',
		name: 'aiGenerated',
		type: 'boolean',
		deciding: true,
		default: false,
		description: 'Whether to label the media as made or changed with AI',
	},
	{
		displayName: 'Post Type',
		name: 'postType',
		type: 'options',
		deciding: true,
		options: [
			{
				name: 'Post',
				value: 'post',
				description: 'One image, a carousel of several media, or a Reel if it is one video',
			},
			{
				name: 'Reel',
				value: 'reel',
				description: 'One video; an image beside it in Media becomes its cover',
			},
			{ name: 'Story', value: 'story', description: 'One image or video, for 24 hours' },
		],
		default: 'post',
		description: 'What becomes of the media',
	},
	{
		displayName: 'Reel Cover URL',
		name: 'coverUrl',
		type: 'string',
		webAddress: true,
		default: '',
		placeholder: 'e.g. https://example.com/cover.jpg',
		description: 'Address of a JPEG to use as the cover of a Reel',
	},
	{
		displayName: 'Share Reel to Feed',
		name: 'shareToFeed',
		type: 'boolean',
		deciding: true,
		default: true,
		description: 'Whether a Reel is shown in the feed too, not only among the Reels',
	},
	{
		displayName: 'Thumbnail Offset (Milliseconds)',
		name: 'thumbOffset',
		type: 'number',
		typeOptions: { minValue: 0 },
		default: 0,
		description: 'Which moment of a Reel to show as its cover, if it has no other',
	},
	{
		displayName: 'Trial Reel',
		name: 'trialReel',
		type: 'options',
		deciding: true,
		options: [
			{ name: 'No', value: 'no' },
			{
				name: 'Yes, Share With Followers by Hand',
				value: 'MANUAL',
			},
			{
				name: 'Yes, Share With Followers if It Performs Well',
				value: 'SS_PERFORMANCE',
			},
		],
		default: 'no',
		description: 'Whether to show a Reel to people who do not follow the account first',
	},
	{
		displayName: 'User Tags',
		name: 'userTags',
		type: 'string',
		typeOptions: { rows: 3 },
		default: '',
		placeholder: 'e.g. alice 0.5,0.8',
		description:
			'Accounts to tag, one per line: the user name, then for images the place from left and top, from 0 to 1 (the middle if left out). In a carousel begin a line with the number of the image, such as "2: alice 0.5,0.8".',
	},
];

export function optionsOf({ options }: Pick<Post, 'options'>): Options {
	return options as IDataObject & Options;
}

export function kindOf({ media, options }: Pick<Post, 'media' | 'options'>): Kind {
	const { postType = 'post' } = options as Options;
	if (postType !== 'post') return postType;
	const [first, ...others] = media;
	if (others.length > 0) return 'carousel';
	return first && isVideo(first) ? 'reel' : 'image';
}

/** The URL of a Reel's cover; empty if an image among the media is the cover. */
export function coverUrlOf(post: Pick<Post, 'media' | 'options'>): string {
	const { coverUrl = '' } = optionsOf(post);
	return kindOf(post) === 'reel' && post.media.every(isVideo) ? coverUrl.trim() : '';
}

export function collaboratorsOf({ collaborators = '' }: Options): string[] {
	return collaborators
		.split(/[\s,]+/)
		.map((name) => name.replace(/^@/, ''))
		.filter(Boolean);
}

/** One line of User Tags; `image` counts from 1. */
export interface UserTag {
	image: number;
	username: string;
	x?: number;
	y?: number;
}

const TAG = /^(?:(\d+)\s*:\s*)?@?([\w.]+)(?:\s+(\d*\.?\d+)\s*,\s*(\d*\.?\d+))?$/;

/** Returns the tags and the lines that are not tags. */
export function userTagsOf({ userTags = '' }: Options): { tags: UserTag[]; wrong: string[] } {
	const lines = userTags
		.split(/\r?\n/)
		.map((line) => line.trim())
		.filter(Boolean);
	const read = lines.map((line) => ({ line, found: TAG.exec(line) }));
	return {
		tags: read.flatMap(({ found }) => (found ? [tagOf(found)] : [])),
		wrong: read.filter(({ found }) => !found).map(({ line }) => line),
	};
}

function tagOf([, image = '1', username = '', x, y]: RegExpExecArray): UserTag {
	return {
		image: Number(image),
		username,
		...(x !== undefined && y !== undefined && { x: Number(x), y: Number(y) }),
	};
}
