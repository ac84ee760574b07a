import type { IDataObject } from 'n8n-workflow';

import { refuse } from '../errors/failure';

/** A required property of a credential; throws if it is empty. `label` is its name in the form. */
export function credentialText(
	platform: string,
	credential: IDataObject,
	name: string,
	label: string,
): string {
	const { [name]: value } = credential;
	const text = typeof value === 'string' || typeof value === 'number' ? String(value).trim() : '';
	return text || refuseCredential(platform, name, `The field ${label} of the credential is empty`);
}

/** Client ID and secret of a credential that extends n8n's OAuth2 credential. */
export function clientOf(platform: string, credential: IDataObject) {
	return {
		id: credentialText(platform, credential, 'clientId', 'Client ID'),
		secret: credentialText(platform, credential, 'clientSecret', 'Client Secret'),
	};
}

/** Throws a failure about one property of the credential. */
export function refuseCredential(platform: string, name: string, message: string): never {
	return refuse({
		code: 'validation_failed',
		platform,
		rule: `${platform}.credential.${name}`,
		message,
		remediation:
			'Open the credential and correct the field. Where an expression fills it, look at what that comes to.',
	});
}
