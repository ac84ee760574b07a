import { crawl } from '../kit/crawler';
import type { Digest } from '../kit/digest';
import { sniff } from '../kit/sniff';
import { refuse, type Call, type Reply } from '../kit/types';
import {
	asPage,
	badParam,
	graphError,
	input,
	movieFacts,
	newRupload,
	refusedUpload,
	takeRupload,
	text,
	type GraphPage,
} from '../graph';
import { checkedMoment, checkedText, checkedTime, kept, newPost } from './feed';
import type { FacebookPost, FacebookVideo, Server, VideoEdge } from './model';

const MOST = 2 * 1024 ** 3;
const LEAST = 1024;

/** https://developers.facebook.com/docs/video-api/guides/publishing: in parts, or whole. */
export async function createVideo(server: Server, call: Call): Promise<Reply> {
	const page = asPage(server, call, 'pages_manage_posts', 'pages_read_engagement');
	const fields = input(call);
	const phase = text(fields.upload_phase);
	if (phase === 'start') return startChunks(server, page, Number(fields.file_size));
	if (phase === 'transfer') return transfer(server, page, call);
	if (phase === 'finish') return finishChunks(server, page, call);
	if (phase) return badParam('Param upload_phase must be one of {start, transfer, finish, cancel}');
	const { body } = call;
	const file =
		body.kind === 'multipart' ? body.files.find(({ field }) => field === 'source') : undefined;
	const url = text(fields.file_url);
	const digest: Digest | undefined = file ?? (url ? await crawl(server, url, MOST) : undefined);
	if (!digest)
		return graphError({ code: 389, message: '(#389) Unable to fetch video file from URL.' });
	const video = newVideo(server, page, 'videos');
	Object.assign(video.upload, { digest, received: digest.length, size: digest.length });
	publishVideo(server, page, video, call, checkedTime(server, fields, 180));
	return { status: 200, json: { id: video.id } };
}

function startChunks(server: Server, page: GraphPage, size: number): Reply {
	if (!(size >= LEAST)) return uploadTrouble(1_363_022, 'The video file is too small.');
	if (size > MOST) return uploadTrouble(1_363_023, 'The video file is too large.');
	const video = newVideo(server, page, 'videos', size);
	video.session = server.newId();
	const { id: video_id, session: upload_session_id } = video;
	return { status: 200, json: { video_id, upload_session_id, ...offsets(server, video) } };
}

function uploadTrouble(subcode: number, message: string, data?: Record<string, unknown>): Reply {
	return graphError({ code: 6000, subcode, message: `(#6000) ${message}`, data });
}

/** Tells which bytes the platform wants next; both are the size once all have arrived. */
function offsets({ settings }: Server, { upload: { received, size = 0 } }: FacebookVideo) {
	const end = Math.min(size, received + settings.chunk);
	return { start_offset: String(received), end_offset: String(end) };
}

function inSession({ state }: Server, page: GraphPage, session: unknown): FacebookVideo {
	const found = state.videos.find((one) => one.session === text(session) && one.page === page.id);
	return found ?? badParam('Param upload_session_id must be a valid upload session');
}

/** The fault `lost-chunk` drops the bytes and reports it, as 1363019 does. */
function transfer(server: Server, page: GraphPage, call: Call): Reply {
	const fields = input(call);
	const video = inSession(server, page, fields.upload_session_id);
	const { upload } = video;
	const wanted = offsets(server, video);
	if (call.fault?.kind === 'lost-chunk')
		return uploadTrouble(1_363_019, 'There was a problem uploading your video file.');
	if (text(fields.start_offset) !== wanted.start_offset)
		return uploadTrouble(1_363_037, 'The start offset does not match.', wanted);
	const { body } = call;
	const file =
		body.kind === 'multipart'
			? body.files.find(({ field }) => field === 'video_file_chunk')
			: undefined;
	const length = file?.length ?? 0;
	if (!file?.bytes || upload.received + length > Number(wanted.end_offset))
		return uploadTrouble(1_363_025, 'The video file chunk does not fit.');
	upload.taken.add(file.bytes);
	upload.received += length;
	if (upload.received === upload.size) upload.digest = upload.taken.done();
	return { status: 200, json: offsets(server, video) };
}

function finishChunks(server: Server, page: GraphPage, call: Call): Reply {
	const fields = input(call);
	const video = inSession(server, page, fields.upload_session_id);
	if (!video.upload.digest) return uploadTrouble(1_363_033, 'The upload is not complete.');
	if (video.post) return badParam('The upload session is finished already');
	publishVideo(server, page, video, call, checkedTime(server, fields, 180));
	return { status: 200, json: { success: true } };
}

/** Reels and video stories: start, rupload, finish. */
export function reelOrStory(server: Server, call: Call, edge: VideoEdge): Reply {
	const page = asPage(server, call, 'pages_manage_posts', 'pages_read_engagement');
	const fields = input(call);
	if (fields.upload_phase === 'start') {
		const { id } = newVideo(server, page, edge);
		const upload_url = `${server.url}/video-upload/v26.0/${id}`;
		return { status: 200, json: { video_id: id, upload_url } };
	}
	if (fields.upload_phase !== 'finish')
		return badParam('Param upload_phase must be one of {start, finish}');
	const video = server.state.videos.find(
		(one) => one.id === text(fields.video_id) && one.page === page.id && one.edge === edge,
	);
	if (!video) return badParam('Param video_id must be a valid ID');
	if (!video.upload.digest) return uploadTrouble(1_363_033, 'The upload is not complete.');
	if (video.post) return badParam('The video was published already');
	const post = publishVideo(server, page, video, call, stateOf(server, fields, edge));
	const story = edge === 'video_stories';
	return { status: 200, json: { success: true, ...(story && { post_id: post.id }) } };
}

function stateOf({ clock }: Server, fields: Record<string, unknown>, edge: VideoEdge) {
	if (edge === 'video_stories') return { published: true };
	const state = text(fields.video_state);
	if (!['PUBLISHED', 'DRAFT', 'SCHEDULED'].includes(state))
		return badParam('Param video_state must be one of {DRAFT, PUBLISHED, SCHEDULED}');
	if (state !== 'SCHEDULED') return { published: state === 'PUBLISHED' };
	const given = text(fields.scheduled_publish_time);
	return { published: false, scheduled: checkedMoment(clock.now(), given, 29) };
}

export async function rupload(server: Server, call: Call): Promise<Reply> {
	const video = server.state.videos.find(({ id }) => id === call.params.id);
	if (!video || video.edge === 'videos') return refusedUpload('There is no such upload', 404);
	return await takeRupload(server, call, video.upload);
}

function newVideo(server: Server, page: GraphPage, edge: VideoEdge, size?: number): FacebookVideo {
	const video: FacebookVideo = {
		id: server.newId(),
		page: page.id,
		edge,
		upload: newRupload(size),
		createdAt: server.clock.now(),
		pollsLeft: 0,
		title: '',
	};
	server.state.videos.push(video);
	return video;
}

/**
 * Accepts the video, which is hidden until it is processed; a video that breaks the rules fails in
 * processing.
 */
function publishVideo(
	server: Server,
	page: GraphPage,
	video: FacebookVideo,
	call: Call,
	when: Pick<FacebookPost, 'published' | 'scheduled'>,
): FacebookPost {
	const fields = input(call);
	const { digest, unhashed, fetchedFrom } = video.upload;
	const { length, sha256, head } = digest!;
	if (length < LEAST) refuse(uploadTrouble(1_363_022, 'The video file is too small.'));
	const type = sniff(head)?.type ?? 'unknown';
	const kind = video.edge === 'videos' ? 'video' : video.edge === 'video_reels' ? 'reel' : 'story';
	const facts = movieFacts(head);
	const post = newPost(server, page, kind, checkedText(fields.description), {
		...when,
		video: video.id,
		media: [
			{
				id: video.id,
				type,
				length,
				sha256: unhashed ? null : sha256,
				...facts,
				...(fetchedFrom && { fetchedFrom }),
			},
		],
		options: kept(fields),
	});
	if (kind !== 'video')
		post.url = `${server.url}/${kind === 'reel' ? `reel/${video.id}` : `stories/${post.id}`}`;
	video.title = text(fields.title);
	video.post = post;
	video.error = call.fault?.kind === 'media-refused' ? BAD_FILE : fault(video.edge, type, facts);
	const slow = call.fault?.kind === 'slow-processing';
	video.pollsLeft = slow ? (call.fault?.polls ?? 3) : server.settings.polls;
	if (!video.error) server.state.posts.push(post);
	return post;
}

const BAD_FILE = {
	code: 1_363_024,
	message: 'The video file you tried to upload is not supported',
};

/** Returns the rule that a reel or story breaks. */
function fault(
	edge: VideoEdge,
	type: string,
	{ width, height, seconds }: ReturnType<typeof movieFacts>,
) {
	if (!type.startsWith('video/')) return BAD_FILE;
	if (edge === 'videos') return undefined;
	if (width && height && Math.abs(width / height - 9 / 16) > 0.01)
		return { code: 1_363_129, message: 'The aspect ratio of the video is not 9:16' };
	const most = edge === 'video_reels' ? 90 : 60;
	return seconds !== undefined && (seconds < 3 || seconds > most + 0.5)
		? { code: 1_363_128, message: `The video must be between 3 and ${most} seconds` }
		: undefined;
}
