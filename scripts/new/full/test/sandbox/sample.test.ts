import { startSandbox, type Sandbox } from '.';
import type { DeclaredState } from './kit/declared';
import { ask } from './plainHttp';

let sandbox: Sandbox<DeclaredState>;
beforeEach(async () => void (sandbox = await startSandbox('sample')));
afterEach(async () => await sandbox.stop());

/** TODO: each request that the vendor refuses, with the vendor's wording */
const REFUSED: Array<[what: string, path: string, json: object, status: number]> = [];

it('refuses what the vendor refuses', async () => {
	const { accessToken: token } = sandbox.issueToken();
	expect(REFUSED).not.toEqual([]);
	for (const [, path, json, status] of REFUSED) {
		expect(await ask(`${sandbox.url}${path}`, { token, json })).toMatchObject({ status });
	}
});
