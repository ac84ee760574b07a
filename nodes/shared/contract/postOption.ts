import type { IDataObject, INodeProperties } from 'n8n-workflow';

export interface PostOption extends INodeProperties {
	/**
	 * The option decides when, where or as what the post is published, who sees it or who may answer.
	 * An expression with an empty result is refused here, because the post would differ from what the
	 * user meant. n8n ignores this property.
	 */
	deciding?: true;
	/** Its text is the address of a page or a file on the web; n8n does not know this property either. */
	webAddress?: true;
}

/** Options that later node versions replaced. */
export interface FormerOptions {
	/** The first node version without them. */
	readonly until: number;
	readonly options: readonly PostOption[];
	/** Names of the options that replaced them; nodes before `until` do not show these. */
	readonly replacedBy: readonly string[];
	/**
	 * Translates the former options to today's. Empty values are missing from the input, so this also
	 * supplies defaults that have changed.
	 */
	read(options: IDataObject): IDataObject;
}
