import type { FacebookVideo, Server } from './model';

/** Shows the phases of a video; each read brings the end of processing nearer. */
export function statusOf(server: Server, video: FacebookVideo): Record<string, unknown> {
	const { upload, post, error, pollsLeft } = video;
	const uploaded = upload.digest !== undefined;
	const working = post !== undefined && pollsLeft > 0;
	if (working) video.pollsLeft -= 1;
	const failed = post !== undefined && !working && error !== undefined;
	const done = post !== undefined && !working && !failed;
	const moving = upload.received > 0 ? 'in_progress' : 'not_started';
	return {
		video_status: stageOf(uploaded, working, failed, done),
		uploading_phase: {
			status: uploaded ? 'complete' : moving,
			bytes_transferred: upload.received,
			...(upload.size !== undefined && { source_file_size: upload.size }),
		},
		processing_phase: {
			status: failed ? 'error' : done ? 'complete' : working ? 'in_progress' : 'not_started',
			...(failed && { errors: [error] }),
		},
		publishing_phase: done ? publishing(server, video) : { status: 'not_started' },
	};
}

function stageOf(uploaded: boolean, working: boolean, failed: boolean, done: boolean): string {
	if (failed) return 'error';
	if (done) return 'ready';
	if (working) return 'processing';
	return uploaded ? 'upload_complete' : 'uploading';
}

function publishing({ clock }: Server, { post }: FacebookVideo) {
	const { published, scheduled } = post!;
	const state = published ? 'published' : scheduled ? 'scheduled' : 'draft';
	return {
		status: published || scheduled ? 'complete' : 'not_started',
		publish_status: state,
		publish_time: new Date(scheduled ? scheduled * 1000 : clock.now()).toISOString(),
	};
}
