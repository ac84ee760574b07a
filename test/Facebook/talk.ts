import type { Said } from '@/test/support/conversation';
import { mp4, png } from '@/test/support/mediaFixtures';
import { PAGE } from './setup';

const file = (data: Buffer, fileName: string, mimeType: string) => ({ data, fileName, mimeType });
export const A = file(png(100, 80), 'a.png', 'image/png');
export const B = file(png(90, 80), 'b.png', 'image/png');
export const FILM = file(
	mp4({ width: 1280, height: 720, seconds: 10, bytes: 3000 }),
	'f.mp4',
	'video/mp4',
);
export const UPRIGHT = file(
	mp4({ width: 720, height: 1280, seconds: 9, bytes: 3000 }),
	'u.mp4',
	'video/mp4',
);
export const media = (binaryProperty: string, altText = '') => ({
	medium: [{ source: 'binary', binaryProperty, altText }],
});

export const POST = `${PAGE}_77`;
export const shown = {
	permalink_url: 'https://www.facebook.com/77',
	from: { id: PAGE, name: 'My Page' },
};
export const FIELDS = 'permalink_url,from{id,name}';

/** Returns the fields of a form, form data or JSON; files are replaced by their length. */
function fieldsOf(body: unknown): unknown {
	if (typeof body !== 'string' || body === '') return body || undefined;
	// nock gives bodies that are not text in hex.
	const text = /^[\da-f]+$/.test(body) ? Buffer.from(body, 'hex').toString('latin1') : body;
	const boundary = /^--(form-\w+)\r\n/.exec(text)?.[1];
	if (!boundary) return Object.fromEntries(new URLSearchParams(text));
	const parts = text.split(`--${boundary}`).slice(1, -1);
	return Object.fromEntries(
		parts.map((part) => {
			const [head, ...rest] = part.split('\r\n\r\n');
			const value = rest.join('\r\n\r\n').slice(0, -2);
			const name = /name="(\w+)"/.exec(head)?.[1] ?? '';
			return [name, head.includes('filename=') ? `${value.length} bytes` : value];
		}),
	);
}

export const said = (requests: Said[]) =>
	requests.map(({ method, path, query, body, headers }) => ({
		method,
		path,
		as: headers.authorization,
		...(Object.keys(query).length > 0 && { query }),
		...(fieldsOf(body) !== undefined && { body: fieldsOf(body) }),
	}));
const as = 'Bearer page-token-1';
export const asking = (path: string, fields: string) => ({
	method: 'GET',
	path,
	as,
	query: { fields },
});
export const posting = (path: string, body: object) => ({ method: 'POST', path, as, body });
export const at = (edge: string) => `/v26.0/${PAGE}/${edge}`;
export const status = (id: string, known: object) =>
	['GET', `/v26.0/${id}`, 200, { id, status: known }] as const;
