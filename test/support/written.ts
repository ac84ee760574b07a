/** Every encoding in which servers, gateways and libraries are known to repeat a text. */
export function writtenAs(secret: string): Record<string, string> {
	const inUrl = encodeURIComponent(secret);
	const inJson = JSON.stringify(secret).slice(1, -1);
	const all = Buffer.from(secret);
	const entity = (write: (code: number) => string) =>
		secret.replace(/[^\w ]/gu, (one) => write(one.codePointAt(0) as number));
	return {
		'as it is': secret,
		'percent-encoded': inUrl,
		'percent-encoded in small letters': inUrl.replace(/%../g, (one) => one.toLowerCase()),
		'percent-encoded throughout': [...all].map((one) => `%${hexOf(one)}`).join(''),
		'in a form': new URLSearchParams({ a: secret }).toString().slice(2),
		'percent-encoded twice': encodeURIComponent(inUrl),
		'Basic authentication': Buffer.from(`an-id:${secret}`).toString('base64'),
		'Basic authentication of encoded parts': Buffer.from(`an-id:${inUrl}`).toString('base64'),
		base64: all.toString('base64'),
		base64url: all.toString('base64url'),
		'base64, percent-encoded': encodeURIComponent(all.toString('base64')),
		'in JSON': inJson,
		'in JSON with \\/': inJson.replaceAll('/', '\\/'),
		'in JSON with \\u': secret.replace(/[^\w ]/g, (one) => `\\u${hexOf(one.charCodeAt(0), 4)}`),
		'in JSON in JSON': JSON.stringify(JSON.stringify({ said: secret })),
		'in HTML by names': named(secret),
		'in HTML by hex numbers': entity((code) => `&#x${hexOf(code)};`),
		'in HTML by numbers': entity((code) => `&#${code};`),
		'in HTML twice': named(named(secret)),
		'percent-encoded in HTML in JSON': JSON.stringify(`<a href="?a=${named(inUrl)}">`),
	};
}

function named(text: string) {
	return text
		.replaceAll('&', '&amp;')
		.replaceAll('<', '&lt;')
		.replaceAll('>', '&gt;')
		.replaceAll('"', '&quot;');
}

function hexOf(code: number, length = 2) {
	return code.toString(16).toUpperCase().padStart(length, '0');
}
