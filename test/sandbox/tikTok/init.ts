import { createHash, randomBytes } from 'node:crypto';
import { DAY, HOUR } from '../kit/clock';
import { refuse, type Call, type Reply } from '../kit/types';
import { failed, good, jsonBody, object, user, wrong, type Fields } from './answers';
import { fetchPhotos, fetchVideo } from './fetching';
import type { Server, Task, Upload } from './model';
import { checkedInfo, checkedPhotoInfo } from './rules';

const MB = 1_000_000;
/** Megabytes may be decimal or binary; the stricter one applies. */
const CHUNK = { least: 5 * 1024 * 1024, most: 64 * MB };
const MOST_CHUNKS = 1000;
const VIDEO = 4 * 1024 ** 3;
const PHOTOS = 35;
const PENDING = 5;

/** `POST /v2/post/publish/video/init/` */
export function initVideo(server: Server, call: Call): Reply {
	const account = user(server, call, 'video.publish');
	const body = jsonBody(call);
	const source = object(body.source_info, 'source_info');
	const info = checkedInfo(server, account, object(body.post_info, 'post_info'));
	return started(server, call, videoTask(server, account, false, info, source));
}

/** `POST /v2/post/publish/inbox/video/init/`: reads only the source. */
export function initInbox(server: Server, call: Call): Reply {
	const account = user(server, call, 'video.upload');
	const source = object(jsonBody(call).source_info, 'source_info');
	refuseTooManyDrafts(server, account);
	return started(server, call, videoTask(server, account, true, {}, source));
}

/** `POST /v2/post/publish/content/init/` */
export function initContent(server: Server, call: Call): Reply {
	const body = jsonBody(call);
	if (body.media_type !== 'PHOTO') wrong('media_type is invalid');
	const draft = body.post_mode === 'MEDIA_UPLOAD';
	if (!draft && body.post_mode !== 'DIRECT_POST') wrong('post_mode is invalid');
	const account = user(server, call, draft ? 'video.upload' : 'video.publish');
	const source = object(body.source_info, 'source_info');
	const info = checkedPhotoInfo(server, account, draft, object(body.post_info, 'post_info'));
	if (draft) refuseTooManyDrafts(server, account);
	const urls = checkedPhotos(server, source);
	const task = newTask(server, account, draft, 'photo', info, source);
	fetchPhotos(server, task, urls, call);
	return good({ publish_id: task.publishId });
}

function videoTask(
	server: Server,
	account: string,
	draft: boolean,
	info: Fields,
	source: Fields,
): Task {
	if (source.source === 'PULL_FROM_URL') owned(server, source.video_url);
	else if (source.source !== 'FILE_UPLOAD') wrong('source is invalid');
	const upload = source.source === 'FILE_UPLOAD' ? planned(server, source) : undefined;
	return { ...newTask(server, account, draft, 'video', info, source), ...(upload && { upload }) };
}

function newTask(
	{ clock, settings, newId }: Server,
	account: string,
	draft: boolean,
	kind: Task['kind'],
	info: Fields,
	source: Fields,
): Task {
	const place = source.source === 'FILE_UPLOAD' ? 'file' : 'url';
	const type = `${kind === 'photo' ? 'p' : 'v'}_${draft ? 'inbox' : 'pub'}_${place}`;
	return {
		publishId: `${type}~v2-1.${newId()}`,
		account,
		draft,
		kind,
		info,
		source,
		createdAt: clock.now(),
		media: [],
		taken: false,
		pollsLeft: settings.polls,
		moderationLeft: settings.moderation,
	};
}

function started(server: Server, call: Call, task: Task): Reply {
	server.state.tasks.push(task);
	const { kind, polls } = call.fault ?? {};
	if (kind === 'slow-processing') task.pollsLeft = polls ?? 3;
	const publish_id = task.publishId;
	if (!task.upload) {
		fetchVideo(server, task, String(task.source.video_url), call);
		return good({ publish_id });
	}
	const id = server.newId();
	const token = randomBytes(16).toString('hex');
	server.receiving.set(id, {
		task,
		token,
		hash: createHash('sha256'),
		head: Buffer.alloc(0),
		refuse: kind === 'media-refused',
	});
	return good({
		publish_id,
		upload_url: `${server.url}/video/?upload_id=${id}&upload_token=${token}`,
	});
}

/** https://developers.tiktok.com/doc/content-posting-api-media-transfer-guide, chunk restrictions */
function planned({ clock }: Server, { video_size, chunk_size, total_chunk_count }: Fields): Upload {
	const [size, chunkSize, chunks] = [video_size, chunk_size, total_chunk_count].map((value) =>
		Number.isSafeInteger(value) && Number(value) > 0 ? Number(value) : 0,
	) as [number, number, number];
	if (size < 1 || size > VIDEO) wrong('The video size is invalid');
	const whole = chunkSize === size && size <= CHUNK.most;
	if (!whole && (chunkSize < CHUNK.least || chunkSize > CHUNK.most || chunkSize > size))
		wrong('The chunk size is invalid');
	if (chunks < 1 || chunks > MOST_CHUNKS || chunks !== Math.floor(size / chunkSize))
		wrong('The total chunk count is invalid');
	// One chunk must be the whole file, which must not be larger than a chunk.
	if (chunks === 1 && !whole) wrong('The chunk size is invalid');
	return { size, chunkSize, chunks, done: 0, received: 0, expiresAt: clock.now() + HOUR };
}

/** Accepts only https below a prefix that was verified for the app. */
function owned({ settings: { verified } }: Server, url: unknown): string {
	if (typeof url !== 'string' || !/^https:\/\/\S+$/.test(url)) return wrong('The URL is invalid');
	return verified.some((prefix) => url.startsWith(prefix))
		? url
		: refuse(failed('url_ownership_unverified'));
}

function checkedPhotos(server: Server, source: Fields): string[] {
	const { photo_images: urls, photo_cover_index: cover = 0 } = source;
	if (source.source !== 'PULL_FROM_URL') wrong('source is invalid');
	if (!Array.isArray(urls) || urls.length < 1 || urls.length > PHOTOS)
		return wrong('photo_images is invalid');
	if (!Number.isInteger(cover) || Number(cover) < 0 || Number(cover) >= urls.length)
		wrong('photo_cover_index is invalid');
	return urls.map((url) => owned(server, url));
}

function refuseTooManyDrafts({ state, clock }: Server, account: string): void {
	const recent = state.drafts.filter(
		(draft) => draft.account === account && clock.now() - draft.createdAt < DAY,
	);
	if (recent.length >= PENDING) refuse(failed('spam_risk_too_many_pending_share'));
}
