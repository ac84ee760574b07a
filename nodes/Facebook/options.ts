import { DateTime } from 'luxon';

import type { Post } from '../shared/contract/post';
import type { PostOption } from '../shared/contract/postOption';

/** Values of the options below. */
export interface Options {
	firstComment?: string;
	postType?: 'feed' | 'reel' | 'story';
	scheduledAt?: string;
	title?: string;
}

/** How a post gets to the Page. */
export type Kind = 'feed' | 'video' | 'reel' | 'photoStory' | 'videoStory';

export const facebookOptions: PostOption[] = [
	{
		displayName: 'First Comment',
		name: 'firstComment',
		type: 'string',
		typeOptions: { rows: 2 },
		default: '',
		description:
			'Comment that the Page writes under the post as soon as it is out. Needs the permission pages_manage_engagement.',
	},
	{
		displayName: 'Post Type',
		name: 'postType',
		type: 'options',
		deciding: true,
		options: [
			{ name: 'Feed', value: 'feed', description: 'A post on the Page, with its media if any' },
			{ name: 'Reel', value: 'reel', description: 'One upright video of 3 to 90 seconds' },
			{
				name: 'Story',
				value: 'story',
				description: 'One photo, or one video of 3 to 60 seconds, for 24 hours',
			},
		],
		default: 'feed',
		description: 'Where the post appears',
	},
	{
		displayName: 'Schedule For',
		name: 'scheduledAt',
		type: 'dateTime',
		deciding: true,
		default: '',
		description:
			'When Facebook publishes the post: 10 minutes to 30 days ahead, for Reels 29 days. Not for stories.',
	},
	{
		displayName: 'Video Title',
		name: 'title',
		type: 'string',
		default: '',
		description: 'Title of a video or Reel',
	},
];

export function optionsOf({ options }: Pick<Post, 'options'>): Options {
	return options;
}

export function isVideo({ mime }: { mime: string }): boolean {
	return mime.startsWith('video/');
}

export function kindOf(post: Post): Kind {
	const { postType = 'feed' } = optionsOf(post);
	const film = post.media.some(isVideo);
	if (postType === 'reel') return 'reel';
	if (postType === 'story') return film ? 'videoStory' : 'photoStory';
	return film ? 'video' : 'feed';
}

/** When Facebook shall publish; without a zone it is a time of the workflow's. */
export function timeOf({ scheduledAt }: Options): DateTime | undefined {
	return scheduledAt ? DateTime.fromISO(scheduledAt).toUTC() : undefined;
}

/** The same as the Graph wants it. */
export function unixOf(options: Options): number | undefined {
	const time = timeOf(options);
	return time && Math.floor(time.toSeconds());
}
