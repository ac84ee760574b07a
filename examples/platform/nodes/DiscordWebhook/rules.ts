import type { Post } from '../../../../nodes/shared/contract/post';
import type { Problem } from '../../../../nodes/shared/contract/problem';
import type { Options } from './options';

const MIB = 1024 * 1024;
/** Limit of a whole request: https://docs.discord.com/developers/reference#uploading-files */
const MOST = 25 * MIB;

export function check({ media, options }: Post): Problem[] {
	const { threadId = '' } = options as Options;
	const bytes = media.reduce((sum, medium) => sum + (medium.bytes ?? 0), 0);
	const found: Problem[] = [];
	if (bytes > MOST) {
		found.push({
			rule: 'discordWebhook.media.total',
			message: `The files have ${(bytes / MIB).toFixed(1)} MiB together, Discord takes ${MOST / MIB}`,
			limit: MOST,
			actual: bytes,
		});
	}
	if (!/^\d*$/.test(threadId.trim())) {
		found.push({
			rule: 'discordWebhook.thread.address',
			message: `"${threadId}" is not the ID of a thread on Discord`,
			actual: threadId,
		});
	}
	return found;
}
