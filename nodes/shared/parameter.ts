import type { IDataObject } from 'n8n-workflow';

/** Of a resource locator: an empty one is none. */
export function targetOf(value: unknown): { target?: string } {
	const target = String(valueOf(value as IDataObject[string]) ?? '').trim();
	return target ? { target } : {};
}

/** What a parameter holds; of a resource locator its value. */
export function valueOf(parameter: IDataObject[string]): IDataObject[string] {
	if (typeof parameter !== 'object' || parameter === null || !('value' in parameter)) {
		return parameter;
	}
	// The mark of n8n's editor is missing where a workflow was written by hand.
	return '__rl' in parameter || 'mode' in parameter ? parameter.value : parameter;
}
