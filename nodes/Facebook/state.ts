import type { IDataObject } from 'n8n-workflow';

import type { Kind } from './options';

/**
 * What is to be published, and how it is known again: stands in the mark of a publishing request
 * and, while Facebook processes a video, in an item.
 */
export interface State extends IDataObject {
	page: string;
	kind: Kind;
	/** Photos that the post shows. */
	photos?: string[];
	video?: string;
	/** ID of the post, where the answer told it. */
	post?: string;
	comment?: string;
	/** Unix seconds. */
	scheduled?: number;
}
