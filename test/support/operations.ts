import type { IDataObject, INodeProperties, INodeType } from 'n8n-workflow';

import type { Call } from '@/nodes/shared/contract/http';
import type { Operation } from '@/nodes/shared/contract/operation';
import type { Platform } from '@/nodes/shared/contract/platform';
import { fieldsOf, isList } from '@/nodes/shared/editor/describe';
import { records } from '../platforms/asked';
import { apiWith, recorded } from './api';
import { testNode } from './n8n';
import { nodeOf, sampleCredential, samplePlatform } from './platform';

/** Values for fields that cannot be empty. */
const usual: IDataObject = {
	...{ target: '17841400000000099', commentId: '1_2', comment: '1', scheduledId: '1' },
	...{ handle: 'alice.example.com', publishId: 'v_pub~1', name: 'Name', post: '123' },
	...{ text: 'Text', message: 'Text', changes: { title: 'Title', language: 'en' } },
};
/** An answer with all fields that operations read, for every vendor. */
const body = {
	...{ id: '1', did: '1', data: [], items: [], elements: [], records: [], feed: [] },
	...{ uri: 'at://x/y/z', cid: 'c', value: {}, posts: [{ uri: 'u', cid: 'c', record: {} }] },
};

const factsOf = ({ id }: Platform) => records[id].contract;

interface Offline {
	type: INodeType;
	calls: Call[];
}

const made = new Map<Operation, Offline>();

/** Runs an operation with these parameters; returns its result and requests. */
export async function operated(
	platform: Platform,
	operation: Operation,
	parameters: IDataObject = {},
	json: IDataObject = {},
) {
	const { type, calls } = offline(platform, operation);
	calls.length = 0;
	const node = testNode({
		type,
		parameters: {
			...{ resource: operation.resource, operation: operation.operation },
			...usualOf(platform, operation),
			...parameters,
		},
		credentials: [{ type: sampleCredential, data: { oauthTokenData: { access_token: 'a' } } }],
		continueOnFail: true,
	});
	const [output] = await node.run([{ json }]);
	const [failed] = output.flatMap(({ json: { error } }) => (error ? [error as IDataObject] : []));
	return { calls: [...calls], failed };
}

/** The value of a field; a resource locator gets it as ID. */
export function filled({ type }: INodeProperties, value: unknown) {
	return type === 'resourceLocator' ? { __rl: true, mode: 'id', value } : value;
}

function usualOf(platform: Platform, operation: Operation): IDataObject {
	const values: IDataObject = { ...usual, post: factsOf(platform).post ?? usual.post };
	const known = fieldsOf(platform, operation).filter(({ name }) => name in values);
	return Object.fromEntries(
		known.map((one) => [one.name, filled(one, values[one.name])]),
	) as IDataObject;
}

/** A node with this one operation, and a server that accepts everything; cached. */
function offline(platform: Platform, operation: Operation): Offline {
	const known = made.get(operation) ?? makeOffline(platform, operation);
	made.set(operation, known);
	return known;
}

function makeOffline(platform: Platform, operation: Operation): Offline {
	const { calls, http } = recorded((call) => ({
		body: factsOf(platform).operationAnswer?.(call) ?? body,
	}));
	const server = 'https://api.example';
	const hosts = { instanceUrl: server, appViewBaseUrl: server };
	const credential = { ...hosts, ...factsOf(platform).credential };
	const api = apiWith(platform, { credential }, http);
	const asked: Operation = isList(operation)
		? {
				...{ ...operation, simplify: operation.simplify && raw },
				page: async (_api, ...rest) => await operation.page(api, ...rest),
			}
		: {
				...{ ...operation, simplify: operation.simplify && raw },
				run: async (_api, input) => await operation.run(api, input),
			};
	const { credentials } = samplePlatform();
	const type = nodeOf({ ...platform, credentials, options: [], operations: [asked] });
	return { type, calls };
}

function raw(item: IDataObject): IDataObject {
	return item;
}
