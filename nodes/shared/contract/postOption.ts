import type { IDataObject, INodeProperties } from 'n8n-workflow';

/** An option of a post. */
export interface PostOption extends INodeProperties {
	/**
	 * It says when, where or as what the post goes out, who sees it and who may answer. An expression
	 * that comes to nothing there is refused: the post would go out otherwise than was meant. n8n does
	 * not know this property.
	 */
	deciding?: true;
}

/** Options that others have taken the place of, in nodes from some version on. */
export interface FormerOptions {
	/** The first node version without them. */
	readonly until: number;
	readonly options: readonly PostOption[];
	/** Names of today's options in their place: nodes before that version do not show these. */
	readonly replacedBy: readonly string[];
	/**
	 * What they say in the words of today's options. Given are the options as read, without what was
	 * left empty: a default that has changed is therefore put in here.
	 */
	read(options: IDataObject): IDataObject;
}
