/**
 * What a vendor counts as one:
 * - `graphemes`: what a reader sees as one character
 * - `codePoints`: Unicode characters
 * - `utf16`: JavaScript's own `length`
 * - `bytes`: bytes of UTF-8
 * - `weighted`: X, by its own package: 1 or 2 per character, 2 per emoji, 23 per link, after NFC
 * - `emojiBytes`: Threads, an emoji as its bytes of UTF-8, everything else by code points
 */
export type TextUnit = 'graphemes' | 'codePoints' | 'utf16' | 'bytes' | 'weighted' | 'emojiBytes';

/** How a vendor counts. Data, so that a definition can state it. */
export interface TextRule {
	max: number;
	unit: TextUnit;
	maxBytes?: number; // a second limit, in bytes of UTF-8 (Bluesky: 3,000)
	urlLength?: number; // every http(s) URL counts as this many (Mastodon: 23); X's package has its own
	mentionWithoutHost?: boolean; // @user@host counts as @user (Mastodon)
	maxHashtags?: number; // Instagram: 30
	maxMentions?: number; // Instagram: 20
	maxLinks?: number; // different ones (Threads: 5)
}

/** A limit that a text breaks. `unit` is a TextUnit, 'hashtags', 'mentions', 'links' or, where
 * the vendor refuses some characters (X), 'invalidCharacters' with the limit 0. */
export interface Excess {
	limit: number;
	actual: number;
	unit: string;
}
