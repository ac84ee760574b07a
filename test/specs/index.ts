import { existsSync } from 'node:fs';
import { specsFolder, type Judge, type SpecRequest, type SpecResult } from './model';

const ready = new Map<string, Judge>();

/** Returns the judge from the file with the platform's name. */
function judgeFor(platform: string) {
	const file = `@/test/specs/${platform}`;
	return jest.requireActual<{ judge(folder: string): Judge }>(file).judge;
}

/** Each file is read only once, because the files are large. */
function judgeOf(platform: string, folder: string): Judge {
	const key = `${platform} ${folder}`;
	const judge = ready.get(key) ?? judgeFor(platform)(folder);
	ready.set(key, judge);
	return judge;
}

const OWN = /^\/(__sandbox\/|@|pin\/|i\/web\/status\/|[^/]+\/status\/)/;

/**
 * Checks recorded requests against the vendor's machine-readable description. A request that the
 * file lacks is a failure, unless a reason for the gap is known.
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
		// Pages for people are not part of the API.
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

/**
 * Lists for the test's output the checked and the omitted operations, or says that the vendor's
 * files are missing.
 */
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
