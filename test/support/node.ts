import { createHash } from 'node:crypto';
import type { ICredentialDataDecryptedObject, ICredentialType, IDataObject } from 'n8n-workflow';

import type { TokenData } from '@/nodes/shared/contract/authMethod';
import { testNode, type TestNode, type TestNodeSetup } from './n8n';

/** Common set-up for the nodes of all platforms. */
export { outcome } from './n8n';

interface Setup extends Partial<Pick<TestNodeSetup, 'continueOnFail' | 'withoutStore'>> {
	type: TestNodeSetup['type'];
	credential: ICredentialType;
	data: ICredentialDataDecryptedObject;
}

/**
 * A node that publishes unless its parameters select another operation; errors are in the items.
 */
export function publishingNode(
	parameters: IDataObject,
	{ credential, data, ...setup }: Setup,
): TestNode {
	return testNode({
		continueOnFail: true,
		...setup,
		parameters: { resource: 'post', operation: 'publish', ...parameters },
		credentials: [{ type: credential, data }],
	});
}

interface Kept extends Partial<TokenData> {
	/** ms until the token ends. */
	left: number;
	account: { id: string; name: string };
	secrets?: Record<string, string>;
}

/** A token as the pack stores it in the credential. */
export function keptToken(
	access_token: string,
	{ left, account, secrets, ...more }: Kept,
): TokenData {
	const of = createHash('sha256').update(access_token).digest('hex');
	return {
		access_token,
		expires_in: 5_184_000,
		n8n_expires_at: String(Date.now() + left),
		crosspost: { of, own: true, account, ...(secrets && { secrets }) },
		...more,
	};
}

/** A resource locator by ID. */
export const byId = (value: string) => ({ __rl: true, mode: 'id', value });

/** The Media field as the editor stores it. */
export const fromBinary = (binaryProperty = 'data', altText = '') => ({
	medium: [{ source: 'binary', binaryProperty, altText }],
});
export const fromUrls = (...media: Array<string | { url: string; altText?: string }>) => ({
	medium: media.map((one) => ({
		source: 'url',
		...(typeof one === 'string' ? { url: one } : one),
	})),
});

/** The fields of a form. */
export const formOf = (body: unknown) => Object.fromEntries(new URLSearchParams(String(body)));

export const failureOf = ({ error }: IDataObject) => error as IDataObject;

/** The failure's code, otherwise the result's status. */
export const codeOf = ({ error, status }: IDataObject) =>
	(error as IDataObject | undefined)?.code ?? status;

/** All secrets in a credential. */
export function secretsIn(data: IDataObject): string[] {
	const { oauthTokenData, clientSecret, appPassword, accessToken } = data;
	const { access_token, refresh_token, crosspost } = (oauthTokenData ?? {}) as IDataObject;
	const { secrets = {} } = (crosspost ?? {}) as { secrets?: object };
	const all = [clientSecret, appPassword, accessToken, access_token, refresh_token];
	return [...all, ...Object.values(secrets)].filter(Boolean).map(String);
}

/** All secrets in a node's current credentials. */
export const secretsOf = ({ stored }: TestNode) => Object.values(stored).flatMap(secretsIn);
