import type { IDataObject } from 'n8n-workflow';

import type { Api } from '../shared/contract/api';
import type { Media } from '../shared/contract/media';
import type { Post } from '../shared/contract/post';
import { refuse } from '../shared/errors/failure';
import { isVideo, onlyOf } from '../shared/media/kind';
import { MIB } from '../shared/units';
import { without } from '../shared/without';
import { collaboratorsOf, coverUrlOf, optionsOf, userTagsOf } from './options';
import { byFacebook } from './place';
import { captionOf } from './text';

/** A container to make; `sent` is the video whose bytes are uploaded to it. */
export interface Wanted {
	form: IDataObject;
	sent?: Media;
}

/** Largest image that Instagram accepts. */
const IMAGE_BYTES = 8 * MIB;

const REDIRECTS =
	'Reel Cover URL redirects, which Instagram may not follow: give the address it leads to [instagram.cover.redirect]';

/** https://developers.facebook.com/documentation/instagram-platform/instagram-graph-api/reference/ig-user/media */
export function image(api: Api, post: Post): Wanted {
	const medium = onlyOf(post.media);
	const { form } = mediumOf(api, medium);
	return { form: { ...form, ...tagsOf(post, 1, true), ...captionFields(post) } };
}

export async function reel(api: Api, post: Post): Promise<Wanted> {
	const video = post.media.find(isVideo) as Media;
	const cover = post.media.find((medium) => !isVideo(medium));
	const { form, sent } = mediumOf(api, video);
	const { audioName, shareToFeed = true, thumbOffset, trialReel = 'no' } = optionsOf(post);
	const coverUrl = cover ? urlOf(cover) : await coverOf(api, coverUrlOf(post));
	return {
		sent,
		form: {
			...form,
			media_type: 'REELS',
			share_to_feed: shareToFeed,
			...(coverUrl && { cover_url: coverUrl }),
			...(!coverUrl && thumbOffset !== undefined && { thumb_offset: thumbOffset }),
			...(audioName && { audio_name: audioName }),
			...(trialReel !== 'no' && {
				trial_params: JSON.stringify({ graduation_strategy: trialReel }),
			}),
			...usernames(post),
			...captionFields(post),
		},
	};
}

export function story(api: Api, post: Post): Wanted {
	const medium = onlyOf(post.media);
	const { form, sent } = mediumOf(api, medium);
	const { aiGenerated } = optionsOf(post);
	return {
		sent,
		form: {
			...(isVideo(medium) ? form : { image_url: form.image_url }),
			media_type: 'STORIES',
			...tagsOf(post, 1, false),
			...(aiGenerated && { is_ai_generated: true }),
		},
	};
}

export function items(api: Api, post: Post): Wanted[] {
	return post.media.map((medium, index) => {
		const { form, sent } = mediumOf(api, medium);
		const more = isVideo(medium) ? { media_type: 'VIDEO' } : tagsOf(post, index + 1, true);
		return { sent, form: { ...form, ...more, is_carousel_item: true } };
	});
}

/** Fields of the whole post. */
export function captionFields(post: Post): IDataObject {
	const options = optionsOf(post);
	const caption = captionOf(post);
	const collaborators = collaboratorsOf(options);
	const location = options.locationId?.trim();
	return {
		...(caption && { caption }),
		...(location && { location_id: location }),
		...(collaborators.length > 0 && { collaborators: JSON.stringify(collaborators) }),
		...(options.aiGenerated && { is_ai_generated: true }),
	};
}

function mediumOf(api: Api, medium: Media): Wanted {
	if (!isVideo(medium)) {
		const { alt } = medium;
		return { form: { image_url: urlOf(medium), ...(alt && { alt_text: alt }) } };
	}
	// Only graph.facebook.com accepts bytes.
	const sent = byFacebook(api) && medium.source === 'binary';
	return sent ? { form: {}, sent: medium } : { form: { video_url: urlOf(medium) } };
}

/** Encodes the URL in ASCII, because the crawler accepts nothing else. */
function urlOf(medium: Media): string {
	return new URL(medium.publicUrl() ?? '').href;
}

/** Tags of an image need a position; a tag without one is put in the middle. */
function tagsOf(post: Post, image: number, placed: boolean): IDataObject {
	const middle = placed ? { x: 0.5, y: 0.5 } : {};
	const tags = userTagsOf(optionsOf(post))
		.tags.filter((tag) => tag.image === image)
		.map((tag) => ({ ...middle, ...without(tag, 'image') }));
	return tags.length > 0 ? { user_tags: JSON.stringify(tags) } : {};
}

function usernames(post: Post): IDataObject {
	const tags = userTagsOf(optionsOf(post)).tags.map(({ username }) => ({ username }));
	return tags.length > 0 ? { user_tags: JSON.stringify(tags) } : {};
}

/** Loads the cover before Instagram does, to report clearly what is wrong with it. */
async function coverOf(api: Api, url: string): Promise<string | undefined> {
	if (!url) return undefined;
	const cover = await api.fetchMedia(url, IMAGE_BYTES);
	if (cover.redirected) api.warn(REDIRECTS);
	if (cover.mime === 'image/jpeg') return urlOf(cover);
	return refuse({
		code: 'media_rejected',
		platform: 'instagram',
		rule: 'instagram.cover.type',
		message: `The cover of the Reel is ${cover.mime || 'of an unknown type'}, and must be image/jpeg`,
	});
}
