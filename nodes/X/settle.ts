import type { IDataObject } from 'n8n-workflow';

import type { Api } from '../shared/api';
import { linked } from '../shared/check';
import type { Post, Settled } from '../shared/platform';
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
/**
 * X promises no time after which a post is to be seen, and some took seconds:
 * https://github.com/PLhery/node-twitter-api-v2/issues/366. Missing earlier proves nothing.
 */
const SHOWN_AFTER = 60_000;

const ENTITIES: ReadonlyArray<readonly [string, string]> = [
	['&lt;', '<'],
	['&gt;', '>'],
	['&amp;', '&'],
];

/**
 * X has no key for repeated requests, so the last own posts are looked at. A post may take a moment
 * to stand there, hence more than one look.
 */
export async function settle(api: Api, post: Post, mark: IDataObject): Promise<Settled> {
	const { id } = await api.account();
	const media = (mark.media ?? []) as string[];
	let complete = false;
	const found = await api.until(
		async () => {
			const posts = await lastPosts(api, id);
			complete = isComplete(posts, api.slot.at);
			return posts.find(
				(one) => isSince(one, api.slot.at) && hasMedia(one, media) && hasText(one, post),
			);
		},
		{ every: 1000, atMost: 3000 },
	);
	if (found) return await publishedOf(api, found.id);
	const late = Date.now() - Number(mark.sent) >= SHOWN_AFTER;
	return complete && late && isOnProfile(post) ? 'absent' : undefined;
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

async function lastPosts(api: Api, user: string): Promise<OwnPost[]> {
	const path = `/2/users/${user}/tweets`;
	const fields = ['created_at', 'attachments', 'entities', 'note_post'];
	const asked = { max_results: PAGE };
	const { data = [] } = await readPosts<{ data?: OwnPost[] }>(api, path, fields, asked);
	return data;
}

/** Whether all posts since then are among these; a retry may come long after the first attempt. */
function isComplete(posts: OwnPost[], since: number): boolean {
	const dated = posts.every(({ created_at }) => created_at !== undefined);
	return dated && (posts.length < PAGE || posts.some((one) => !isSince(one, since)));
}

function isSince({ created_at = '' }: OwnPost, since: number): boolean {
	// X gives times in whole seconds.
	return Date.parse(created_at) >= Math.floor(since / 1000) * 1000;
}

/** The key of a medium ends with its id: 3_1146654567674912769. */
function hasMedia({ attachments }: OwnPost, media: string[]): boolean {
	const keys = attachments?.media_keys;
	return keys === undefined || media.every((id) => keys.some((key) => key.endsWith(`_${id}`)));
}

function hasText(found: OwnPost, { text, link, parent, options }: Post): boolean {
	const answers = Boolean(parent ?? options.replyTo);
	const wanted = bare(linked({ text, link }), answers);
	const shown = shownText(found);
	// A link to the media or to the quoted post stands at the end of what X shows.
	return [shown, shown.replace(/\s*\S+\s*$/, '')].some((one) => bare(one, answers) === wanted);
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

/** What stays of a text whatever X does to white space, schemes of links and mentions of a reply. */
function bare(text: string, answers: boolean): string {
	const even = text
		.normalize('NFC')
		.replace(/https?:\/\//gi, '')
		.replace(/\/(?=\s|$)/g, '')
		.replace(/\s+/g, ' ')
		.trim()
		.toLowerCase();
	return answers ? even.replace(/^(@\w+ )+/, '') : even;
}
