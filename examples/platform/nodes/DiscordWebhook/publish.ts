import type { IDataObject } from 'n8n-workflow';

import type { Api } from '../../../../nodes/shared/contract/api';
import type { FormPart } from '../../../../nodes/shared/contract/http';
import type { Media } from '../../../../nodes/shared/contract/media';
import type { Post, Published } from '../../../../nodes/shared/contract/post';
import { linked } from '../../../../nodes/shared/text/link';
import type { Options } from './options';

/** https://docs.discord.com/developers/resources/webhook#webhook-object */
interface Webhook {
	id: string;
	name: string;
	channel_id: string;
	guild_id: string;
}

/** Mentions nobody: a text may come from anywhere, and Discord notifies people by default. */
export const QUIET = { allowed_mentions: { parse: [] } };
const SUPPRESS_NOTIFICATIONS = 4096;

export const webhook = async (api: Api) => await api.send<Webhook>({ path: '' });

/** With `wait` Discord answers with the message, or with an error if it was not saved. */
export async function publish(api: Api, post: Post): Promise<Published> {
	const { threadId } = post.options as Options;
	const { guild_id } = await webhook(api);
	const body = bodyOf(post);
	const { id, channel_id } = await api.publish<{ id: string; channel_id: string }>({
		method: 'POST',
		path: '',
		query: { wait: 'true', ...(threadId && { thread_id: threadId }) },
		...(post.media.length > 0 ? { parts: async () => partsOf(body, post.media) } : { body }),
	});
	return { id, url: `https://discord.com/channels/${guild_id}/${channel_id}/${id}` };
}

function bodyOf({ media, options, ...post }: Post): IDataObject {
	const { silent, username } = options as Options;
	const content = linked(post);
	return {
		...QUIET,
		...(content && { content }),
		...(username && { username }),
		...(silent && { flags: SUPPRESS_NOTIFICATIONS }),
		...(media.length > 0 && {
			attachments: media.map(({ name, alt }, id) => ({
				...{ id, filename: name },
				...(alt && { description: alt }),
			})),
		}),
	};
}

/** https://docs.discord.com/developers/reference#uploading-files */
function partsOf(body: IDataObject, media: Media[]): FormPart[] {
	return [
		{ name: 'payload_json', value: JSON.stringify(body) },
		...media.map(({ name, mime, bytes = 0, open }, at) => ({
			...{ name: `files[${at}]`, filename: name, contentType: mime, data: { bytes, open } },
		})),
	];
}
