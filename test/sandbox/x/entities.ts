import { createHash } from 'node:crypto';
import twitter from 'twitter-text';
import type { Server, XPost } from './model';
import { userId } from './model';

/** Only the note field has the whole text of longer posts. */
const LONG = 280;

interface Link {
	start: number;
	end: number;
	url: string;
	expanded_url: string;
	display_url: string;
	media_key?: string;
}

/**
 * The text as X returns it: links through t.co, media and quotes as links at its end, HTML escapes.
 */
export function shownText(server: Server, post: XPost): string {
	return shown(server, post).text;
}

function shown(server: Server, post: XPost): { text: string; links: Link[] } {
	const links: Link[] = [];
	let text = '';
	let at = 0;
	const add = (expanded: string, media_key?: string) => {
		const url = short(expanded);
		links.push({
			start: [...text].length,
			end: [...text].length + [...url].length,
			url,
			expanded_url: expanded,
			display_url: expanded.replace(/^https?:\/\//, '').slice(0, 30),
			...(media_key && { media_key }),
		});
		text += url;
	};
	const escape = (part: string) =>
		part.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
	for (const { url, indices } of twitter.extractUrlsWithIndices(post.text)) {
		text += escape(post.text.slice(at, indices[0]));
		add(/^https?:\/\//i.test(url) ? url : `http://${url}`);
		at = indices[1];
	}
	text += escape(post.text.slice(at));
	const attach = (url: string, key?: string) => {
		if (text) text += ' ';
		add(url, key);
	};
	const [first] = post.media;
	const kind = first?.category.endsWith('image') ? 'photo' : 'video';
	const home = `https://x.com/${post.account}/status/${post.id}`;
	if (first) attach(`${home}/${kind}/1`, first.key);
	const quoted = server.state.posts.find(({ id }) => id === post.quoteOf);
	if (quoted) attach(`https://x.com/${quoted.account}/status/${quoted.id}`);
	return { text, links };
}

function short(url: string): string {
	return `https://t.co/${createHash('sha256').update(url).digest('base64url').slice(0, 10).replace(/[-_]/g, 'x')}`;
}

/** The requested fields, and the name of the parameter, which X has two of. */
export interface PostFields {
	words: 'post.fields' | 'tweet.fields';
	asked: string[];
}

/** `id`, `text` and the history are always included, other fields on request. */
export function postEntity(
	server: Server,
	post: XPost,
	{ words, asked }: PostFields,
): Record<string, unknown> {
	const { text, links } = shown(server, post);
	const isNew = words === 'post.fields';
	const isLong = twitter.parseTweet(post.text).weightedLength > LONG;
	const { state } = server;
	const reposts = state.reposts.filter(({ of }) => of === post.id).length;
	const root = (one: XPost): string => {
		const parent = state.posts.find(({ id }) => id === one.replyTo);
		return parent ? root(parent) : one.id;
	};
	const parent = state.posts.find(({ id }) => id === post.replyTo);
	const all: Record<string, unknown> = {
		author_id: userId(post.account),
		created_at: post.createdAt,
		conversation_id: root(post),
		lang: 'en',
		possibly_sensitive: false,
		reply_settings: post.options.reply_settings ?? 'everyone',
		community_id: post.options.community_id,
		in_reply_to_user_id: parent && userId(parent.account),
		entities: links.length ? { urls: links } : undefined,
		attachments: post.media.length ? { media_keys: post.media.map(({ key }) => key) } : undefined,
		public_metrics: {
			[isNew ? 'repost_count' : 'retweet_count']: reposts,
			reply_count: state.posts.filter(({ replyTo }) => replyTo === post.id).length,
			like_count: 0,
			quote_count: state.posts.filter(({ quoteOf }) => quoteOf === post.id).length,
			bookmark_count: 0,
			impression_count: 0,
		},
		referenced_tweets: referenced(post),
		[isNew ? 'note_post' : 'note_tweet']: isLong ? { text, entities: { urls: links } } : undefined,
	};
	const given = Object.entries(all).filter(
		([name, value]) => asked.includes(name) && value !== undefined,
	);
	return {
		id: post.id,
		text: isLong ? `${[...text].slice(0, LONG - 5).join('')}… ${short(post.url)}` : text,
		[isNew ? 'edit_history_post_ids' : 'edit_history_tweet_ids']: post.history,
		...Object.fromEntries(given),
	};
}

function referenced({ replyTo, quoteOf }: XPost) {
	const all = [
		...(replyTo ? [{ type: 'replied_to', id: replyTo }] : []),
		...(quoteOf ? [{ type: 'quoted', id: quoteOf }] : []),
	];
	return all.length ? all : undefined;
}

export function userEntity({ settings, url }: Server, account: string, fields: string[]) {
	const isPremium = settings.premium.includes(account);
	const all: Record<string, unknown> = {
		verified: isPremium,
		verified_type: isPremium ? 'blue' : 'none',
		subscription_type: isPremium ? 'Premium' : 'None',
		profile_image_url: `${url}/profile_images/${account}_normal.png`,
		created_at: '2026-01-01T00:00:00.000Z',
		protected: false,
		description: '',
	};
	const asked = Object.entries(all).filter(([name]) => fields.includes(name));
	return { id: userId(account), name: account, username: account, ...Object.fromEntries(asked) };
}
