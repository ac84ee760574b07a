import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { DateTime } from 'luxon';

import type { Api } from '../shared/contract/api';
import type { Operation } from '../shared/contract/operation';
import { refuse } from '../shared/errors/failure';
import { creatorInfo } from './creator';
import { postIdIn, statusOf } from './progress';
import { findVideo, listVideos } from './videos';

const POST = /^(?:https?:\/\/[^/]+\/@[^/]+\/(?:video|photo)\/)?(\d{1,20})(?:[/?#].*)?$/;

const publishIdField: INodeProperties = {
	displayName: 'Publish ID',
	name: 'publishId',
	type: 'string',
	default: '',
	required: true,
	placeholder: 'e.g. v_pub_file~v2-1.7574000000000000000',
	description: 'The ID of a post that TikTok had not named when it was published',
};

export const tikTokOperations: Operation[] = [
	{
		resource: 'account',
		operation: 'creatorInfo',
		name: 'Get Creator Info',
		action: 'Get the creator info',
		description: 'Get which privacy, interactions and length of video the account may choose',
		run: async (api) => {
			const creator = await creatorInfo(api);
			return {
				username: creator.creator_username,
				nickname: creator.creator_nickname,
				avatarUrl: creator.creator_avatar_url,
				privacy: creator.privacy_level_options,
				commentsOff: creator.comment_disabled,
				duetsOff: creator.duet_disabled,
				stitchesOff: creator.stitch_disabled,
				longestVideoSeconds: creator.max_video_post_duration_sec,
			};
		},
	},
	{
		resource: 'post',
		operation: 'get',
		name: 'Get',
		action: 'Get a post',
		description: 'Get a public video of the account by its URL or ID, with its numbers',
		onPost: true,
		scope: 'video.list',
		simplify: shortOf,
		run: async (api, { post }) => {
			const id = idIn(post);
			return (await findVideo(api, id)) ?? refuseMissing(id);
		},
	},
	{
		resource: 'post',
		operation: 'getAll',
		name: 'Get Many',
		action: 'Get many posts',
		description: 'Get many public videos of the account, newest first',
		scope: 'video.list',
		pageSize: 20,
		simplify: shortOf,
		page: async (api, _input, limit, cursor) => {
			const { videos, cursor: next } = await listVideos(api, limit, cursor);
			return { items: videos, cursor: next };
		},
	},
	{
		resource: 'post',
		operation: 'getStatus',
		name: 'Get Publish Status',
		action: 'Get the publish status of a post',
		description: 'Get how far a post has come that TikTok was still processing',
		fields: [publishIdField],
		run: publishStatus,
	},
];

async function publishStatus(api: Api, input: IDataObject): Promise<IDataObject> {
	const publishId = String(input.publishId).trim();
	const status = await statusOf(api, publishId);
	const id = postIdIn(status);
	return {
		publishId,
		status: status.status,
		...(status.fail_reason && { failReason: status.fail_reason }),
		...(id && { id }),
		uploadedBytes: status.uploaded_bytes,
		downloadedBytes: status.downloaded_bytes,
	};
}

function shortOf(video: IDataObject): IDataObject {
	const { id, share_url, title, video_description, create_time, duration } = video;
	return {
		id,
		url: share_url,
		text: video_description || title || '',
		createdAt: DateTime.fromSeconds(Number(create_time ?? 0))
			.toUTC()
			.toISO(),
		seconds: duration,
		metrics: {
			views: video.view_count,
			likes: video.like_count,
			comments: video.comment_count,
			shares: video.share_count,
		},
	};
}

/**
 * Parses the ID in `https://www.tiktok.com/@alice/video/123`, or the ID itself. IDs exceed safe
 * integers, so they stay strings.
 */
function idIn(given: unknown): string {
	const text = String(given ?? '').trim();
	const id = POST.exec(text)?.[1];
	if (id) return id;
	return refuse({
		code: 'validation_failed',
		platform: 'tikTok',
		rule: 'tikTok.post.address',
		message: `"${text}" is not the URL or ID of a post on TikTok`,
	});
}

function refuseMissing(id: string): never {
	return refuse({
		code: 'not_found',
		platform: 'tikTok',
		rule: 'tikTok.post.missing',
		message: `TikTok knows no public video ${id} of this account`,
	});
}
