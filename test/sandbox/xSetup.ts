import { startSandbox, type Sandbox } from '.';
import { ask, type Answer } from './plainHttp';
import type { XState } from './x/model';

jest.setTimeout(60_000);

/** The X of one test, and a token of its account. */
export let sandbox: Sandbox<XState>;
export let token: string;

beforeEach(async () => {
	sandbox = await startSandbox('x');
	token = sandbox.issueToken().accessToken;
});

afterEach(async () => await sandbox.stop());

/** All further calls of the test use this token. */
export function actAs(other: string) {
	token = other;
}

export const call = async (path: string, asked: Parameters<typeof ask>[1] = {}) =>
	await ask(sandbox.url + path, { token, ...asked });
export const post = async (json: unknown) => await call('/2/tweets', { json });
export const data = <T = { id: string; text: string }>(answer: Answer) =>
	(answer.body as { data: T }).data;
