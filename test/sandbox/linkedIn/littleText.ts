/** https://learn.microsoft.com/en-us/linkedin/marketing/community-management/shares/little-text-format */
export interface Mention {
	name: string;
	urn: string;
}

export interface Understood {
	/** The text as people see it. */
	text: string;
	/** The lost end: it begins at the first reserved character without a meaning. */
	cut: string;
	mentions: Mention[];
	hashtags: string[];
	/** The text with every hashtag as a template, as LinkedIn returns posts. */
	canonical: string;
}

const RESERVED = '|{}@[]()<>#*_~\\';
const ESCAPED = /^\\([|{}@[\]()<>#*_~\\])/;
const MENTION = /^@\[((?:[^\\\]]|\\.)*)\]\((urn:li:(?:person|organization):[\w-]+)\)/;
const TEMPLATE = /^\{hashtag\|(?:\\#|＃)\|((?:[^\\|{}]|\\.)+)\}/;
const HASHTAG = /^#([\p{L}\p{N}\p{M}]*\p{L}[\p{L}\p{N}\p{M}]*)/u;

/** `a \(b\) #c @[D](urn:li:person:e) (f` is shown as `a (b) #c D `; the end is cut off silently. */
export function understood(source: string): Understood {
	const found: Understood = { text: '', cut: '', mentions: [], hashtags: [], canonical: '' };
	let rest = source;
	while (rest) {
		const taken = next(rest, found);
		if (taken === 0) break;
		rest = rest.slice(taken);
	}
	return { ...found, cut: rest };
}

/** Takes one element or character; returns 0 at a reserved character without a meaning. */
function next(rest: string, found: Understood): number {
	const escape = ESCAPED.exec(rest);
	if (escape) return shown(found, escape[1]!, escape[0]);
	const mention = MENTION.exec(rest);
	if (mention) {
		const name = mention[1]!.replace(/\\(.)/g, '$1');
		found.mentions.push({ name, urn: mention[2]! });
		return shown(found, name, mention[0]);
	}
	const tag = TEMPLATE.exec(rest) ?? HASHTAG.exec(rest);
	if (tag) {
		const word = tag[1]!.replace(/\\(.)/g, '$1');
		found.hashtags.push(word);
		return shown(found, `#${word}`, `{hashtag|\\#|${tag[1]}}`, tag[0].length);
	}
	const character = String.fromCodePoint(rest.codePointAt(0)!);
	return RESERVED.includes(character) ? 0 : shown(found, character, character);
}

function shown(found: Understood, text: string, source: string, taken = source.length): number {
	found.text += text;
	found.canonical += source;
	return taken;
}
