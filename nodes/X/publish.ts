import type { IDataObject } from 'n8n-workflow';

import { webOf } from '../shared/connection/webOf';
import type { Api } from '../shared/contract/api';
import type { Post, Published } from '../shared/contract/post';
import { refuse } from '../shared/errors/failure';
import { linked } from '../shared/text/link';
import { communityIdIn, postIdIn } from './ids';
import { communityOf, type Options } from './options';
import { processed, upload, type Uploaded } from './upload';

/** A prepared post: the request's body, and the media that X is still processing. */
interface Draft extends IDataObject {
	body: IDataObject;
	waiting: Uploaded[];
}

/** https://docs.x.com/x-api/posts/create-post */
export async function publish(api: Api, post: Post): Promise<Published> {
	const media: Uploaded[] = [];
	for (const medium of post.media) {
		media.push(await upload(api, medium, (post.options as Options).videoCategory));
	}
	const body = bodyOf(
		post,
		media.map(({ id }) => id),
	);
	const waiting = media.filter(({ processing }) => processing !== undefined);
	return await finish(api, { body, waiting });
}

/** Waits for the media, then publishes. X keeps uploads for a day. */
export async function finish(api: Api, state: IDataObject): Promise<Published> {
	const { body, waiting } = state as Draft;
	for (const { id, processing } of waiting) {
		if (await processed(api, id, processing)) continue;
		return {
			id,
			status: 'processing',
			resume: { body, waiting: waiting.map((one) => ({ id: one.id })) },
		};
	}
	const { media_ids = [] } = (body.media ?? {}) as { media_ids?: string[] };
	const { data } = await api.publish<{ data?: { id?: string } }>(
		{ method: 'POST', path: '/2/tweets', body },
		{ media: media_ids },
	);
	if (!data?.id) return refuseUnclear();
	return await publishedOf(api, data.id);
}

export async function publishedOf(api: Api, id: string): Promise<Published> {
	const { name } = await api.account();
	return { id, url: `${webOf(api)}/${name}/status/${id}` };
}

function bodyOf(post: Post, media_ids: string[]): IDataObject {
	const { madeWithAi, paidPartnership } = post.options as Options;
	return {
		text: linked(post),
		...(media_ids.length > 0 && { media: { media_ids } }),
		...(post.parent ? replyTo(post.parent.id) : firstOnly(post)),
		...(madeWithAi && { made_with_ai: true }),
		...(paidPartnership && { paid_partnership: true }),
	};
}

/** Fields of a single post, or of the first one of a thread. */
function firstOnly({ poll, ...post }: Post): IDataObject {
	const options = post.options as Options;
	const community_id = communityIdIn(communityOf(options));
	const quote_tweet_id = postIdIn(options.quote);
	const target = postIdIn(options.replyTo);
	const { replySettings = 'everyone', shareWithFollowers } = options;
	return {
		...(poll && { poll: { options: poll.answers, duration_minutes: poll.minutes } }),
		...(quote_tweet_id && { quote_tweet_id }),
		...(target && replyTo(target)),
		...(replySettings !== 'everyone' && { reply_settings: replySettings }),
		...(community_id && { community_id }),
		...(community_id && shareWithFollowers && { share_with_followers: true }),
	};
}

function replyTo(id: unknown): IDataObject {
	return { reply: { in_reply_to_tweet_id: id } };
}

function refuseUnclear(): never {
	return refuse({
		code: 'outcome_unknown',
		platform: 'x',
		docUrl: 'https://docs.x.com/x-api/posts/create-post',
		message: 'X answered the publishing request without the ID of a post.',
	});
}
