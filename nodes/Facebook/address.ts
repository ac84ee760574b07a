import type { IDataObject } from 'n8n-workflow';

import { findNewest } from '../Meta/listing';
import { commentId } from '../Meta/posts';
import type { Api } from '../shared/contract/api';
import { refuse } from '../shared/errors/failure';
import { on, type Place } from './place';

/** How many posts of the Page are searched for the one with a given URL. */
const NEWEST = 500;

const ID = /^\d+(_\d+)*$/;
/** Matches only a whole path segment or query value: 123 is not the ID in /posts/123abc. */
const VIDEO = [
	/\/(?:reel|videos)\/(?:[^/?#]+\/)?(\d+)(?=[/?#]|$)/,
	/\/watch\/?\?(?:\S*&)?v=(\d+)(?=[&#]|$)/,
];
const STORY = /\/stories\/(\d+_\d+)(?=[/?#]|$)/;
const POST = [/\/posts\/(?:[^/?#]+\/)?(\d+)(?=[/?#]|$)/, /[?&](?:story_fbid|fbid)=(\d+)(?=[&#]|$)/];
/**
 * Query parameters that identify a post if all posts have the same path:
 * /permalink.php?story_fbid=pfbid0...&id=...
 */
const TELLING = ['story_fbid', 'fbid', 'v'];

/** Parses a comment's ID: `123`, or `123_456`, which starts with the post's ID. */
export function commentIdOf(given: unknown): string {
	return commentId('facebook', ID, given);
}

/** Parses a post's ID, or the URL of a post, Reel or video of the Page. */
export async function postIdOf(api: Api, place: Place, given: unknown): Promise<string> {
	const text = String(given ?? '').trim();
	if (ID.test(text)) return text;
	const whole = firstIn(text, VIDEO) ?? firstIn(text, [STORY]);
	if (whole) return whole;
	const own = firstIn(text, POST);
	if (own) return `${place.page}_${own}`;
	return /^https?:\/\//.test(text) ? await behind(api, place, text) : refuseAddress(text);
}

function firstIn(text: string, forms: RegExp[]): string | undefined {
	return forms.map((form) => form.exec(text)?.[1]).find(Boolean);
}

/**
 * Searches the Page's posts for the URL, because new URLs do not contain the ID:
 * https://www.facebook.com/name/posts/pfbid0...
 */
async function behind(api: Api, place: Place, url: string): Promise<string> {
	const wanted = bare(url);
	if (wanted === '') return refuseAddress(url);
	const request = {
		...on(api, place, `/${place.page}/published_posts`),
		query: { fields: 'id,permalink_url' },
	};
	const isIt = ({ permalink_url }: IDataObject) => bare(permalink_url) === wanted;
	const found = await findNewest(api, request, NEWEST, isIt);
	if (found) return String(found.id);
	return refuse({
		code: 'not_found',
		platform: 'facebook',
		rule: 'facebook.post.address',
		message: `"${url}" is not the URL of one of the newest ${NEWEST} posts of this Page`,
		remediation: 'Give the ID of the post: Facebook finds no post by its URL.',
	});
}

/**
 * Cuts the host, and the parameters that apps add to a shared link; empty if the URL names no post.
 */
function bare(url: unknown): string {
	const [path = '', query = ''] = String(url ?? '')
		.replace(/#.*$/, '')
		.replace(/^https?:\/\/[^/?]*/i, '')
		.split('?');
	const told = [...new URLSearchParams(query)].filter(([name]) => TELLING.includes(name));
	if (told.length === 0 && path.endsWith('.php')) return '';
	return path.replace(/\/$/, '') + told.map((one) => `?${one.join('=')}`).join('');
}

function refuseAddress(given: string): never {
	return refuse({
		code: 'validation_failed',
		platform: 'facebook',
		rule: 'facebook.post.address',
		message: `"${given}" is neither the ID of a post nor the URL of one of this Page`,
	});
}
