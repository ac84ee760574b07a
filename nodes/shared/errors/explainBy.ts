import type { IDataObject } from 'n8n-workflow';

import type { Reply } from '../contract/http';
import type { Meaning } from '../contract/meaning';
import { lookUp } from './lookUp';
import { objectIn } from './objectIn';

/** The facts that an envelope gives: parts of the meaning, and the keys for the tables. */
export interface Said extends Meaning {
	/** The vendor's codes, the most specific first. */
	codes?: readonly unknown[];
	/** The vendor's message, if codes alone are too general. */
	text?: string;
}

/** A meaning, or a function that computes it from the whole answer. */
export type Entry = Meaning | ((said: Said, reply: Reply) => Meaning);

/** A vendor's error format. */
export interface Dialect {
	/**
	 * Reads an answer in the vendor's form; undefined for any other, such as a proxy's page. `body`
	 * is empty if the answer is not an object.
	 */
	envelope(body: IDataObject, reply: Reply): Said | undefined;
	/** The first pattern found in `text` applies. */
	byText?: ReadonlyArray<readonly [words: RegExp, entry: Entry]>;
	byCode?: Readonly<Record<string, Entry>>;
	byStatus?: Readonly<Record<number, Entry>>;
}

/**
 * Makes an `explain` function from tables. Text beats code, code beats status; a table's entry
 * overrides the envelope.
 */
export function explainBy({ envelope, byText = [], byCode = {}, byStatus = {} }: Dialect) {
	return (reply: Reply): Meaning | undefined => {
		const said = envelope(objectIn(reply.body), reply);
		if (!said) return undefined;
		const { codes = [], text = '', ...meaning } = said;
		const entry =
			byText.find(([words]) => words.test(text))?.[1] ??
			codes.map((code) => lookUp(byCode, code)).find(Boolean) ??
			lookUp(byStatus, reply.status);
		return { ...meaning, ...(typeof entry === 'function' ? entry(said, reply) : entry) };
	};
}
