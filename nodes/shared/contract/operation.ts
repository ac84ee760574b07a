import type { IDataObject } from 'n8n-workflow';

import type { Api } from './api';
import type { PostOption } from './postOption';

/** One page of items, with the cursor of the next page. */
export interface Page {
	items: IDataObject[];
	cursor?: string;
}

interface OperationBase {
	/** Value of the Resource field: `post`, `account`, … */
	readonly resource: string;
	/** Value of the Operation field. */
	readonly operation: string;
	readonly name: string;
	readonly action: string;
	readonly description: string;
	readonly fields?: readonly PostOption[];
	/** Adds a field for a post of the account; `input.post` is the ID or URL from the user. */
	readonly onPost?: true;
	/** Adds a field for a target of the platform; `input.target` is its value. */
	readonly onTarget?: true;
	/** Scope that it needs besides those for publishing. */
	readonly scope?: string;
	/**
	 * Makes the short form of an item and adds the Simplify field. For posts it has `id`, `text` and
	 * `url`.
	 */
	simplify?(item: IDataObject, api: Api): IDataObject;
}

export interface SingleOperation extends OperationBase {
	run(api: Api, input: IDataObject): Promise<IDataObject>;
}

export interface ListOperation extends OperationBase {
	/** Most items that the platform returns at once. */
	readonly pageSize: number;
	page(api: Api, input: IDataObject, limit: number, cursor?: string): Promise<Page>;
}

export type Operation = SingleOperation | ListOperation;
