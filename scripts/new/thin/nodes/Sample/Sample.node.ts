import type { IExecuteFunctions, INodeType, INodeTypeDescription } from 'n8n-workflow';

import { describe } from '../shared/editor/describe';
import { run } from '../shared/run';
import { sample } from './sample';

export class Sample implements INodeType {
	description: INodeTypeDescription = {
		...describe(sample),
		icon: { light: 'file:sample.svg', dark: 'file:sample.dark.svg' },
		subtitle: '={{$parameter["operation"] + ": " + $parameter["resource"]}}',
		credentials: [{ name: 'crosspostSampleApi', required: true }],
		usableAsTool: true,
	};

	async execute(this: IExecuteFunctions) {
		return await run(this, sample);
	}
}
