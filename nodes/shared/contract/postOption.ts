import type { INodeProperties } from 'n8n-workflow';

/** An option of a post. */
export interface PostOption extends INodeProperties {
	/**
	 * It says when, where or as what the post goes out, who sees it and who may answer. An expression
	 * that comes to nothing there is refused: the post would go out otherwise than was meant. n8n does
	 * not know this property.
	 */
	deciding?: true;
}
