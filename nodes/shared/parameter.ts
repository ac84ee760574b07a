import type { IDataObject } from 'n8n-workflow';

/** The target in a resource locator; absent if it is empty. */
export function targetOf(value: unknown): { target?: string } {
	const target = locatedIn(value);
	return target ? { target } : {};
}

/** The trimmed text of a resource locator or of its bare value; empty if there is none. */
export function locatedIn(value: unknown): string {
	return String(valueOf(value as IDataObject[string]) ?? '').trim();
}

/** A parameter's value; for a resource locator the value inside. */
export function valueOf(parameter: IDataObject[string]): IDataObject[string] {
	if (typeof parameter !== 'object' || parameter === null || !('value' in parameter)) {
		return parameter;
	}
	// Handwritten workflows lack the editor's `__rl` mark.
	return '__rl' in parameter || 'mode' in parameter ? parameter.value : parameter;
}
