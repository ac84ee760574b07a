import type { IDataObject } from 'n8n-workflow';

import type { Api } from '../shared/contract/api';
import type { Post, Published } from '../shared/contract/post';
import { onlyOf } from '../shared/media/kind';
import { finish, outOf } from './finish';
import type { Kind } from './options';
import { uploadPhoto } from './photos';
import { on, placeOf, type Place } from './place';
import { stateOf, type State } from './state';
import { attachedLink, textOf } from './text';
import { uploadReel, uploadVideo } from './video';

interface Task {
	place: Place;
	post: Post;
	state: State;
}

type Way = (api: Api, task: Task) => Promise<Published>;

const WAYS: Readonly<Record<Kind, Way>> = {
	feed: toFeed,
	video: asVideo,
	reel: asReel,
	photoStory: asPhotoStory,
	videoStory: asVideoStory,
};

export async function publish(api: Api, post: Post): Promise<Published> {
	const place = await placeOf(api, post.target);
	const state = stateOf(post, place.page);
	return await WAYS[state.kind](api, { place, post, state });
}

/** https://developers.facebook.com/documentation/pages-api/posts */
async function toFeed(api: Api, { place, post, state }: Task): Promise<Published> {
	const photos: string[] = [];
	for (const medium of post.media) {
		photos.push(await uploadPhoto(api, place, medium, state.scheduled !== undefined));
	}
	const message = textOf(post);
	const link = attachedLink(post);
	const { id } = await api.publish<{ id?: string }>(
		{
			...on(api, place, `/${place.page}/feed`),
			method: 'POST',
			body: {
				...(message && { message }),
				...(link && { link }),
				...(photos.length > 0 && { attached_media: photos.map((media_fbid) => ({ media_fbid })) }),
				...later(state),
			},
		},
		{ ...state, photos },
	);
	return await outOf(api, place, { ...state, post: id && String(id) }, false);
}

/** https://developers.facebook.com/docs/video-api/guides/publishing */
async function asVideo(api: Api, { place, post, state }: Task): Promise<Published> {
	const { video, session } = await uploadVideo(api, place, onlyOf(post.media));
	const known = { ...state, video };
	await api.publish(
		{
			...on(api, place, `/${place.page}/videos`),
			host: 'videoBaseUrl',
			method: 'POST',
			form: {
				upload_phase: 'finish',
				upload_session_id: session,
				...words(post),
				...later(state),
			},
		},
		known,
	);
	return await finish(api, known, false);
}

/** https://developers.facebook.com/documentation/video-api/guides/reels-publishing */
async function asReel(api: Api, { place, post, state }: Task): Promise<Published> {
	const video = await uploadReel(api, place, 'video_reels', onlyOf(post.media));
	const { scheduled } = state;
	const known = { ...state, video };
	await api.publish(
		{
			...on(api, place, `/${place.page}/video_reels`),
			method: 'POST',
			form: {
				upload_phase: 'finish',
				video_id: video,
				video_state: scheduled ? 'SCHEDULED' : 'PUBLISHED',
				...words(post),
				...(scheduled && { scheduled_publish_time: scheduled }),
			},
		},
		known,
	);
	return await finish(api, known, false);
}

/** https://developers.facebook.com/docs/page-stories-api */
async function asPhotoStory(api: Api, { place, post, state }: Task): Promise<Published> {
	const photo = await uploadPhoto(api, place, onlyOf(post.media), false);
	const { post_id } = await api.publish<{ post_id?: string }>(
		{
			...on(api, place, `/${place.page}/photo_stories`),
			method: 'POST',
			form: { photo_id: photo },
		},
		{ ...state, photos: [photo] },
	);
	return await outOf(api, place, { ...state, post: post_id && String(post_id) }, false);
}

async function asVideoStory(api: Api, { place, post, state }: Task): Promise<Published> {
	const video = await uploadReel(api, place, 'video_stories', onlyOf(post.media));
	const known = { ...state, video };
	const { post_id } = await api.publish<{ post_id?: string }>(
		{
			...on(api, place, `/${place.page}/video_stories`),
			method: 'POST',
			form: { upload_phase: 'finish', video_id: video },
		},
		known,
	);
	return await finish(api, { ...known, ...(post_id && { post: String(post_id) }) }, false);
}

function words(post: Post): IDataObject {
	const { title } = post;
	const description = textOf(post);
	return { ...(title && { title }), ...(description && { description }) };
}

function later({ scheduled }: State): IDataObject {
	return scheduled ? { published: false, scheduled_publish_time: scheduled } : {};
}
