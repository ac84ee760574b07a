import type { Reply, SandboxPost } from './types';

const STYLE = `body{font:16px/1.5 system-ui,sans-serif;max-width:34rem;margin:3rem auto;padding:0 1rem}
button{font:inherit;padding:.5rem 1.5rem;margin-right:.5rem}pre{white-space:pre-wrap;font:inherit}
dt{color:#666}footer{color:#666;margin-top:2rem;font-size:.9rem}`;

export function escaped(text: string): string {
	const names: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
	return text.replace(/[&<>"]/g, (character) => names[character]!);
}

export function page(title: string, body: string, status = 200): Reply {
	const head = `<meta charset="utf-8"><title>${escaped(title)}</title><style>${STYLE}</style>`;
	return {
		status,
		html: `<!doctype html><html lang="en"><head>${head}</head><body>${body}</body></html>`,
	};
}

/** A page that shows the post, with a note that this is not a real platform. */
export function postPage(platform: string, post: SandboxPost | undefined): Reply {
	if (!post) return page(`${platform} (sandbox)`, '<h1>This post does not exist</h1>', 404);
	const media = post.media.map(
		({ type, length, alt }) =>
			`<li>${escaped(type)}, ${length} bytes${alt ? `: ${escaped(alt)}` : ''}</li>`,
	);
	const options = Object.entries(post.options).map(
		([name, value]) => `<dt>${escaped(name)}</dt><dd>${escaped(JSON.stringify(value))}</dd>`,
	);
	const parts = [
		`<h1>${escaped(post.account)}</h1><pre>${escaped(post.text)}</pre>`,
		media.length ? `<ul>${media.join('')}</ul>` : '',
		post.replyTo ? `<p>In reply to ${escaped(post.replyTo)}</p>` : '',
		post.quoteOf ? `<p>Quotes ${escaped(post.quoteOf)}</p>` : '',
		options.length ? `<dl>${options.join('')}</dl>` : '',
		`<footer>${escaped(post.createdAt)}, local imitation of ${escaped(platform)}</footer>`,
	];
	return page(`${post.account} on ${platform} (sandbox)`, parts.join(''));
}
