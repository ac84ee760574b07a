import type { IDataObject } from 'n8n-workflow';

/** The nodes of one saved workflow: their parameters by name. */
export type Plan = Record<string, IDataObject>;

/** The host of the files on the web: see `../web.ts`. */
export const WEB = 'https://files.example.com';

/** An expression for a field of the incoming item, as an earlier step would give it. */
export const given = (name: string) => `={{ $json.${name} }}`;

/** Resource locators as the editor stores them. */
export const fromList = (value: string, cachedResultName = 'From the list') => ({
	...{ __rl: true, value, mode: 'list', cachedResultName },
	cachedResultUrl: 'https://example.com/',
});
export const byId = (value: string) => ({ __rl: true, value, mode: 'id' });
export const byUrl = (value: string) => ({ __rl: true, value, mode: 'url' });

export const binary = (binaryProperty: string, altText = '', focus = ''): IDataObject => ({
	medium: [{ source: 'binary', binaryProperty, altText, focus }],
});

export const fromWeb = (...paths: string[]): IDataObject => ({
	medium: paths.map((path) => ({
		...{ source: 'url', url: `${WEB}${path}` },
		...{ altText: `What ${path} shows`, focus: '0.0,0.5' },
	})),
});

/** The Media field with a file of the item, then one from the web. */
export const both = (binaryProperty: string, path: string): IDataObject => ({
	medium: [...rows(binary(binaryProperty, 'A picture', '-0.5,0.5')), ...rows(fromWeb(path))],
});

const rows = ({ medium }: IDataObject) => medium as IDataObject[];

/** A node for each way to name a post; `listed` is used if it is chosen from the list. */
export const eachPost = (name: string, parameters: IDataObject, listed = {}): Plan => ({
	[`${name} from the list`]: { ...parameters, ...listed, post: fromList(given('post')) },
	[`${name} by URL`]: { ...parameters, post: byUrl(given('url')) },
	[`${name} by ID`]: { ...parameters, post: byId(given('post')) },
});

/** A list with a limit and simplified, and a complete list in full. */
export const eachList = (name: string, parameters: IDataObject, simplify = true): Plan => ({
	[name]: { ...parameters, limit: 1 },
	[`${name} to the end`]: {
		...{ ...parameters, returnAll: true },
		...(simplify && { simplify: false }),
	},
});

/** The account's own operations. */
export const ofAccount: Plan = {
	'Get the account': { resource: 'account', operation: 'get' },
	'Disconnect the account': { resource: 'account', operation: 'disconnect' },
};

/** Runs after the node WAITING, with the output of that node as its item. */
export const RESUME = 'Resume';
export const WAITING = 'Publish without waiting';
export const resuming: Plan = {
	[RESUME]: { operation: 'resume', resume: given('resume') },
};

/** Options that every platform has. */
export const waits = { processingWait: 120, rateLimitWait: 30 };

export const inTwoDays = '={{ $now.plus({ days: 2 }).toISO() }}';
