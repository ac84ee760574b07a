import type { IDataObject } from 'n8n-workflow';

import type { Api } from '../shared/contract/api';
import type { Post } from '../shared/contract/post';
import type { Listed, Newest, ReadBack, Sought } from '../shared/contract/readBack';
import { even } from '../shared/publish/reconcile';
import { linked } from '../shared/text/link';
import { MINUTE, SECOND } from '../shared/units';
import { communityOf, type Options } from './options';
import { publishedOf } from './publish';
import { readPosts } from './words';

interface Link {
	url: string;
	expanded_url?: string;
}

export interface OwnPost extends IDataObject {
	id: string;
	text: string;
	created_at?: string;
	attachments?: { media_keys?: string[] };
	entities?: { urls?: Link[] };
	/** The full text of a long post; `note_tweet` is the older name. */
	note_post?: { text: string; entities?: { urls?: Link[] } };
	note_tweet?: { text: string; entities?: { urls?: Link[] } };
}

/** The smallest page size, because X bills every post. */
const PAGE = 5;

const ENTITIES: ReadonlyArray<readonly [string, string]> = [
	['&lt;', '<'],
	['&gt;', '>'],
	['&amp;', '&'],
];

/**
 * X has no idempotency key, so the account's newest posts are compared. Looks several times,
 * because a post may be listed late. X promises no time; some posts took seconds:
 * https://github.com/PLhery/node-twitter-api-v2/issues/366.
 */
export const readBack: ReadBack = {
	commitsWithin: MINUTE,
	looks: { every: SECOND, atMost: 3 * SECOND },
	sought,
	newest,
};

function sought(_api: Api, post: Post, mark: IDataObject): Sought {
	const media = mark.media as string[] | undefined;
	return {
		text: bare(linked(post), answers(post)),
		media: media ?? [],
		// After Resume X has the files and the post contains none; after a crash their number is
		// unknown.
		files: media?.length ?? (post.media.length || undefined),
		partial: !isOnProfile(post),
		more: { answers: answers(post) },
	};
}

/**
 * Whether X lists the post among those of the account, which may never happen to a post for a
 * community only: https://docs.x.com/x-api/posts/create-post#body-share-with-followers
 */
function isOnProfile({ options, parent }: Post): boolean {
	const { shareWithFollowers } = options as Options;
	// Only the first part of a thread is shared with followers; the other parts are replies inside
	// the community.
	return !communityOf(options) || (Boolean(shareWithFollowers) && !parent);
}

function answers({ parent, options }: Post): boolean {
	return Boolean(parent ?? options.replyTo);
}

async function newest(api: Api, { more }: Sought, cursor?: string): Promise<Newest> {
	const { id } = await api.account();
	const fields = ['created_at', 'attachments', 'entities', 'note_post'];
	const { data, meta } = await readPosts<{
		data?: OwnPost[];
		meta?: { next_token?: string; result_count?: number };
	}>(api, `/2/users/${id}/tweets`, fields, { max_results: PAGE, pagination_token: cursor });
	// An answer without posts has no `data`.
	const posts = api.listIn<OwnPost>(data ?? (meta?.result_count === 0 ? [] : undefined));
	return {
		posts: posts.map((one) => listed(api, one, more?.answers === true)),
		cursor: meta?.next_token,
	};
}

function listed(api: Api, one: OwnPost, isAnswer: boolean): Listed {
	const at = Date.parse(one.created_at ?? '');
	const shown = shownText(one);
	const keys = one.attachments?.media_keys;
	return {
		id: one.id,
		...(Number.isFinite(at) && { at }),
		// X may append a link to the media or to the quoted post, so both readings are compared.
		text: [shown, shown.replace(/\s*\S+\s*$/, '')].map((text) => bare(text, isAnswer)),
		// A media key ends with the media ID: 3_1146654567674912769.
		...(keys && { media: keys.map((key) => key.replace(/^.*_/, '')) }),
		published: async () => await publishedOf(api, one.id),
	};
}

/**
 * Restores the sent text: replaces t.co links by their targets, and HTML escapes by their
 * characters.
 */
export function shownText(found: OwnPost): string {
	const { text, entities } = found.note_post ?? found.note_tweet ?? found;
	const plain = ENTITIES.reduce(
		(all, [escape, character]) => all.split(escape).join(character),
		text,
	);
	return (entities?.urls ?? []).reduce(
		(all, { url, expanded_url }) => all.split(url).join(expanded_url ?? url),
		plain,
	);
}

/**
 * Normalizes a text for comparison: X may change the schemes of links, letters, and the mentions at
 * the start of a reply.
 */
function bare(text: string, isAnswer: boolean): string {
	const plain = even(text.replace(/https?:\/\//gi, '').replace(/\/(?=\s|$)/g, '')).toLowerCase();
	return isAnswer ? plain.replace(/^(@\w+ )+/, '') : plain;
}
