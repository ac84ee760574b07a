import { ExpressionError, type NodeApiError } from 'n8n-workflow';
import nock from 'nock';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { inspect } from 'node:util';

import { toFailure } from '@/nodes/shared/errors/failure';
import { conversation } from '@/test/support/conversation';
import { testNode } from '@/test/support/n8n';
import { HOST, nodeOf, sampleCredential, samplePlatform } from '@/test/support/platform';

/** The error that a user reads when the node stops. */
const thrownBy = async (base = HOST) => {
	const node = testNode({
		type: nodeOf(samplePlatform()),
		parameters: { resource: 'post', operation: 'publish', text: 'hello' },
		credentials: [
			{
				type: sampleCredential,
				data: { base, password: 'pass-word', oauthTokenData: { access_token: 'the-token' } },
			},
		],
	});
	return await node.run([{ json: {} }]).then(
		() => fail('must not pass'),
		(error: NodeApiError) => error,
	);
};

const echo = {
	error: 'I see the-token of https://m.example.com/f?token=abc',
	next: '/n?access_token=xyz',
};

describe('an error that stops the node', () => {
	it.each([
		[400, 'platform_rejected'],
		[401, 'platform_auth_failed'],
		[402, 'quota_exceeded'],
		[403, 'permission_missing'],
		[404, 'not_found'],
		[422, 'platform_rejected'],
		[429, 'rate_limited'],
		[500, 'outcome_unknown'],
		[503, 'outcome_unknown'],
	])('speaks in our words for HTTP %i, without secrets', async (status, code) => {
		conversation(HOST, [['POST', '/posts', status, echo, { 'retry-after': '3600' }]]);
		const error = await thrownBy();
		expect(error.message).toContain(`HTTP ${status}`);
		expect(error.message).toMatch(/^Sample/);
		expect(error.description).toMatch(new RegExp(`\\(${code}\\)$`));
		expect(error).toMatchObject({
			httpCode: String(status),
			context: { itemIndex: 0, failure: { code, platform: 'sample', httpStatus: status } },
		});
		const all = JSON.stringify(error) + inspect(error, { depth: 20, showHidden: true });
		expect(all).toContain('[hidden]');
		for (const secret of ['the-token', 'pass-word', 'abc', 'xyz'])
			expect(all).not.toContain(secret);
	});

	it('does not advise to repeat a post whose outcome is open', async () => {
		const cutting = createServer(({ socket }) => socket.destroy());
		const { message, description } = await thrownBy(await listening(cutting));
		expect(message).toBe('Sample gave no clear answer to the publishing request (ECONNRESET).');
		expect(description).toContain('Look at the account before you run this again');
		cutting.close();
	});

	it('names the network’s error without n8n’s guess at it', async () => {
		const gone = createServer();
		const base = await listening(gone);
		gone.close();
		expect((await thrownBy(base)).message).toBe('Sample: no answer (ECONNREFUSED)');
	});
});

it('takes an expression that fails as the user’s to mend', () => {
	const error = new ExpressionError('No path back to node', { description: 'Connect it' });
	expect(toFailure(error, 'sample')).toMatchObject({
		code: 'validation_failed',
		message: 'No path back to node',
		remediation: 'Connect it',
	});
});

async function listening(server: Server) {
	nock.enableNetConnect('127.0.0.1');
	await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
	return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
