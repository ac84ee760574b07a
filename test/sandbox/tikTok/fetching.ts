import { crawl } from '../kit/crawler';
import { sniff } from '../kit/sniff';
import type { Digest } from '../kit/digest';
import type { SandboxMedia } from '../kit/types';
import type { Call } from '../kit/types';
import type { Server, Task } from './model';

const PHOTO_BYTES = 20_000_000;
const VIDEO_BYTES = 4 * 1024 ** 3;
/** "1080p" means the shorter side. */
const PHOTO_SIDE = 1080;

export const VIDEO_TYPES = ['video/mp4', 'video/quicktime', 'video/webm'];
const PHOTO_TYPES = ['image/jpeg', 'image/webp'];

/** TikTok fetches in the background; the answer to the request does not wait for it. */
export function fetchVideo(server: Server, task: Task, url: string, call: Call): void {
	const refused = call.fault?.kind === 'media-refused';
	void crawl(server, url, VIDEO_BYTES).then((digest) => {
		if (!digest) return void (task.failed = 'video_pull_failed');
		const medium = mediumOf(digest, url);
		const fits = VIDEO_TYPES.includes(medium.type) && !refused;
		finish(server, task, [medium], fits ? undefined : 'file_format_check_failed');
	});
}

export function fetchPhotos(server: Server, task: Task, urls: string[], call: Call): void {
	server.state.tasks.push(task);
	const { kind, polls } = call.fault ?? {};
	if (kind === 'slow-processing') task.pollsLeft = polls ?? 3;
	const all = urls.map(async (url) => {
		const digest = await crawl(server, url, PHOTO_BYTES);
		return digest && mediumOf(digest, url);
	});
	void Promise.all(all).then((media) => {
		const there = media.filter((medium) => medium !== undefined);
		if (there.length < urls.length) return void (task.failed = 'photo_pull_failed');
		finish(server, task, there, kind === 'media-refused' ? 'internal' : photoProblem(there));
	});
}

function photoProblem(media: SandboxMedia[]): string | undefined {
	if (media.some(({ type }) => !PHOTO_TYPES.includes(type))) return 'file_format_check_failed';
	const large = media.some(({ width = 1, height = 1 }) => Math.min(width, height) > PHOTO_SIDE);
	return large ? 'picture_size_check_failed' : undefined;
}

function mediumOf(digest: Digest, url: string): SandboxMedia {
	const { type = 'unknown', width, height } = sniff(digest.head) ?? {};
	return {
		id: url,
		type,
		length: digest.length,
		sha256: digest.sha256,
		...(width && height && { width, height }),
	};
}

/**
 * All bytes are there: the post is published or goes into the inbox, whatever the status still
 * says.
 */
export function finish(server: Server, task: Task, media: SandboxMedia[], failed?: string): void {
	const { state, url, clock, newId } = server;
	Object.assign(task, { media, taken: true });
	if (failed) return void (task.failed = failed);
	if (task.draft) return void state.drafts.push(task);
	const { title = '', description, privacy_level, ...options } = task.info;
	const id = newId();
	task.post = id;
	state.posts.push({
		id,
		url: `${url}/@${task.account}/${task.kind}/${id}`,
		account: task.account,
		text: String(description ?? title),
		createdAt: new Date(clock.now()).toISOString(),
		media,
		options: { ...options, ...(task.kind === 'photo' && { title }) },
		kind: task.kind,
		privacy: String(privacy_level),
		publishId: task.publishId,
	});
}
