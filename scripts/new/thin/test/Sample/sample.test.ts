import type { IDataObject } from 'n8n-workflow';

import { conversation, type Line } from '../support/conversation';
import { outcome, publishingNode } from '../support/node';
import { credentialType, nodeType } from '../support/pack';

const HOST = 'https://api.sample.example';

/** TODO: every request of a post in order, each with the vendor's answer; then further posts */
const RECORDED: Line[] = [];

/** TODO: each error that the vendor documents, and the code of its failure */
const REFUSALS: Array<[status: number, body: object, code: string]> = [];

/** Runs a node with these parameters; the vendor gets these requests and gives these answers. */
async function talked(parameters: IDataObject, lines: Line[]) {
	const talk = conversation(HOST, lines);
	const node = publishingNode(parameters, {
		type: nodeType('sample'),
		credential: credentialType('crosspostSampleApi'),
		data: { apiBaseUrl: HOST, accessToken: 'token-1' },
	});
	const [json] = await outcome(node);
	talk.done();
	return { json, requests: talk.requests };
}

it('is published by the requests that the vendor documents', async () => {
	const { json, requests } = await talked({ text: 'Hello' }, RECORDED);
	expect(json).toMatchObject({ status: 'published' });
	expect(requests.at(-1)?.body).toEqual({ text: 'Hello' });
});

it('is refused in the vendor’s words', async () => {
	expect(REFUSALS).not.toEqual([]);
	for (const [status, body, code] of REFUSALS) {
		const [method, path] = RECORDED.at(-1)!;
		const refused: Line = [method, path, status, body];
		const parameters = { text: 'Hello', options: { rateLimitWait: 0 } };
		const { json } = await talked(parameters, [...RECORDED.slice(0, -1), refused]);
		expect(json).toMatchObject({ error: { code } });
	}
});
