/** A range of text that must not be cut. */
export interface Entity {
	start: number;
	end: number;
}

// A link or hashtag extends to the next white space, as on Bluesky; no vendor goes further. In
// scripts without spaces that could be a whole paragraph, so it ends where such a script begins.
const WIDE =
	'\\p{sc=Han}\\p{sc=Hira}\\p{sc=Kana}\\p{sc=Hang}\\p{sc=Thai}\\u3000-\\u303f\\uff01-\\uff65';
const URL_REST = `(?:\\S{1,300}(?!\\S)|[^\\s${WIDE}]+)`;
const NAME = 'a-z0-9\\u00c0-\\u024f\\-';

const ENTITIES = new RegExp(
	[
		'@?\\[[^\\[\\]\\n]{0,200}\\]\\((?:[^()\\s]|\\([^()\\s]*\\))*\\)', // [label](link), @[name](urn)
		'<(?:https?:|mailto:|[@#!:]|a:|t:)[^<>\\n]{0,300}>', // <link|label>, <@user>, <t:1:R>
		'\\{hashtag\\|[^{}\\n]{0,200}\\}',
		`https?:\\/\\/${URL_REST}`,
		// E-mail addresses and links without a scheme. The look-behind keeps the time linear.
		`(?<![${NAME}._+@])(?:[${NAME}._+]+@)?(?:[${NAME}]+\\.)+(?:[a-z]{2,}|\\p{L}{2,10})(?:[:\\/?#]${URL_REST})?`,
		'[@＠][a-z0-9_][a-z0-9_.-]*(?:@[\\p{L}\\p{N}_.-]+|\\/[a-z][a-z0-9_-]*)?',
		'[#＃](?:\\S{1,64}(?!\\S)|[\\p{L}\\p{M}\\p{N}_]+)',
		'\\$[a-z]{1,6}(?:[._][a-z]{1,2})?(?![a-z])',
	].join('|'),
	'giu',
);

/**
 * Ranges of links, mentions, hashtags and the like, in order, without overlap. They are rather too
 * wide, because vendors differ in where they end.
 */
export function entities(text: string): Entity[] {
	return Array.from(text.matchAll(ENTITIES), ({ 0: { length }, index }) => ({
		start: index,
		end: index + length,
	}));
}

// Follows Mastodon's server (its Extractor and StatusLengthValidator).
const HTTP_URL = new RegExp(
	'(?<![a-z0-9@＠$#＃])https?:\\/\\/(?:[\\p{L}\\p{N}_-]+\\.)+(?:xn--[a-z0-9-]+|\\p{L}{2,})' +
		'(?![\\p{L}\\p{N}@])(?::\\d+)?' +
		'(?:\\/(?:[^\\s<>()?]|\\((?:[^\\s<>()?]|\\([^\\s<>()?]*\\))*\\))*)?(?:\\?[^\\s<>"{}`\\\\]*)?',
	'giu',
);
const REMOTE_MENTION = new RegExp(
	'(?<![=\\/\\p{L}\\p{N}_])(@[a-z0-9_](?:[a-z0-9_.-]*[a-z0-9_])?)' +
		'@[\\p{L}\\p{N}_]+(?:[.-]+[\\p{L}\\p{N}_]+)*(?![@＠]|:\\/\\/)',
	'giu',
);
const NOT_LAST_IN_PATH = /[!*"'「」<>;:=,.$%[\]~&|@]/;
const NOT_LAST_IN_QUERY = /[!?*'();:+$%[\].,~|@^]/;

/** The text as Mastodon counts it: each URL has `length` letters, and @user@host becomes @user. */
export function shortened(text: string, length?: number, withoutHost = false): string {
	const urls =
		length === undefined || !text.includes('://')
			? text
			: text.replace(HTTP_URL, (url) => 'a'.repeat(length) + url.slice(urlEnd(url)));
	return withoutHost && text.includes('@') ? urls.replace(REMOTE_MENTION, '$1') : urls;
}

function urlEnd(url: string): number {
	const query = url.indexOf('?');
	if (query < 0) return lastOf(url, 0, url.length, NOT_LAST_IN_PATH);
	const end = lastOf(url, query, url.length, NOT_LAST_IN_QUERY);
	return end > query ? end : lastOf(url, 0, query, NOT_LAST_IN_PATH);
}

function lastOf(text: string, start: number, end: number, refused: RegExp): number {
	while (end > start && refused.test(text.charAt(end - 1))) end--;
	return end;
}

const LINK = /https?:\/\/\S+/giu;
const MENTION = /(?<![\p{L}\p{N}_@/.])@[a-z0-9_][a-z0-9_.]*/giu;
const HASHTAG = /(?<![&/])[#＃](?!\p{N}+(?![\p{L}\p{M}\p{N}_]))[\p{L}\p{M}\p{N}_]+/giu;

/** Number of hashtags, mentions and distinct links. */
export function tally(text: string): { hashtags: number; mentions: number; links: number } {
	const rest = text.replace(LINK, ' ');
	return {
		hashtags: rest.match(HASHTAG)?.length ?? 0,
		mentions: rest.match(MENTION)?.length ?? 0,
		links: new Set(text.match(LINK)).size,
	};
}
