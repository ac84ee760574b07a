import type { ICredentialDataDecryptedObject, IDataObject } from 'n8n-workflow';

import { CrosspostSampleApi } from '@/credentials/CrosspostSampleApi.credentials';
import { Sample } from '@/nodes/Sample/Sample.node';
import { publishingNode } from '@/test/support/node';

/** The Sample Platform node with a connected credential; errors appear in the item. */
export function sampleNode(parameters: IDataObject, credential: ICredentialDataDecryptedObject) {
	return publishingNode(parameters, {
		type: new Sample(),
		credential: new CrosspostSampleApi(),
		data: credential,
	});
}
