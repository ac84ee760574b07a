import type { Fields } from '../kit/body';
import { badParameter, fail, noObject } from './errors';
import { refuse } from '../kit/types';
import { statusOf } from './status';
import type { Container, MediaType, Server } from './model';

const CAPTION = 2200;
const HASHTAGS = 30;
const MENTIONS = 20;
const ALT = 1000;
const COLLABORATORS = 3;
const TAGS = 20;

export const string = (value: unknown): string =>
	value === undefined || value === null ? '' : String(value);
export const truth = (value: unknown): boolean =>
	value === true || value === 'true' || value === '1';

/** A value that is JSON in a form may be a plain value in a JSON body. */
function json(name: string, value: unknown): unknown {
	if (value === undefined || value === '') return undefined;
	if (typeof value === 'object') return value;
	try {
		return JSON.parse(string(value));
	} catch {
		return badParameter(`(#100) Param ${name} must be an array.`);
	}
}

function list(name: string, value: unknown): unknown[] {
	const parsed = json(name, value);
	if (parsed === undefined) return [];
	return Array.isArray(parsed) ? parsed : badParameter(`(#100) Param ${name} must be an array.`);
}

/** Without a type it is an image; VIDEO is only for items of carousels. */
export function mediaType({ media_type, is_carousel_item }: Fields): MediaType {
	const type = string(media_type) || 'IMAGE';
	if (!['IMAGE', 'VIDEO', 'REELS', 'STORIES', 'CAROUSEL'].includes(type)) fail(2207023);
	const item = truth(is_carousel_item);
	if (type === 'VIDEO' && !item)
		badParameter(
			'(#100) The VIDEO value for media_type is no longer supported. Use the REELS media type to publish a video to your Instagram feed.',
		);
	if (item && !['IMAGE', 'VIDEO'].includes(type))
		badParameter('(#100) Only photos and videos can be used as carousel items');
	return type as MediaType;
}

/** Checks the options of a container besides its media, by the platform's own names. */
export function checkedOptions(type: MediaType, fields: Fields): Fields {
	checkCaption(string(fields.caption));
	const alt = string(fields.alt_text);
	if ([...alt].length > ALT) badParameter('(#100) Param alt_text is too long');
	if (alt && type !== 'IMAGE') badParameter('(#100) alt_text is only supported for images');
	const collaborators = list('collaborators', fields.collaborators);
	if (collaborators.length > COLLABORATORS)
		badParameter(`(#100) At most ${COLLABORATORS} collaborators can be invited`);
	if (collaborators.length && type === 'STORIES')
		badParameter('(#100) Collaborators are not supported for stories');
	const user_tags = checkedTags(type, fields);
	const { thumb, location_id } = checkedNumbers(fields);
	const plain = ['audio_name', 'cover_url'].filter((name) => string(fields[name]));
	return {
		...(collaborators.length > 0 && { collaborators }),
		...(user_tags.length > 0 && { user_tags }),
		...(thumb && { thumb_offset: thumb }),
		...(location_id && { location_id }),
		...(fields.share_to_feed !== undefined && { share_to_feed: truth(fields.share_to_feed) }),
		...(truth(fields.is_ai_generated) && { is_ai_generated: true }),
		...checkedTrial(type, fields),
		...Object.fromEntries(plain.map((name) => [name, fields[name]])),
	};
}

function checkedNumbers(fields: Fields): { thumb: string; location_id: string } {
	const thumb = string(fields.thumb_offset);
	if (thumb && !/^\d+$/.test(thumb)) fail(2207057);
	const location_id = string(fields.location_id);
	if (location_id && !/^\d+$/.test(location_id))
		badParameter('INSTAGRAM_PLATFORM_API__INVALID_LOCATION_ID');
	return { thumb, location_id };
}

function checkCaption(caption: string): void {
	if ([...caption].length > CAPTION) fail(2207010);
	if ((caption.match(/#[\p{L}\p{N}_]+/gu) ?? []).length > HASHTAGS)
		badParameter('(#100) The caption has too many hashtags');
	if ((caption.match(/(?<![\w.])@[\w.]+/g) ?? []).length > MENTIONS)
		badParameter('(#100) The caption has too many mentions');
}

/** Tags must have positions on images, may have them in stories, and must have none on videos. */
function checkedTags(type: MediaType, { user_tags, is_carousel_item }: Fields): Fields[] {
	const tags = list('user_tags', user_tags) as Fields[];
	if (tags.length > TAGS) fail(2207040);
	if (tags.length && (type === 'CAROUSEL' || (type === 'VIDEO' && truth(is_carousel_item))))
		badParameter('(#100) user_tags are not supported here');
	for (const { username, x, y } of tags) {
		if (!string(username)) badParameter('(#100) Param user_tags must have usernames');
		const placed = x !== undefined || y !== undefined;
		if (placed && type === 'REELS')
			badParameter('(#100) Tag positions should not be specified for video media.');
		const within = [x, y].every((at) => typeof at === 'number' && at >= 0 && at <= 1);
		if ((placed || type === 'IMAGE') && !within)
			badParameter('(#100) Tag positions x and y are required, between 0.0 and 1.0.');
	}
	return tags;
}

function checkedTrial(type: MediaType, fields: Fields): Fields {
	const trial = json('trial_params', fields.trial_params) as Fields | undefined;
	if (!trial) return {};
	const known = ['MANUAL', 'SS_PERFORMANCE'].includes(string(trial.graduation_strategy));
	if (type !== 'REELS' || !known) badParameter('(#100) Param trial_params is not valid');
	return { trial_params: trial };
}

/** Items of a carousel must be own, meant for it and processed. */
export function checkedChildren(server: Server, account: string, value: unknown): Container[] {
	const given = string(value);
	const ids = Array.isArray(value)
		? value.map(string)
		: given.startsWith('[')
			? list('children', given).map(string)
			: given.split(',').filter(Boolean);
	if (ids.length < 2 || ids.length > 10) fail(2207028);
	return ids.map((id) => {
		const child = server.state.containers.find((one) => one.id === id && one.account === account);
		if (!child?.isCarouselItem) return refuse(noObject(id, 'post'));
		if (statusOf(server, child) === 'EXPIRED') return fail(2207008);
		return statusOf(server, child) === 'FINISHED' ? child : fail(2207027);
	});
}
