import { staticToken } from '../shared/connection/staticToken';
import type { Platform } from '../shared/contract/platform';
import { explain } from './errors';
import { publish } from './publish';

export const sample: Platform = {
	id: 'sample',
	name: 'Sample Platform',
	// TODO: the vendor's page on publishing
	docs: '',
	credentials: [
		{
			choice: 'accessToken',
			name: 'Access Token',
			type: 'crosspostSampleApi',
			host: 'apiBaseUrl',
			secrets: ['accessToken'],
			token: staticToken('sample'),
			// TODO: the vendor's page where people remove an app's access
			manage: '',
		},
	],
	limits: {
		// TODO: the vendor's figures, with a link to the page that has them
		text: { max: 500, unit: 'codePoints' },
		media: {},
	},
	options: [],
	operations: [],

	// TODO: the vendor's request for the account that a token belongs to
	whoami: async (api) => {
		const { id, name } = await api.send<{ id: string; name: string }>({ path: '/me' });
		return { id, name };
	},
	publish,
	explain,
};
