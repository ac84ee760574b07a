import type { IExecuteFunctions, INodeType, INodeTypeDescription } from 'n8n-workflow';

import { describe } from '../shared/editor/describe';
import { listSearchesOf } from '../shared/editor/lists';
import { run } from '../shared/run';
import { mastodon } from './mastodon';

export class Mastodon implements INodeType {
	description: INodeTypeDescription = {
		...describe(mastodon),
		icon: { light: 'file:mastodon.svg', dark: 'file:mastodon.dark.svg' },
		subtitle: '={{$parameter["operation"] + ": " + $parameter["resource"]}}',
		credentials: [
			{
				name: 'crosspostMastodonOAuth2Api',
				required: true,
				displayOptions: { show: { authentication: ['oAuth2'] } },
			},
			{
				name: 'crosspostMastodonAccessTokenApi',
				required: true,
				displayOptions: { show: { authentication: ['accessToken'] } },
			},
		],
		usableAsTool: true,
	};

	methods = { listSearch: listSearchesOf(mastodon) };

	async execute(this: IExecuteFunctions) {
		return await run(this, mastodon);
	}
}
