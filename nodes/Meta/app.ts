import type { IDataObject } from 'n8n-workflow';

import { credentialText } from '../shared/connection/credentialText';

/** The app's ID; throws with the form's label if the field is empty. */
export function appId(platform: string, credential: IDataObject): string {
	const label = isPasted(credential) ? 'App ID' : 'Client ID';
	return credentialText(platform, credential, 'clientId', label);
}

/** The app's secret; throws with the form's label if the field is empty. */
export function appSecret(platform: string, credential: IDataObject): string {
	const label = isPasted(credential) ? 'App Secret' : 'Client Secret';
	return credentialText(platform, credential, 'clientSecret', label);
}

/** Whether the credential holds a pasted token. */
function isPasted(credential: IDataObject): boolean {
	return 'accessToken' in credential;
}
