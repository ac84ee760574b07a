import type { IDataObject } from 'n8n-workflow';

import type { Api } from '../shared/contract/api';
import type { Post } from '../shared/contract/post';
import type { Listed, Outcome, ReadBack, Sought } from '../shared/contract/readBack';
import { linked } from '../shared/text/link';
import { MINUTE, SECOND } from '../shared/units';
import { granted } from './creator';
import { EVERYONE, isDraft, type Options } from './options';
import { isOver, outcomeOf, statusOf, type State } from './progress';
import { isPhotos } from './rules';
import { listVideos, type Video } from './videos';

/** Largest page size. */
const PAGE = 20;

/**
 * The status of a `publish_id` shows the outcome. Without one, only the list of videos may show the
 * post.
 */
export const readBack: ReadBack = {
	// Assumption: TikTok documents no time. Gateways commonly give up after a minute while the server
	// continues.
	commitsWithin: MINUTE,
	looks: { every: 5000, atMost: 20_000 },
	confirm,
	sought,
	newest: async (api, _sought, cursor) => {
		const { videos, cursor: next } = await listVideos(api, PAGE, cursor);
		return { posts: videos.map(listed), cursor: next };
	},
};

async function confirm(api: Api, _post: Post, mark: IDataObject): Promise<Outcome> {
	const { publishId, bytes = 0 } = mark as Partial<State>;
	if (!publishId) return 'unknown';
	const status = await statusOf(api, publishId);
	// TikTok never publishes a video without its last chunk.
	const isPart = !isOver(status) && Number(status.uploaded_bytes ?? bytes) < bytes;
	if (status.status === 'FAILED') return 'never';
	if (isPart) return 'not-published';
	return await outcomeOf(api, mark as State);
}

/**
 * A post that is not listed may still be published: TikTok moderates posts before it lists them.
 */
function sought(api: Api, post: Post, mark: IDataObject): Sought | undefined {
	const { open = isOpen(post), kind = isPhotos(post) ? 'photo' : 'video' } = mark as Partial<State>;
	const text = linked(post).trim();
	const isListed = open && kind === 'video' && text !== '' && granted(api, 'video.list');
	return isListed ? { text, media: [], partial: true } : undefined;
}

function isOpen({ options }: Post): boolean {
	return !isDraft(options) && (options as Options).privacy === EVERYONE;
}

function listed({ id, create_time, video_description, title, share_url }: Video): Listed {
	const words = video_description || title;
	return {
		id,
		// `create_time` is in seconds.
		...(create_time !== undefined && { at: create_time * SECOND }),
		...(words !== undefined && { text: [words] }),
		published: async () => ({ id, url: share_url }),
	};
}
