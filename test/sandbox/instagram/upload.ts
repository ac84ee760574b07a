import { sniff } from '../kit/sniff';
import type { Call, Reply } from '../kit/types';
import { refusedUpload, takeRupload } from '../graph';
import { filmFault } from './containers';
import type { Server } from './model';
import { statusOf } from './status';

/**
 * `POST rupload…/ig-api-upload/{version}/{container}`:
 * https://developers.facebook.com/documentation/instagram-platform/content-publishing/resumable-uploads
 */
export async function upload(server: Server, call: Call): Promise<Reply> {
	const found = server.state.containers.find(({ id }) => id === call.params.container);
	if (!found?.upload || statusOf(server, found) === 'EXPIRED')
		return refusedUpload(`Nothing is waited for by ${call.params.container}`, 404);
	const reply = await takeRupload(server.graph, call, found.upload);
	const { digest, fetchedFrom } = found.upload;
	if (!digest || found.media.length) return reply;
	const type = sniff(digest.head)?.type ?? 'unknown';
	const { length } = digest;
	const sha256 = found.upload.unhashed ? null : digest.sha256;
	found.media = [{ id: found.id, type, length, sha256, ...(fetchedFrom && { fetchedFrom }) }];
	found.error ??= filmFault(digest.head);
	return reply;
}
