import { checkAgainstSpec, report, type SpecRequest } from '../specs';

/** Holds requests against the vendor's own description; prints what was checked and left out. */
export function expectDescribed(platform: string, requests: readonly object[]): void {
	const result = checkAgainstSpec(platform, requests as SpecRequest[]);
	process.stdout.write(`${report(result)}\n`);
	expect(result.failures).toEqual([]);
	expect(Object.keys(result.checked).length > 0).toBe(result.available);
}
