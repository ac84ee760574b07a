import type { INodeProperties } from 'n8n-workflow';

export const versionField: INodeProperties = {
	displayName: 'Graph API Version',
	name: 'graphVersion',
	type: 'string',
	default: 'v26.0',
	description:
		'Meta retires a version about two years after the next one appears; this one is tested',
};

export const proofField: INodeProperties = {
	displayName: 'Prove App Secret',
	name: 'signRequests',
	type: 'boolean',
	default: false,
	description:
		'Whether to sign requests with the app secret, for apps with the setting Require App Secret',
};

/** Common fields of Graph credentials with Facebook Login: version, proof and hosts. */
export const graphFields: INodeProperties[] = [
	versionField,
	proofField,
	{
		displayName: 'API Base URL',
		name: 'apiBaseUrl',
		type: 'hidden',
		default: 'https://graph.facebook.com',
	},
	{
		displayName: 'Web Base URL',
		name: 'webBaseUrl',
		type: 'hidden',
		default: 'https://www.facebook.com',
	},
];
