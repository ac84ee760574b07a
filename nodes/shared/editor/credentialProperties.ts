import type { INodeProperties } from 'n8n-workflow';

export function noticeField(text: string): INodeProperties {
	return { displayName: text, name: 'notice', type: 'notice', default: '' };
}

export function hiddenField(displayName: string, name: string, value: string): INodeProperties {
	return { displayName, name, type: 'hidden', default: value };
}

/** Special spellings: `apiBaseUrl` is shown as "API Base URL". */
const SPELLED: Readonly<Record<string, string>> = { api: 'API', oauth: 'OAuth' };

/** Hidden fields of the platform's hosts by property name; only tests change them. */
export function baseUrls(hosts: Readonly<Record<string, string>>): INodeProperties[] {
	return Object.entries(hosts).map(([name, url]) => {
		const [first = '', ...rest] = name.replace(/BaseUrl$/, '').split(/(?=[A-Z])/);
		const title = SPELLED[first] ?? first.charAt(0).toUpperCase() + first.slice(1);
		return hiddenField([title, ...rest, 'Base URL'].join(' '), name, url);
	});
}

/** An optional secret. */
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
