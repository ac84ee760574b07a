import type { IExecuteFunctions, INodeType, INodeTypeDescription } from 'n8n-workflow';

import { describe } from '../shared/editor/describe';
import { listSearchesOf } from '../shared/editor/lists';
import { run } from '../shared/run';
import { pinterest } from './pinterest';

export class Pinterest implements INodeType {
	description: INodeTypeDescription = {
		...describe(pinterest),
		icon: { light: 'file:pinterest.svg', dark: 'file:pinterest.dark.svg' },
		subtitle: '={{$parameter["operation"] + ": " + $parameter["resource"]}}',
		credentials: [{ name: 'crosspostPinterestOAuth2Api', required: true }],
		usableAsTool: true,
	};

	methods = { listSearch: listSearchesOf(pinterest) };

	async execute(this: IExecuteFunctions) {
		return await run(this, pinterest);
	}
}
