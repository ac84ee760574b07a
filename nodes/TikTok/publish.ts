import type { IDataObject } from 'n8n-workflow';

import type { Api } from '../shared/contract/api';
import type { Media } from '../shared/contract/media';
import type { Post, Published } from '../shared/contract/post';
import { refuse } from '../shared/errors/failure';
import { onlyOf } from '../shared/media/kind';
import { linked } from '../shared/text/link';
import { creatorFor } from './creator';
import { EVERYONE, isDraft, type Options } from './options';
import { finish, type State } from './progress';
import { isPhotos } from './rules';
import { planOf, upload } from './upload';

type Known = Pick<State, 'kind' | 'open' | 'username'>;

/** https://developers.tiktok.com/doc/content-posting-api-get-started */
export async function publish(api: Api, post: Post): Promise<Published> {
	const { privacy } = post.options as Options;
	const draft = isDraft(post.options);
	const creator = draft ? undefined : await creatorFor(api, post);
	const username = creator?.creator_username;
	const known = { open: !draft && privacy === EVERYONE, ...(username && { username }) };
	return isPhotos(post)
		? await publishPhotos(api, post, { ...known, kind: 'photo' })
		: await publishVideo(api, post, { ...known, kind: 'video' });
}

/** https://developers.tiktok.com/doc/content-posting-api-reference-direct-post, …-upload-video */
async function publishVideo(api: Api, post: Post, known: Known): Promise<Published> {
	const video = onlyOf(post.media);
	const { pullVideo } = post.options as Options;
	const draft = isDraft(post.options);
	const request = {
		method: 'POST' as const,
		path: draft ? '/v2/post/publish/inbox/video/init/' : '/v2/post/publish/video/init/',
	};
	const post_info = draft ? {} : { post_info: videoInfo(post) };
	if (pullVideo) {
		const source_info = { source: 'PULL_FROM_URL', video_url: urlOf(video) };
		return await pulled(api, { ...request, body: { ...post_info, source_info } }, known);
	}
	const bytes = video.bytes ?? 0;
	// Without bytes a post is not visible, but each one counts: at most five drafts may wait.
	const { data } = await api.send<{ data: { publish_id: string; upload_url: string } }>({
		...request,
		body: { ...post_info, source_info: { source: 'FILE_UPLOAD', ...planOf(bytes) } },
	});
	const state = { ...known, publishId: data.publish_id, bytes };
	await upload(api, data.upload_url, video, state);
	return await finish(api, state);
}

/** https://developers.tiktok.com/doc/content-posting-api-reference-photo-post */
async function publishPhotos(api: Api, post: Post, known: Known): Promise<Published> {
	const { photoCover = 1 } = post.options as Options;
	const draft = isDraft(post.options);
	const body = {
		media_type: 'PHOTO',
		post_mode: draft ? 'MEDIA_UPLOAD' : 'DIRECT_POST',
		post_info: photoInfo(post),
		source_info: {
			source: 'PULL_FROM_URL',
			photo_images: post.media.map(urlOf),
			photo_cover_index: photoCover - 1,
		},
	};
	return await pulled(api, { method: 'POST', path: '/v2/post/publish/content/init/', body }, known);
}

/** Publishes media that TikTok fetches itself; no upload follows. */
async function pulled(
	api: Api,
	request: Parameters<Api['publish']>[0],
	known: Known,
): Promise<Published> {
	const { data } = await api.publish<{ data?: { publish_id?: string } }>(request, known);
	if (!data?.publish_id) return refuseUnclear();
	const state = { ...known, publishId: data.publish_id };
	api.note(state);
	return await finish(api, state);
}

function videoInfo(post: Post): IDataObject {
	const { aiGenerated, allowDuets, allowStitches, videoCover } = post.options as Options;
	return {
		...directInfo(post.options),
		title: linked(post),
		disable_duet: !allowDuets,
		disable_stitch: !allowStitches,
		is_aigc: aiGenerated ?? false,
		...(videoCover !== undefined && { video_cover_timestamp_ms: videoCover }),
	};
}

function photoInfo(post: Post): IDataObject {
	const { addMusic, aiGenerated } = post.options as Options;
	const { title } = post;
	return {
		...(title && { title }),
		description: linked(post),
		...(!isDraft(post.options) && {
			...directInfo(post.options),
			auto_add_music: addMusic ?? false,
			...(aiGenerated && { is_aigc: true }),
		}),
	};
}

function directInfo({ privacy, allowComments, brandedContent, yourBrand }: Options): IDataObject {
	return {
		privacy_level: privacy,
		disable_comment: !allowComments,
		brand_content_toggle: brandedContent ?? false,
		brand_organic_toggle: yourBrand ?? false,
	};
}

/** Encodes the URL in ASCII, because TikTok fetches it. */
function urlOf(medium: Media): string {
	return new URL(medium.publicUrl() ?? '').href;
}

function refuseUnclear(): never {
	return refuse({
		code: 'outcome_unknown',
		platform: 'tikTok',
		docUrl: 'https://developers.tiktok.com/doc/content-posting-api-get-started',
		message: 'TikTok answered the publishing request without a publish_id.',
	});
}
