import type { INodeType, INodeTypeDescription, IPollFunctions } from 'n8n-workflow';
import { NodeConnectionTypes } from 'n8n-workflow';

import { triggerCredentials, triggerProperties } from './properties';
import { watch } from './watch';

export class CrosspostTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Crosspost Trigger',
		name: 'crosspostTrigger',
		icon: {
			light: 'file:../Crosspost/crosspost.svg',
			dark: 'file:../Crosspost/crosspost.dark.svg',
		},
		group: ['trigger'],
		version: 1,
		subtitle: '={{ $parameter["platforms"].join(", ") }}',
		description:
			'Keeps the connections to social platforms alive and starts the workflow before one ends',
		defaults: { name: 'Crosspost Trigger' },
		polling: true,
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: triggerCredentials,
		properties: triggerProperties,
	};

	async poll(this: IPollFunctions) {
		return await watch(this);
	}
}
