/**
 * Posts use the format "little text", in which these characters are markup. If one of them is
 * neither markup nor escaped with a backslash, LinkedIn silently drops the rest of the text.
 * https://learn.microsoft.com/en-us/linkedin/marketing/community-management/shares/little-text-format
 */
const RESERVED = /[\\|{}@[\]()<>#*_~]/g;
const ESCAPED = /\\([\\|{}@[\]()<>#*_~])/g;

const MENTION = String.raw`@\[((?:[^\]\\\n]|\\.){1,200})\]\((urn:li:(?:person|organization):[\w-]+)\)`;
const LINK = String.raw`https?:\/\/(?:(?!@\[)\S)+`;
/** A hashtag is not part of a word or URL, and has at least one letter. */
const HASHTAG = String.raw`(?<![\p{L}\p{N}_/=&?#@])#[\p{L}\p{N}\p{M}]*\p{L}[\p{L}\p{N}\p{M}]*`;
const ELEMENTS = new RegExp(`${MENTION}|${LINK}|${HASHTAG}`, 'gu');

const TEMPLATE = String.raw`\{hashtag\|(?:\\#|＃)\|((?:[^\\|{}]|\\.)+)\}`;
const FROM = new RegExp(`${TEMPLATE}|${MENTION}|${ESCAPED.source}`, 'gu');

/**
 * Converts the user's text to little text. Escapes everything except hashtags and mentions.
 * `Fish (& chips) by @[A_B](urn:li:organization:1) #food` ->
 * `Fish \(& chips\) by @[A\_B](urn:li:organization:1) #food`
 */
export function toLittleText(text: string): string {
	let at = 0;
	let little = '';
	for (const match of text.matchAll(ELEMENTS)) {
		const [element, name = '', urn] = match;
		little += escaped(text.slice(at, match.index));
		at = match.index + element.length;
		if (urn) little += `@[${escaped(unescaped(name))}](${urn})`;
		else little += element.startsWith('#') ? element : escaped(element);
	}
	return little + escaped(text.slice(at));
}

/** The text as readers see it; a mention shows only its name. */
export function shownText(text: string): string {
	return text.replace(new RegExp(MENTION, 'g'), (_all, name: string) => unescaped(name));
}

/** Converts little text from LinkedIn to the text that readers see. */
export function fromLittleText(little: string): string {
	return little.replace(FROM, (_all, tag?: string, name?: string, _urn?: string, one?: string) =>
		tag !== undefined ? `#${unescaped(tag)}` : (one ?? unescaped(name ?? '')),
	);
}

function escaped(text: string): string {
	return text.replace(RESERVED, '\\$&');
}

function unescaped(text: string): string {
	return text.replace(ESCAPED, '$1');
}
