import nock from 'nock';

export interface Said {
	method: string;
	path: string;
	query: Record<string, unknown>;
	headers: Record<string, string>;
	/** Parsed JSON, otherwise the text (binary data as hex, as nock provides it). */
	body: unknown;
}

export type Line = readonly [
	method: string,
	path: string,
	status: number,
	body?: unknown,
	headers?: Record<string, string>,
];

/** Answers requests to a host in exactly this order and records them. */
export function conversation(host: string, lines: readonly Line[]) {
	const requests: Said[] = [];
	for (const [index, [method, path, status, body = {}, headers = {}]] of lines.entries()) {
		nock(host)
			.intercept((uri) => uri.split('?')[0] === path && requests.length === index, method)
			.reply(function (uri, sent) {
				const query = Object.fromEntries(new URL(uri, host).searchParams);
				const said = this.req.headers as unknown as Record<string, string>;
				requests.push({ method, path, query, headers: said, body: sent });
				return [status, body as nock.Body, headers];
			});
	}
	return {
		requests,
		/** Fails unless every line was used. */
		done: () => expect(nock.pendingMocks()).toEqual([]),
	};
}

beforeAll(() => nock.disableNetConnect());
afterEach(() => nock.cleanAll());
afterAll(() => nock.enableNetConnect());
