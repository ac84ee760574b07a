import type { IExecuteFunctions } from 'n8n-workflow';

import { testNode } from './n8n';
import { nodeOf, sampleCredential, samplePlatform } from './platform';

/** Runs a step with a node's helpers in a real execution context. */
export async function inNode<T>(step: (fn: IExecuteFunctions) => Promise<T>): Promise<T> {
	let result: T | undefined;
	const platform = samplePlatform({ publish: async () => ({ id: '1' }) });
	const type = nodeOf(platform);
	const node = testNode({
		type: {
			...type,
			async execute() {
				result = await step(this);
				return [[]];
			},
		},
		parameters: {},
		credentials: [{ type: sampleCredential, data: {} }],
	});
	await node.run();
	return result as T;
}
