import { bounds } from '../bounds';
import type { Parser } from '../vendor/htmlparser2';

/** Content of a page's head, with character references decoded. */
export interface PageHead {
	title?: string;
	/** `content` of the first meta element of each `property`, `name` or `itemprop`. */
	readonly metas: ReadonlyMap<string, string>;
	/** `href` of the first link element of each `rel`. */
	readonly links: ReadonlyMap<string, string>;
	/** `href` of the base element. */
	base?: string;
	/** Declared encoding. */
	charset?: string;
}

export interface HeadReader {
	readonly head: PageHead;
	/** Whether the end of the head was reached. */
	isOver(): boolean;
	write(html: string): void;
}

/**
 * Reads a head in pieces, in linear time. Stops at excessive nesting or attributes, which would
 * slow down the parser and do not occur in real heads.
 */
export function headReader(HtmlParser: typeof Parser): HeadReader {
	const metas = new Map<string, string>();
	const links = new Map<string, string>();
	const head: PageHead = { metas, links };
	let depth = 0;
	let attributesOfTag = 0;
	let isOver = false;
	let inTitle = false;
	let drawings = 0;
	const note = (all: Map<string, string>, name: string, value: string) => {
		if (value !== '' && !all.has(name) && all.size < bounds.pageNames.most)
			all.set(name, value.slice(0, bounds.pageText.most));
	};
	const opened: Record<string, (attributes: Record<string, string>) => void> = {
		title: () => {
			inTitle = drawings === 0 && head.title === undefined;
			if (inTitle) head.title = '';
		},
		meta: (attributes) => {
			const { property, name, itemprop, content = '' } = attributes;
			head.charset ??= charsetIn(attributes);
			for (const one of [property, name, itemprop]) {
				if (one) note(metas, one.trim().toLowerCase(), content);
			}
		},
		link: ({ rel = '', href = '' }) => note(links, rel.trim().toLowerCase(), href),
		base: ({ href }) => void (head.base ??= href),
		// SVG images have their own title elements.
		svg: () => void drawings++,
		body: () => end(),
	};
	const end = () => {
		isOver = true;
		parser.pause();
	};
	const parser = new HtmlParser({
		onopentagname: () => void (attributesOfTag = 0),
		onattribute: () => {
			if (++attributesOfTag > bounds.pageAttributes.most) end();
		},
		onopentag: (name, attributes) => {
			opened[name]?.(attributes);
			if (++depth > bounds.pageDepth.most) end();
		},
		ontext: (text) => {
			if (inTitle && (head.title ?? '').length < bounds.pageText.most) head.title += text;
		},
		onclosetag: (name) => {
			depth--;
			if (name === 'title') inTitle = false;
			if (name === 'svg') drawings--;
			if (name === 'head') end();
		},
	});
	return {
		head,
		isOver: () => isOver,
		write: (html) => {
			if (!isOver) parser.write(html);
		},
	};
}

/** `<meta charset="…">`, or `<meta http-equiv="content-type" content="text/html; charset=…">` */
function charsetIn({ charset, content, 'http-equiv': equivalent }: Record<string, string>) {
	if (charset) return charset;
	return equivalent?.toLowerCase() === 'content-type' ? charsetOf(content) : undefined;
}

/** `text/html; charset=Shift_JIS` -> `Shift_JIS` */
export function charsetOf(contentType = ''): string | undefined {
	return /charset\s*=\s*["']?([^\s"';]+)/i.exec(contentType)?.[1];
}
