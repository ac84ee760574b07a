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
 * Puts a token in the place of the stored one, or takes that away; false if n8n kept it as it was.
 * n8n has no public way to store a token that was not made by its own OAuth2 grant. It has the
 * credentials helper, which every node context carries; this file alone reaches for it, and on an
 * n8n without it reports that nothing was kept.
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
