import { existsSync } from 'node:fs';
import { specsFolder, type Judge, type SpecRequest, type SpecResult } from './model';

const ready = new Map<string, Judge>();

/** The one of the file that is called as the platform. */
function judgeFor(platform: string) {
	const file = `@/test/specs/${platform}`;
	return jest.requireActual<{ judge(folder: string): Judge }>(file).judge;
}

/** The files are large: each is read once. */
function judgeOf(platform: string, folder: string): Judge {
	const key = `${platform} ${folder}`;
	const judge = ready.get(key) ?? judgeFor(platform)(folder);
	ready.set(key, judge);
	return judge;
}

const OWN = /^\/(__sandbox\/|@|pin\/|i\/web\/status\/|[^/]+\/status\/)/;

/**
 * Holds recorded requests against the vendor's machine-readable description. What the file does not
 * know is a failure, unless it is known to be missing from it and why.
 */
export function checkAgainstSpec(
	platform: string,
	requests: readonly SpecRequest[],
	folder = specsFolder(),
): SpecResult {
	const result: SpecResult = {
		platform,
		available: existsSync(folder),
		checked: {},
		leftOut: {},
		failures: [],
	};
	if (!result.available) return result;
	const judge = judgeOf(platform, folder);
	for (const request of requests) {
		// Pages for people are no API.
		if (request.method === 'GET' && OWN.test(request.path)) continue;
		const verdict = judge(request);
		if ('unknown' in verdict)
			result.failures.push({ operation: verdict.unknown, problem: 'is not in the vendor’s file' });
		else if ('leftOut' in verdict) result.leftOut[verdict.operation] = verdict.leftOut;
		else {
			result.checked[verdict.operation] = (result.checked[verdict.operation] ?? 0) + 1;
			const { operation, problems } = verdict;
			result.failures.push(...problems.map((problem) => ({ operation, problem })));
		}
	}
	return result;
}

/** For the test's output: operations checked and left out, or that there was nothing to check by. */
export function report({ platform, available, checked, leftOut, failures }: SpecResult): string {
	if (!available) return `${platform}: no vendors' files here, nothing checked`;
	return [
		`${platform}: ${Object.keys(checked).length} operations checked, ${failures.length} problems`,
		...Object.entries(checked).map(([operation, times]) => `  ${operation} (${times} requests)`),
		...Object.entries(leftOut).map(([operation, why]) => `  left out: ${operation} (${why})`),
		...failures.map(({ operation, problem }) => `  WRONG: ${operation}: ${problem}`),
	].join('\n');
}

export type { SpecRequest, SpecResult } from './model';
