import type { PostOption } from '../../../../nodes/shared/contract/postOption';

export interface Options {
	silent?: boolean;
	threadId?: string;
	username?: string;
}

/** https://docs.discord.com/developers/resources/webhook#execute-webhook */
export const discordWebhookOptions: PostOption[] = [
	{
		displayName: 'Send Silently',
		name: 'silent',
		type: 'boolean',
		default: false,
		description: 'Whether to post without a notification',
	},
	{
		displayName: 'Thread ID',
		name: 'threadId',
		type: 'string',
		deciding: true,
		default: '',
		placeholder: 'e.g. 1330000000000000001',
		description: 'Thread of the channel to post into. Forum channels need one.',
	},
	{
		displayName: 'Username',
		name: 'username',
		type: 'string',
		default: '',
		description: 'Name to post under instead of that of the webhook',
	},
];
