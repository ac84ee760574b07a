import type { IExecuteFunctions, INodeType, INodeTypeDescription } from 'n8n-workflow';

import { describe } from '../shared/editor/describe';
import { listSearchesOf } from '../shared/editor/lists';
import { run } from '../shared/run';
import { linkedIn } from './linkedIn';

export class LinkedIn implements INodeType {
	description: INodeTypeDescription = {
		...describe(linkedIn),
		icon: { light: 'file:linkedIn.svg', dark: 'file:linkedIn.dark.svg' },
		subtitle: '={{$parameter["operation"] + ": " + $parameter["resource"]}}',
		credentials: [{ name: 'crosspostLinkedInOAuth2Api', required: true }],
		usableAsTool: true,
	};

	methods = { listSearch: listSearchesOf(linkedIn) };

	async execute(this: IExecuteFunctions) {
		return await run(this, linkedIn);
	}
}
