/** Completes a provider's consent page over plain HTTP, as a user would with a browser. */

const MOST_STEPS = 10;

/**
 * Follows redirects and submits forms until the provider redirects to `until`.
 *
 * @param {string} authorizeUrl
 * @param {{ until: string, allow?: boolean }} options `until`: the start of the final URL
 * @returns {Promise<string>} that URL with its code and state
 */
export async function consent(authorizeUrl, { until, allow = true }) {
	const cookies = new Map();
	let request = { url: authorizeUrl };
	for (let step = 0; step < MOST_STEPS; step++) {
		if (request.url.startsWith(until)) return request.url;
		const response = await fetch(request.url, {
			...request.init,
			redirect: 'manual',
			headers: { cookie: [...cookies].map((pair) => pair.join('=')).join('; ') },
		});
		for (const one of response.headers.getSetCookie()) {
			const [name, ...value] = one.split(';')[0].split('=');
			cookies.set(name, value.join('='));
		}
		request = await next(response, request.url, allow);
	}
	throw new Error(`${authorizeUrl} did not lead back to ${until} in ${MOST_STEPS} steps`);
}

async function next(response, url, allow) {
	const location = response.headers.get('location');
	if (location) return { url: new URL(location, url).href };
	const page = await response.text();
	const forms = page.match(/<form[^]*?<\/form>/gi) ?? [];
	if (!response.ok || forms.length === 0) {
		throw new Error(`No consent form at ${url}: ${response.status} ${page.slice(0, 500)}`);
	}
	return submit(forms, url, allow);
}

/** Finds the button by its text; sends its form with all other fields. */
function submit(forms, url, allow) {
	const wanted = allow ? /allow|authori[sz]e|accept|continue/i : /deny|cancel|refuse/i;
	const form = forms.find((one) => buttons(one).some(({ label }) => wanted.test(label)));
	if (!form) throw new Error(`No ${allow ? 'Allow' : 'Deny'} button at ${url}`);
	const button = buttons(form).find(({ label }) => wanted.test(label));
	const { action = url, method = 'get' } = attributes(form.match(/<form[^>]*>/i)[0]);
	const fields = tags(form, 'input').filter(({ type = 'text' }) => type !== 'submit');
	const sent = [...fields, button].filter(({ name }) => name);
	const data = new URLSearchParams(sent.map(({ name, value = '' }) => [name, value]));
	const target = new URL(action, url);
	if (method.toLowerCase() === 'post')
		return { url: target.href, init: { method: 'POST', body: data } };
	target.search = data.toString();
	return { url: target.href };
}

function buttons(form) {
	const written = [...form.matchAll(/(<button[^>]*>)([^]*?)<\/button>/gi)];
	const inputs = tags(form, 'input').filter(({ type }) => type === 'submit');
	return [
		...written.map(([, tag, label]) => ({ ...attributes(tag), label })),
		...inputs.map((one) => ({ ...one, label: one.value ?? '' })),
	];
}

function tags(html, name) {
	return (html.match(new RegExp(`<${name}[^>]*>`, 'gi')) ?? []).map(attributes);
}

function attributes(tag) {
	const found = [...tag.matchAll(/([\w-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g)];
	return Object.fromEntries(found.map(([, name, a, b]) => [name.toLowerCase(), unescape(a ?? b)]));
}

function unescape(text) {
	const marks = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };
	return text.replace(/&(?:#x([\da-f]+)|#(\d+)|(\w+));/gi, (all, hex, decimal, name) => {
		if (name) return marks[name] ?? all;
		return String.fromCodePoint(hex ? parseInt(hex, 16) : Number(decimal));
	});
}
