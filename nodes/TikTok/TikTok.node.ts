import type { IExecuteFunctions, INodeType, INodeTypeDescription } from 'n8n-workflow';

import { describe } from '../shared/editor/describe';
import { choicesOf, listSearchesOf } from '../shared/editor/lists';
import { run } from '../shared/run';
import { tikTok } from './tikTok';

export class TikTok implements INodeType {
	description: INodeTypeDescription = {
		...describe(tikTok),
		icon: { light: 'file:tikTok.svg', dark: 'file:tikTok.dark.svg' },
		subtitle: '={{$parameter["operation"] + ": " + $parameter["resource"]}}',
		credentials: [{ name: 'crosspostTikTokOAuth2Api', required: true }],
		usableAsTool: true,
	};

	methods = { listSearch: listSearchesOf(tikTok), loadOptions: choicesOf(tikTok) };

	async execute(this: IExecuteFunctions) {
		return await run(this, tikTok);
	}
}
