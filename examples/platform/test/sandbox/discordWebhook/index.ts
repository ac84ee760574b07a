import type { Schema } from '@/test/sandbox/kit/schema';
import type { Declaration, DeclaredRoute, Sent } from '@/test/sandbox/kit/declaration';
import { declared } from '@/test/sandbox/kit/declared';

const MIB = 1024 * 1024;
const GUILD = '1100000000000000001';
const CHANNEL = '1100000000000000002';
const PATH = '/api/v10/webhooks/:webhook/:token';

const text = (max: number): Schema => ({ type: 'string', max });
const ATTACHMENT: Schema = {
	type: 'object',
	required: ['id'],
	properties: { id: { type: 'integer' }, filename: text(1024), description: text(1024) },
};
/** https://docs.discord.com/developers/resources/webhook#execute-webhook-jsonform-params */
const MESSAGE: Schema = {
	type: 'object',
	properties: {
		content: text(2000),
		username: { type: 'string', min: 1, max: 80 },
		flags: { type: 'integer' },
		allowed_mentions: { type: 'object', open: true },
		attachments: { type: 'array', max: 10, items: ATTACHMENT },
	},
};
/** https://docs.discord.com/developers/resources/webhook#edit-webhook-message-jsonform-params */
const { content, allowed_mentions } = MESSAGE.properties!;
const EDIT: Schema = { type: 'object', properties: { content, allowed_mentions } };

type Attachment = { id: number; description?: string };
const attachmentsOf = ({ body }: Sent) => (body.attachments ?? []) as Attachment[];

const words: DeclaredRoute['makes'] = (sent) => {
	const { content: said = '', attachments: _attachments, ...options } = sent.body;
	const alts = sent.files.map((_file, at) => attachmentsOf(sent).find(({ id }) => id === at));
	return { text: String(said), options, alts: alts.map((one) => one?.description) };
};

const message: DeclaredRoute['answer'] = (_sent, post) => ({
	...{ id: post.id, type: 0, content: post.text, channel_id: CHANNEL, webhook_id: '1' },
	...{ timestamp: post.createdAt, attachments: post.media.map(({ id, alt }) => ({ id, alt })) },
});

/** https://docs.discord.com/developers/topics/opcodes-and-status-codes#json */
const INVALID = { status: 400, code: 50035, message: 'Invalid Form Body' };

const declaration: Declaration = {
	name: 'Discord',
	token: { in: 'path', name: 'token' },
	firstId: 1330000000000000001n,
	urlOf: (id) => `https://discord.com/channels/${GUILD}/${CHANNEL}/${id}`,
	routes: [
		{
			...{ operation: 'me', method: 'GET', path: PATH },
			answer: ({ account, token, call }) => ({
				...{ id: call.params.webhook, type: 1, name: account, token, application_id: null },
				...{ channel_id: CHANNEL, guild_id: GUILD },
			}),
		},
		{
			...{ operation: 'publish', method: 'POST', path: PATH, body: MESSAGE },
			// Without it the answer contains neither a message nor an error.
			query: { wait: 'true' },
			files: { json: 'payload_json', count: 10, bytes: 10 * MIB, field: (at) => `files[${at}]` },
			check: (sent) => {
				if (attachmentsOf(sent).some(({ id }) => !sent.files[id])) return INVALID;
				const isEmpty = !sent.body.content && sent.files.length === 0;
				return isEmpty
					? { status: 400, code: 50006, message: 'Cannot send an empty message' }
					: undefined;
			},
			makes: words,
			answer: message,
		},
		{
			...{ operation: 'update', method: 'PATCH', path: `${PATH}/messages/:id`, on: 'change' },
			...{ body: EDIT, makes: words, answer: message },
		},
		{
			...{ operation: 'delete', method: 'DELETE', path: `${PATH}/messages/:id`, on: 'delete' },
			status: 204,
		},
	],
	/** https://docs.discord.com/developers/reference#error-messages */
	envelope: ({ message: said, code = 0, problems, retryAfter }) => ({
		...{ message: said, code },
		...(retryAfter && { retry_after: retryAfter, global: false }),
		...(problems && {
			errors: { _errors: problems.map((one) => ({ code: 'INVALID', message: one })) },
		}),
	}),
	refusals: {
		notFound: { status: 404, code: 10008, message: 'Unknown Message' },
		malformed: INVALID,
		tooLarge: { status: 413, code: 40005, message: 'Request entity too large' },
		rateLimited: { status: 429, message: 'You are being rate limited.' },
		serverError: { message: '500: Internal Server Error' },
		deadToken: { status: 401, code: 50027, message: 'Invalid Webhook Token' },
		refused: { status: 400, code: 240000, message: 'Message blocked by harmful links filter' },
		mediaRefused: { status: 400, code: 50045, message: 'File uploaded exceeds the maximum size' },
		special: {
			'webhook-deleted': { status: 404, code: 10015, message: 'Unknown Webhook' },
			'forum-without-thread': {
				...{ status: 400, code: 220001 },
				message: 'Webhooks posted to forum channels must have a thread_name or thread_id',
			},
		},
	},
};

export const discordWebhook = declared(declaration);
