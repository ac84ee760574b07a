import type { IDataObject } from 'n8n-workflow';

import { credentialText } from '../shared/connection/credentialText';

/** The app's ID, for what Meta gives to apps only; an empty field is named as the form has it. */
export function appId(platform: string, credential: IDataObject): string {
	const label = isPasted(credential) ? 'App ID' : 'Client ID';
	return credentialText(platform, credential, 'clientId', label);
}

/** The app's secret, likewise. */
export function appSecret(platform: string, credential: IDataObject): string {
	const label = isPasted(credential) ? 'App Secret' : 'Client Secret';
	return credentialText(platform, credential, 'clientSecret', label);
}

/** Whether the credential is of the kind for a token that people paste. */
function isPasted(credential: IDataObject): boolean {
	return 'accessToken' in credential;
}
