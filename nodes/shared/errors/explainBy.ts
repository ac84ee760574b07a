import type { IDataObject } from 'n8n-workflow';

import type { Reply } from '../contract/http';
import type { Meaning } from '../contract/meaning';
import { lookUp } from './lookUp';

/** What a vendor's answer says: what it means in any case, and what the tables are asked for. */
export interface Said extends Meaning {
	/** The vendor's codes, the most telling first. */
	codes?: readonly unknown[];
	/** The vendor's words, where they tell apart what codes do not. */
	text?: string;
}

/** What an answer means, or how to tell by the whole of it. */
export type Entry = Meaning | ((said: Said, reply: Reply) => Meaning);

/** How a vendor words its errors. */
export interface Dialect {
	/**
	 * Reads an answer in the vendor's own form; undefined for any other, such as a proxy's page.
	 * `body` is empty where the answer has no object.
	 */
	envelope(body: IDataObject, reply: Reply): Said | undefined;
	/** The first whose words are in the text. */
	byText?: ReadonlyArray<readonly [words: RegExp, entry: Entry]>;
	byCode?: Readonly<Record<string, Entry>>;
	byStatus?: Readonly<Record<number, Entry>>;
}

/** Reads errors by tables: text before code, code before status; what they say goes over the envelope. */
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

function objectIn(body: unknown): IDataObject {
	return typeof body === 'object' && body !== null ? (body as IDataObject) : {};
}
