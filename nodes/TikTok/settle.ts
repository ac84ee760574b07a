import type { IDataObject } from 'n8n-workflow';

import type { Api } from '../shared/api';
import { linked } from '../shared/check';
import type { Post, Settled } from '../shared/platform';
import { granted } from './creator';
import { finish, isOver, statusOf, type State } from './progress';
import { listVideos, type Video } from './videos';

/** The newest videos, of which the one in question must be one. */
const NEWEST = 10;

/** A publish_id tells what became of it; without one only the list of videos may show it. */
export async function settle(api: Api, post: Post, mark: IDataObject): Promise<Settled> {
	const state = mark as Partial<State>;
	if (!state.publishId) return await findPost(api, post, state);
	const status = await statusOf(api, state.publishId);
	const { bytes = 0 } = state;
	// Without its last chunk a video never goes out.
	const partly = !isOver(status) && Number(status.uploaded_bytes ?? bytes) < bytes;
	if (status.status === 'FAILED' || partly) return 'absent';
	return await finish(api, state);
}

/** That it is not there proves nothing: TikTok looks at posts before it lists them. */
async function findPost(api: Api, post: Post, { open, kind }: Partial<State>): Promise<Settled> {
	const text = linked(post).trim();
	if (!open || kind !== 'video' || text === '' || !granted(api, 'video.list')) return undefined;
	const found = await api.until(
		async () => {
			const { videos } = await listVideos(api, NEWEST);
			return videos.find((video) => textOf(video) === text && isSince(video, api.slot.at));
		},
		{ every: 5000, atMost: 20_000 },
	);
	return found && { id: found.id, status: 'already_published', url: found.share_url };
}

function textOf({ video_description, title = '' }: Video): string {
	return (video_description || title).trim();
}

/** TikTok gives times in whole seconds. */
function isSince({ create_time = 0 }: Video, since: number): boolean {
	return create_time >= Math.floor(since / 1000);
}
