import { startSandbox, type Sandbox } from '.';
import type { PinterestState } from './pinterest/model';
import { ask } from './plainHttp';

describe('A sandbox', () => {
	let sandbox: Sandbox<PinterestState>;
	beforeEach(async () => void (sandbox = await startSandbox('pinterest')));
	afterEach(async () => await sandbox.stop());

	it('tells a fault of its own by a status no platform has, with or without a body', async () => {
		const { accessToken: token } = sandbox.issueToken();
		Object.assign(sandbox.state, { boards: undefined });
		const url = `${sandbox.url}/v5/boards`;
		const answers = [await ask(url, { token }), await ask(url, { token, json: { name: 'A' } })];
		expect(answers.map(({ status }) => status)).toEqual([599, 599]);
		expect(answers[0]!.body).toEqual({ sandbox: expect.stringContaining('TypeError') as string });
	});

	it('refuses faults it could not play out', () => {
		const { faults } = sandbox;
		expect(() => faults.next('publish', { kind: 'cut-befor' })).toThrow('no fault cut-befor');
		expect(() => faults.always('publsh', { kind: '429' })).toThrow('no operation publsh');
		expect(() => faults.latency(5, 'publsh')).toThrow('no operation publsh');
		expect(faults.pending()).toEqual([]);
	});
});
