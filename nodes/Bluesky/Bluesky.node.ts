import type { IExecuteFunctions, INodeType, INodeTypeDescription } from 'n8n-workflow';

import { describe } from '../shared/editor/describe';
import { listSearchesOf } from '../shared/editor/lists';
import { run } from '../shared/run';
import { bluesky } from './bluesky';

export class Bluesky implements INodeType {
	description: INodeTypeDescription = {
		...describe(bluesky),
		icon: { light: 'file:bluesky.svg', dark: 'file:bluesky.dark.svg' },
		subtitle: '={{$parameter["operation"] + ": " + $parameter["resource"]}}',
		credentials: [{ name: 'crosspostBlueskyApi', required: true }],
		usableAsTool: true,
	};

	methods = { listSearch: listSearchesOf(bluesky) };

	async execute(this: IExecuteFunctions) {
		return await run(this, bluesky);
	}
}
