import type { IExecuteFunctions, INodeType, INodeTypeDescription } from 'n8n-workflow';

import { describe } from '../shared/editor/describe';
import { listSearchesOf } from '../shared/editor/lists';
import { run } from '../shared/run';
import { x } from './x';

export class X implements INodeType {
	description: INodeTypeDescription = {
		...describe(x),
		icon: { light: 'file:x.svg', dark: 'file:x.dark.svg' },
		subtitle: '={{$parameter["operation"] + ": " + $parameter["resource"]}}',
		credentials: [{ name: 'crosspostXOAuth2Api', required: true }],
		usableAsTool: true,
	};

	methods = { listSearch: listSearchesOf(x) };

	async execute(this: IExecuteFunctions) {
		return await run(this, x);
	}
}
