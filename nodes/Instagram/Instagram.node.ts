import type { IExecuteFunctions, INodeType, INodeTypeDescription } from 'n8n-workflow';

import { describe } from '../shared/editor/describe';
import { listSearchesOf } from '../shared/editor/lists';
import { run } from '../shared/run';
import { instagram } from './instagram';

export class Instagram implements INodeType {
	description: INodeTypeDescription = {
		...describe(instagram),
		icon: { light: 'file:instagram.svg', dark: 'file:instagram.dark.svg' },
		subtitle: '={{$parameter["operation"] + ": " + $parameter["resource"]}}',
		credentials: [
			{
				name: 'crosspostInstagramOAuth2Api',
				required: true,
				displayOptions: { show: { authentication: ['instagramLogin'] } },
			},
			{
				name: 'crosspostInstagramFacebookOAuth2Api',
				required: true,
				displayOptions: { show: { authentication: ['facebookLogin'] } },
			},
			{
				name: 'crosspostInstagramAccessTokenApi',
				required: true,
				displayOptions: { show: { authentication: ['accessToken'] } },
			},
		],
		usableAsTool: true,
	};

	methods = { listSearch: listSearchesOf(instagram) };

	async execute(this: IExecuteFunctions) {
		return await run(this, instagram);
	}
}
