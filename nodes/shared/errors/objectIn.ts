import type { IDataObject } from 'n8n-workflow';

/** An object or a list. */
export function isObject(value: unknown): value is IDataObject {
	return typeof value === 'object' && value !== null;
}

/** The fields of an answer, or none: proxies and broken servers send texts and null. */
export function objectIn(value: unknown): IDataObject {
	return isObject(value) ? value : {};
}
