import nock from 'nock';

import { testNode } from '@/test/support/n8n';
import { HOST, nodeOf, sampleCredential, samplePlatform } from '@/test/support/platform';

const node = () =>
	testNode({
		type: nodeOf(samplePlatform()),
		parameters: { resource: 'post', operation: 'publish', text: 'hello' },
		credentials: [
			{ type: sampleCredential, data: { password: '', oauthTokenData: { access_token: 'token' } } },
		],
		continueOnFail: true,
	});

const broken = (code: string, more: object) => Object.assign(new Error(code), { code, ...more });

describe('a publishing request without an answer', () => {
	afterEach(() => nock.cleanAll());

	it.each([
		['ECONNREFUSED', { syscall: 'connect' }],
		['ETIMEDOUT', { syscall: 'connect' }],
		['ENOTFOUND', { syscall: 'getaddrinfo' }],
		// As Node tells of a host with several addresses, none of which can be reached.
		['ENETUNREACH', { errors: [broken('ENETUNREACH', { syscall: 'connect' })] }],
	])('is sent again if it cannot have left: %s %j', async (code, more) => {
		nock(HOST).post('/posts').replyWithError(broken(code, more));
		nock(HOST).post('/posts').reply(200, { id: '7' });
		expect((await node().run())[0][0].json).toMatchObject({ id: '7', status: 'published' });
	});

	it.each([
		['ECONNRESET', { syscall: 'read' }],
		['ETIMEDOUT', { syscall: 'read' }],
		['EHOSTUNREACH', { syscall: 'read' }],
		['ENETUNREACH', { syscall: 'write' }],
		['ECONNABORTED', {}],
	])('is not if it may have: %s %j', async (code, more) => {
		nock(HOST).post('/posts').replyWithError(broken(code, more));
		nock(HOST).post('/posts').reply(200, { id: '7' });
		const [[{ json }]] = await node().run();
		expect(json.error).toMatchObject({ code: 'outcome_unknown' });
		expect(nock.pendingMocks()).toHaveLength(1);
	});
});
