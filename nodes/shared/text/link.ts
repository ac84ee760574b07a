import type { Post } from '../contract/post';

/** The text, then the link unless the text already contains it. */
export function linked({ text, link }: Pick<Post, 'text' | 'link'>): string {
	return link && !hasLink(text, link) ? [text, link].filter(Boolean).join('\n\n') : text;
}

/** A character before a match that makes it part of a longer link. */
const WITHIN = /[\w=/%&?#@$+~-]/;

/** Text after a match that ends the link: punctuation and white space, the end, or a delimiter. */
const ENDS = /^(?:\p{P}{0,20}(?:\s|$)|[<>"\u3000-\u303f\uff01-\uff65])/u;

/** Whether the text contains this link as a separate link, not as a part of a longer one. */
export function hasLink(text: string, link: string): boolean {
	for (let at = text.indexOf(link); at >= 0; at = text.indexOf(link, at + 1)) {
		const whole = !WITHIN.test(text.charAt(at - 1)) && ENDS.test(text.slice(at + link.length));
		if (whole) return true;
	}
	return false;
}
