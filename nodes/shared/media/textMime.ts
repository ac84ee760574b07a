const HTML: ReadonlySet<string> = new Set(
	'html head body title meta style script div p h1 table a b br font center iframe form'.split(' '),
);

/** Type of subtitles and markup. A web page instead of a file is usually an error or login page. */
export function textMime(head: Buffer): string | undefined {
	const text = head.toString('utf8', 0, 4096).replace(/^\ufeff/, '');
	if (/^WEBVTT(\s|$)/.test(text)) return 'text/vtt';
	if (/^\s*\d+[ \t]*\r?\n\d{1,3}:\d\d:\d\d[,.]\d{1,3} *-->/.test(text))
		return 'application/x-subrip';
	return markupMime(text);
}

function markupMime(text: string) {
	const xml = /^\s*<\?xml/.test(text);
	for (let rest = text.trimStart(); ; ) {
		const doctype = /^<!doctype\s+([a-z]+)/i.exec(rest)?.[1]?.toLowerCase();
		if (doctype === 'html') return 'text/html';
		if (doctype === 'svg') return 'image/svg+xml';
		const end = rest.startsWith('<!--') ? '-->' : rest.startsWith('<?') ? '?>' : undefined;
		if (!end) return rootMime(rest) ?? (xml ? 'application/xml' : undefined);
		const at = rest.indexOf(end);
		if (at < 0) return xml ? 'application/xml' : undefined;
		rest = rest.slice(at + end.length).trimStart();
	}
}

function rootMime(text: string) {
	const root = /^<(?:svg:)?([a-z][a-z0-9]*)[\s>/]/i.exec(text)?.[1]?.toLowerCase() ?? '';
	if (root === 'svg') return 'image/svg+xml';
	return HTML.has(root) ? 'text/html' : undefined;
}
