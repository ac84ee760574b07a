import type { Post } from '../shared/contract/post';
import type { PostOption } from '../shared/contract/postOption';
import { isVideo } from '../shared/media/kind';
import { SECOND } from '../shared/units';

/** Values of the options below. */
export interface Options {
	postType?: 'feed' | 'reel' | 'story';
}

/** The kind of post, which decides how it is sent. */
export type Kind = 'feed' | 'video' | 'reel' | 'photoStory' | 'videoStory';

export const facebookOptions: PostOption[] = [
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
];

export function optionsOf({ options }: Pick<Post, 'options'>): Options {
	return options;
}

export function kindOf(post: Post): Kind {
	const { postType = 'feed' } = optionsOf(post);
	const film = post.media.some(isVideo);
	if (postType === 'reel') return 'reel';
	if (postType === 'story') return film ? 'videoStory' : 'photoStory';
	return film ? 'video' : 'feed';
}

/** Converts ms to Unix seconds, which the Graph API expects. */
export function unixOf(ms: number | undefined): number | undefined {
	return ms && Math.floor(ms / SECOND);
}
