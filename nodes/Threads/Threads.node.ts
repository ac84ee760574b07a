import type { IExecuteFunctions, INodeType, INodeTypeDescription } from 'n8n-workflow';

import { describe } from '../shared/editor/describe';
import { listSearchesOf } from '../shared/editor/lists';
import { run } from '../shared/run';
import { threads } from './threads';

export class Threads implements INodeType {
	description: INodeTypeDescription = {
		...describe(threads),
		icon: { light: 'file:threads.svg', dark: 'file:threads.dark.svg' },
		subtitle: '={{$parameter["operation"] + ": " + $parameter["resource"]}}',
		credentials: [
			{
				name: 'crosspostThreadsOAuth2Api',
				required: true,
				displayOptions: { show: { authentication: ['oAuth2'] } },
			},
			{
				name: 'crosspostThreadsAccessTokenApi',
				required: true,
				displayOptions: { show: { authentication: ['accessToken'] } },
			},
		],
		usableAsTool: true,
	};

	methods = { listSearch: listSearchesOf(threads) };

	async execute(this: IExecuteFunctions) {
		return await run(this, threads);
	}
}
