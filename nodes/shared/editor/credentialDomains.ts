import type { INodeProperties } from 'n8n-workflow';

/**
 * Fields that limit where n8n's own HTTP Request and GraphQL nodes may send a credential: to these
 * hosts or nowhere. Otherwise any user of a credential could send its token to a host of their own.
 * n8n adds fields with these names to OAuth2 types that lack them, with "All" as the default; the
 * texts are n8n's. They do not limit the pack's own requests, connecting and renewing.
 */
export function httpRequestDomains(hosts: readonly string[] | 'none'): INodeProperties[] {
	const choice = hosts === 'none' ? 'none' : 'domains';
	const list = hosts === 'none' ? '' : hosts.join(', ');
	return [
		{
			displayName: 'Allowed HTTP Request Domains',
			name: 'allowedHttpRequestDomains',
			type: 'options',
			options: [
				{
					name: 'All',
					value: 'all',
					description: 'Allow all requests when used in the HTTP Request or GraphQL node',
				},
				{
					name: 'Specific Domains',
					value: 'domains',
					description: 'Restrict requests to specific domains',
				},
				{
					name: 'None',
					value: 'none',
					description: 'Block all requests when used in the HTTP Request or GraphQL node',
				},
			],
			default: choice,
			description:
				'Control which domains this credential can be used with in HTTP Request or GraphQL nodes',
		},
		{
			displayName: 'Allowed Domains',
			name: 'allowedDomains',
			type: 'string',
			default: list,
			placeholder: 'e.g. example.com, *.subdomain.com',
			description: 'Comma-separated list of allowed domains (supports wildcards with *)',
			displayOptions: { show: { allowedHttpRequestDomains: ['domains'] } },
		},
	];
}
