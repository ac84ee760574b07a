import { join } from 'node:path';

/** A request as the sandboxes record it; other recorders need only these parts. */
export interface SpecRequest {
	method: string;
	path: string;
	query: Record<string, string | string[]>;
	contentType: string;
	body?: unknown;
	files?: unknown[];
	binary?: unknown;
}

export interface SpecFailure {
	operation: string;
	problem: string;
}

export interface SpecResult {
	platform: string;
	/** False if the vendors' files are missing: then nothing was checked. */
	available: boolean;
	/** How often each operation was checked. */
	checked: Record<string, number>;
	/** Operations that the vendor's file lacks, with the reason. */
	leftOut: Record<string, string>;
	failures: SpecFailure[];
}

/** The judgement of one request. */
export type Verdict =
	| { operation: string; problems: string[] }
	| { operation: string; leftOut: string }
	| { unknown: string };

export type Judge = (request: SpecRequest) => Verdict;

/** The folder beside the checkout, or the one that CROSSPOST_SPECS names. */
export function specsFolder(): string {
	return process.env.CROSSPOST_SPECS ?? join(__dirname, '../../../shared/specs');
}

/** `{ 'a[]': … }` -> 'a': names as forms write them, without Rails' brackets */
export function plainName(name: string): string {
	return name.replace(/\[.*$/, '');
}
