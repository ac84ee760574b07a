import type {
	ICredentialDataDecryptedObject,
	ICredentialsHelper,
	IDataObject,
	INodeCredentialsDetails,
	IWorkflowExecuteAdditionalData,
} from 'n8n-workflow';

import type { TokenData } from '../contract/authMethod';
import type { NodeContext } from '../contract/http';

/**
 * Stores a token in the credential, or removes the stored one; false if n8n did not store the
 * change. n8n has no public function to store a token that its own OAuth2 grant did not make. Every
 * node context carries n8n's credentials helper, which has one; only this file uses it. On an n8n
 * without the helper, nothing is stored.
 */
export async function storeToken(
	fn: NodeContext,
	type: string,
	credential: IDataObject,
	token: TokenData | undefined,
): Promise<boolean> {
	const { additionalData } = fn as unknown as {
		additionalData?: IWorkflowExecuteAdditionalData & {
			credentialsHelper?: Partial<ICredentialsHelper>;
		};
	};
	const helper = additionalData?.credentialsHelper;
	const details = fn.getNode().credentials?.[type] as INodeCredentialsDetails | undefined;
	if (!additionalData || !details?.id || !helper?.updateCredentialsOauthTokenData) return false;
	try {
		await helper.updateCredentialsOauthTokenData(
			details,
			type,
			{ ...credential, oauthTokenData: token } as ICredentialDataDecryptedObject,
			additionalData,
		);
		return true;
	} catch {
		return false;
	}
}
