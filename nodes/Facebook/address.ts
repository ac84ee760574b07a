import type { Api } from '../shared/api';
import { refuse } from '../shared/failure';
import { pageOf } from './graph/listing';
import { on, type Place } from './place';

/** Posts of the Page to look through for the one behind a URL, in pages of 100. */
const PAGES = 5;

/** A post's ID, or the URL of a post, Reel or video of the Page. */
export async function postIdOf(api: Api, place: Place, given: unknown): Promise<string> {
	const text = String(given ?? '').trim();
	if (/^\d+(_\d+)*$/.test(text)) return text;
	const video = /\/(?:reel|videos)\/(?:[^/]+\/)?(\d+)|\/watch\/?\?(?:\S*&)?v=(\d+)/.exec(text);
	if (video) return video[1] ?? video[2];
	const post = /\/posts\/(\d+)|\/stories\/(\d+_\d+)|[?&](?:story_fbid|fbid)=(\d+)/.exec(text);
	if (post) return post[2] ?? `${place.page}_${post[1] ?? post[3]}`;
	return /^https?:\/\//.test(text) ? await behind(api, place, text) : refuseAddress(text);
}

/** New addresses do not hold the ID: https://www.facebook.com/name/posts/pfbid0... */
async function behind(api: Api, place: Place, url: string): Promise<string> {
	const request = {
		...on(api, place, `/${place.page}/published_posts`),
		query: { fields: 'id,permalink_url' },
	};
	let after: string | undefined;
	for (let page = 0; page < PAGES; page++) {
		const { data, next } = await pageOf(api, request, 100, after);
		const found = data.find(({ permalink_url }) => bare(permalink_url) === bare(url));
		if (found) return String(found.id);
		if (!next) break;
		after = next;
	}
	return refuseAddress(url);
}

function bare(url: unknown): string {
	return String(url ?? '')
		.replace(/[?#].*$/, '')
		.replace(/^https?:\/\/[^/]*/i, '')
		.replace(/\/$/, '');
}

function refuseAddress(given: string): never {
	return refuse({
		code: 'validation_failed',
		platform: 'facebook',
		rule: 'facebook.post.address',
		message: `"${given}" is neither the ID of a post nor the URL of one of this Page`,
	});
}
