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
	/** The whole of a long text; `note_tweet` is its older name. */
	note_post?: { text: string; entities?: { urls?: Link[] } };
	note_tweet?: { text: string; entities?: { urls?: Link[] } };
}

/** The least that may be asked for: X bills every post. */
const PAGE = 5;

const ENTITIES: ReadonlyArray<readonly [string, string]> = [
	['&lt;', '<'],
	['&gt;', '>'],
	['&amp;', '&'],
];

/**
 * X has no key for repeated requests, so the account's newest posts are looked at. A post may take a
 * moment to stand there, hence more than one look; X promises no time after which it does, and some
 * took seconds: https://github.com/PLhery/node-twitter-api-v2/issues/366.
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
		// With Resume X has the files, and the post none: after a crash nobody knows how many.
		files: media?.length ?? (post.media.length || undefined),
		partial: !isOnProfile(post),
		more: { answers: answers(post) },
	};
}

/**
 * Whether X is to show the post among those of the account. What is for a community alone may never
 * stand there: https://docs.x.com/x-api/posts/create-post#body-share-with-followers
 */
function isOnProfile({ options, parent }: Post): boolean {
	const { shareWithFollowers } = options as Options;
	// Only the first part of a thread is shared; the others answer it inside of the community.
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
	// Without any posts there is no `data`.
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
		// A link to the media or to the quoted post stands at the end of what X shows.
		text: [shown, shown.replace(/\s*\S+\s*$/, '')].map((text) => bare(text, isAnswer)),
		// The key of a medium ends with its id: 3_1146654567674912769.
		...(keys && { media: keys.map((key) => key.replace(/^.*_/, '')) }),
		published: async () => await publishedOf(api, one.id),
	};
}

/** The text as it was sent: links behind t.co and HTML escapes undone. */
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

/** What stays of a text whatever X does to schemes of links, letters and mentions of a reply. */
function bare(text: string, isAnswer: boolean): string {
	const plain = even(text.replace(/https?:\/\//gi, '').replace(/\/(?=\s|$)/g, '')).toLowerCase();
	return isAnswer ? plain.replace(/^(@\w+ )+/, '') : plain;
}
