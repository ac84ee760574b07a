import type { Post } from '../contract/post';

/** The text with the link after it, unless it is in it already. */
export function linked({ text, link }: Pick<Post, 'text' | 'link'>): string {
	return link && !hasLink(text, link) ? [text, link].filter(Boolean).join('\n\n') : text;
}

/** In front of a link: it is a part of another one. */
const WITHIN = /[\w=/%&?#@$+~-]/;

/** Behind a link: nothing more of it but what closes a sentence, a bracket or a path. */
const ENDS = /^(?:\p{P}{0,20}(?:\s|$)|[<>"\u3000-\u303f\uff01-\uff65])/u;

/** Whether the link stands in the text by itself, not as a part of a longer one. */
export function hasLink(text: string, link: string): boolean {
	for (let at = text.indexOf(link); at >= 0; at = text.indexOf(link, at + 1)) {
		const whole = !WITHIN.test(text.charAt(at - 1)) && ENDS.test(text.slice(at + link.length));
		if (whole) return true;
	}
	return false;
}
