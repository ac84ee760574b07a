/**
 * What counts as one unit:
 * - `graphemes`: a character as readers see it
 * - `codePoints`: a Unicode code point
 * - `utf16`: JavaScript's `length`
 * - `bytes`: a byte of UTF-8
 * - `weighted`: X's own package: 1 or 2 per character, 2 per emoji, 23 per link, after NFC
 * - `emojiBytes`: Threads: an emoji counts its UTF-8 bytes, all else counts code points
 */
export type TextUnit = 'graphemes' | 'codePoints' | 'utf16' | 'bytes' | 'weighted' | 'emojiBytes';

/** How a vendor counts text. */
export interface TextRule {
	max: number;
	unit: TextUnit;
	maxBytes?: number; // a second limit, in bytes of UTF-8 (Bluesky: 3,000)
	urlLength?: number; // counts per http(s) URL (Mastodon: 23); X's package has its own
	mentionWithoutHost?: boolean; // @user@host counts as @user (Mastodon)
	maxHashtags?: number; // Instagram: 30
	maxMentions?: number; // Instagram: 20
	maxLinks?: number; // different links (Threads: 5)
}

/**
 * A broken limit of a text. `unit` is a TextUnit, 'hashtags', 'mentions' or 'links'; or
 * 'invalidCharacters' with limit 0, if the vendor refuses some characters (X).
 */
export interface Excess {
	limit: number;
	actual: number;
	unit: string;
}
