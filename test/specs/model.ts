import { join } from 'node:path';

/** A request as the sandboxes record it; other recorders only need these parts. */
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
	/** False where the folder with the vendors' files is not there: then nothing was checked. */
	available: boolean;
	/** How often each operation was held against the spec. */
	checked: Record<string, number>;
	/** Operations the vendor's file does not have, with the reason. */
	leftOut: Record<string, string>;
	failures: SpecFailure[];
}

/** What a platform's file makes of one request. */
export type Verdict =
	| { operation: string; problems: string[] }
	| { operation: string; leftOut: string }
	| { unknown: string };

export type Judge = (request: SpecRequest) => Verdict;

/** Beside the checkout, or wherever CROSSPOST_SPECS says. */
export function specsFolder(): string {
	return process.env.CROSSPOST_SPECS ?? join(__dirname, '../../../shared/specs');
}

/** `{ 'a[]': … }` -> 'a': names as forms write them, without Rails' brackets */
export function plainName(name: string): string {
	return name.replace(/\[.*$/, '');
}
