import type { IExecuteFunctions, INodeType, INodeTypeDescription } from 'n8n-workflow';

import { describe } from '../shared/editor/describe';
import { listSearchesOf } from '../shared/editor/lists';
import { run } from '../shared/run';
import { facebook } from './facebook';

export class Facebook implements INodeType {
	description: INodeTypeDescription = {
		...describe(facebook),
		icon: { light: 'file:facebook.svg', dark: 'file:facebook.dark.svg' },
		subtitle: '={{$parameter["operation"] + ": " + $parameter["resource"]}}',
		credentials: [
			{
				name: 'crosspostFacebookOAuth2Api',
				required: true,
				displayOptions: { show: { authentication: ['oAuth2'] } },
			},
			{
				name: 'crosspostFacebookAccessTokenApi',
				required: true,
				displayOptions: { show: { authentication: ['accessToken'] } },
			},
		],
		usableAsTool: true,
	};

	methods = { listSearch: listSearchesOf(facebook) };

	async execute(this: IExecuteFunctions) {
		return await run(this, facebook);
	}
}
