import type { INodeProperties } from 'n8n-workflow';

/** Properties that several credential types have. */

export function noticeField(text: string): INodeProperties {
	return { displayName: text, name: 'notice', type: 'notice', default: '' };
}

export function hiddenField(displayName: string, name: string, value: string): INodeProperties {
	return { displayName, name, type: 'hidden', default: value };
}

/** `apiBaseUrl` is shown as "API Base URL". */
const SPELLED: Readonly<Record<string, string>> = { api: 'API', oauth: 'OAuth' };

/** The platform's hosts by property name, hidden: only tests point them elsewhere. */
export function baseUrls(hosts: Readonly<Record<string, string>>): INodeProperties[] {
	return Object.entries(hosts).map(([name, url]) => {
		const [first = '', ...rest] = name.replace(/BaseUrl$/, '').split(/(?=[A-Z])/);
		const title = SPELLED[first] ?? first.charAt(0).toUpperCase() + first.slice(1);
		return hiddenField([title, ...rest, 'Base URL'].join(' '), name, url);
	});
}

/** A secret that may be left out. */
export function secretField(
	displayName: string,
	name: string,
	description: string,
): INodeProperties {
	return {
		displayName,
		name,
		type: 'string',
		typeOptions: { password: true },
		default: '',
		description,
	};
}

export function accessTokenField(description: string): INodeProperties {
	return { ...secretField('Access Token', 'accessToken', description), required: true };
}
