import { checkAgainstSpec, report, type SpecRequest } from '../specs';

/**
 * Checks requests against the vendor's API description; prints what was checked and what was not.
 */
export function expectDescribed(platform: string, requests: readonly object[]): void {
	const result = checkAgainstSpec(platform, requests as SpecRequest[]);
	process.stdout.write(`${report(result)}\n`);
	expect(result.failures).toEqual([]);
	expect(Object.keys(result.checked).length > 0).toBe(result.available);
}
