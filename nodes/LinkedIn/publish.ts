import type { IDataObject } from 'n8n-workflow';

import type { Api } from '../shared/contract/api';
import type { Account, Post, Published } from '../shared/contract/post';
import { rethrow } from '../shared/errors/failure';
import { linked } from '../shared/text/link';
import { contentOf, hasCard } from './content';
import { cameEarly } from './errors';
import { toLittleText } from './littleText';
import type { Options } from './options';
import { authorOf } from './organizations';
import { unfinished, type Uploaded } from './upload';
import { encoded, urlOf } from './urns';

/** A prepared post: the request's body, and the files that LinkedIn is still processing. */
interface Draft extends IDataObject {
	body: IDataObject & { author: string; commentary: string };
	waiting: Uploaded[];
	account?: IDataObject & Account;
	comment?: string;
}

/** The header with a created post's URN, as the answer has no body. */
const ID = 'x-restli-id';

/** https://learn.microsoft.com/en-us/linkedin/marketing/community-management/shares/posts-api */
export async function publish(api: Api, post: Post): Promise<Published> {
	const { urn, account } = await authorOf(api, post.target);
	const { shown, waiting } = await contentOf(api, post, urn);
	const { firstComment } = post;
	return await finish(api, {
		body: { ...bodyOf(post, urn), ...shown },
		waiting,
		...(account && { account }),
		...(firstComment && { comment: firstComment }),
	});
}

/** Waits for the files, then publishes. */
export async function finish(api: Api, state: IDataObject): Promise<Published> {
	const { body, waiting, account, comment } = state as Draft;
	const working = await unfinished(api, waiting);
	if (working.length > 0) return leftToResume(state as Draft, working);
	// If LinkedIn still needs time, leaves the post to Resume: uploading all files again would take
	// longer.
	const made = await create(api, state as Draft).catch((error: unknown) =>
		waiting.length > 0 && cameEarly(error) ? undefined : rethrow(error),
	);
	if (!made) return leftToResume(state as Draft, waiting);
	const id = decodeURIComponent(made[ID]);
	if (comment) {
		await api.tolerate(
			'Adding the first comment',
			async () => await addComment(api, { actor: body.author, urn: id, post: id, text: comment }),
		);
	}
	return { id, url: urlOf(api, id), ...(account && { account }) };
}

async function create(api: Api, { body, waiting }: Draft): Promise<Record<typeof ID, string>> {
	return await api.publish(
		{ method: 'POST', path: '/rest/posts', body, answerHeader: ID },
		{ media: waiting.map(({ urn }) => urn), commentary: body.commentary },
	);
}

function leftToResume(draft: Draft, waiting: Uploaded[]): Published {
	const { account } = draft;
	return {
		id: waiting[0]?.urn ?? '',
		status: 'processing',
		...(account && { account }),
		resume: { ...draft, waiting },
	};
}

/** The text as readers see it, except that mentions are still markup. */
export function textOf(post: Post): string {
	return hasCard(post) ? post.text : linked(post);
}

function bodyOf(post: Post, author: string) {
	const { disableReshares, visibility = 'PUBLIC' } = post.options as Options;
	return {
		author,
		commentary: toLittleText(textOf(post)),
		visibility,
		distribution: {
			feedDistribution: 'MAIN_FEED',
			targetEntities: [],
			thirdPartyDistributionChannels: [],
		},
		lifecycleState: 'PUBLISHED',
		isReshareDisabledByAuthor: disableReshares ?? false,
	};
}

interface Comment {
	actor: string;
	/** URN of the post or comment that gets the comment. */
	urn: string;
	post: string;
	/** Plain text: backslashes would be visible. */
	text: string;
}

/** https://learn.microsoft.com/en-us/linkedin/marketing/community-management/shares/comments-api */
export async function addComment(api: Api, { actor, urn, post, text }: Comment) {
	return await api.send<IDataObject>({
		method: 'POST',
		path: `/rest/socialActions/${encoded(urn)}/comments`,
		body: {
			actor,
			object: post,
			message: { text },
			...(urn !== post && { parentComment: urn }),
		},
	});
}
