import type { IExecuteFunctions, INodeType, INodeTypeDescription } from 'n8n-workflow';
import { NodeConnectionTypes } from 'n8n-workflow';

import { versionFields } from '../shared/editor/versions';
import { crosspost } from './crosspost';
import { crosspostCredentials, crosspostMethods, crosspostProperties } from './properties';

export class Crosspost implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Crosspost',
		name: 'crosspost',
		icon: { light: 'file:crosspost.svg', dark: 'file:crosspost.dark.svg' },
		group: ['output'],
		...versionFields,
		subtitle: '={{ $parameter["platforms"].join(", ") }}',
		description: 'Publish one post on several social platforms with your own app credentials',
		defaults: { name: 'Crosspost' },
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main, NodeConnectionTypes.Main],
		outputNames: ['Published', 'Failed'],
		credentials: crosspostCredentials,
		properties: crosspostProperties,
		usableAsTool: true,
	};

	methods = crosspostMethods;

	async execute(this: IExecuteFunctions) {
		return await crosspost(this);
	}
}
