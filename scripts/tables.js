/** The README's tables, written from the definitions of the platforms. */

const BEGIN = '<!-- platforms: begin -->';
const END = '<!-- platforms: end -->';

/** The text with what stands between the markers made anew. */
function withTables(text, platforms) {
	const [before, rest] = halves(text, BEGIN);
	const [, after] = halves(rest, END);
	return [before, BEGIN, '\n\n', platformTable(platforms), '\n\n', END, after].join('');
}

function platformTable(platforms) {
	const rows = platforms.map(({ name, docs }) => [`[${name}](${docs})`]);
	return table(['Platform'], rows);
}

function table(head, rows) {
	const line = (cells) => `| ${cells.join(' | ')} |`;
	return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

function halves(text, marker) {
	const at = text.indexOf(marker);
	if (at < 0) throw new Error(`README.md has no line ${marker}`);
	return [text.slice(0, at), text.slice(at + marker.length)];
}

module.exports = { withTables };
