import type { IDataObject } from 'n8n-workflow';

import type { Api } from './api';
import type { PostOption } from './postOption';

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
	/** Asks for a post of the account: `input.post` is its id or URL as the user gave it. */
	readonly onPost?: true;
	/** Asks for one of the platform's targets: `input.target`. */
	readonly onTarget?: true;
	/** Scope beyond the write set that it needs. */
	readonly scope?: string;
	/** The short form of an item; adds the Simplify field. For posts with `id`, `text` and `url`. */
	simplify?(item: IDataObject, api: Api): IDataObject;
}

export interface SingleOperation extends OperationBase {
	run(api: Api, input: IDataObject): Promise<IDataObject>;
}

export interface ListOperation extends OperationBase {
	/** Most items the platform gives in one answer. */
	readonly pageSize: number;
	page(api: Api, input: IDataObject, limit: number, cursor?: string): Promise<Page>;
}

export type Operation = SingleOperation | ListOperation;
