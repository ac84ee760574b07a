import type { Operation } from '../../../../nodes/shared/contract/operation';
import { refuse } from '../../../../nodes/shared/errors/failure';
import { QUIET } from './publish';

const MESSAGE = /^(?:https:\/\/(?:\w+\.)?discord(?:app)?\.com\/channels\/\d+\/\d+\/)?(\d{1,20})$/;

/** A webhook can read and change only its own messages, and cannot list them. */
export const discordWebhookOperations: Operation[] = [
	{
		resource: 'post',
		operation: 'delete',
		name: 'Delete',
		action: 'Delete a post',
		description: 'Delete a post of the webhook',
		onPost: true,
		run: async (api, { post }) => {
			const id = messageId(post);
			await api.send({ method: 'DELETE', path: `/messages/${id}` });
			return { id, deleted: true };
		},
	},
	{
		resource: 'post',
		operation: 'update',
		name: 'Update',
		action: 'Update a post',
		description: 'Change the text of a post of the webhook',
		onPost: true,
		fields: [{ displayName: 'Text', name: 'text', type: 'string', default: '', required: true }],
		run: async (api, { post, text }) =>
			await api.send({
				method: 'PATCH',
				path: `/messages/${messageId(post)}`,
				body: { ...QUIET, content: text },
				repeatable: true,
			}),
	},
];

function messageId(given: unknown): string {
	const id = MESSAGE.exec(String(given ?? '').trim())?.[1];
	return (
		id ??
		refuse({
			code: 'validation_failed',
			platform: 'discordWebhook',
			rule: 'discordWebhook.post.address',
			message: `"${String(given ?? '')}" is not the URL or ID of a message on Discord`,
		})
	);
}
