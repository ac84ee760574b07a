import { existsSync } from 'node:fs';
import { answerCheck } from '../specs/answers';
import { specsFolder } from '../specs/model';
import type { Sandbox } from '.';
import { ask, type Answer, type Ask } from './plainHttp';

/** Compares the imitations' answers with the vendors' own descriptions of them. */
export const there = existsSync(specsFolder());

type Talk = (path: string, asked?: Ask) => Promise<Answer>;

/** Sends requests, and adds to `wrong` what the description does not allow in an answer. */
export function talking(
	sandbox: Sandbox<unknown>,
	platform: Parameters<typeof answerCheck>[0],
	token: string,
	wrong: string[],
): Talk {
	const check = answerCheck(platform, specsFolder());
	return async (path, asked = {}) => {
		const answer = await ask(sandbox.url + path, { token, ...asked });
		const { operation, method } = sandbox.requests.at(-1)!;
		const { pathname } = new URL(path, sandbox.url);
		const problems = check({ method, path: pathname, status: answer.status, body: answer.body });
		wrong.push(...problems.map((problem) => `${operation} ${answer.status}: ${problem}`));
		return answer;
	};
}

export function nothingToCheckBy(platform: string): void {
	process.stdout.write(`${platform}: no vendors' files here, answers not checked\n`);
}

export const id = ({ body }: Answer) => {
	const { data, id: own } = body as { data?: { id: string }; id: string };
	return data?.id ?? own;
};
