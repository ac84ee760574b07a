import type { Meaning } from '../../../../nodes/shared/contract/meaning';
import { explainBy } from '../../../../nodes/shared/errors/explainBy';

const DEAD: Meaning = {
	code: 'platform_auth_failed',
	remediation:
		'Create a webhook in Discord under Edit Channel, Integrations, and copy its URL into the credential.',
};
const MISSING: Meaning = { code: 'not_found' };
const REJECTED: Meaning = { code: 'platform_rejected' };
const TOO_LARGE: Meaning = { code: 'media_rejected', rule: 'discordWebhook.media.size' };
const THREAD: Meaning = { ...REJECTED, rule: 'discordWebhook.thread.missing' };

/** https://docs.discord.com/developers/topics/opcodes-and-status-codes#json */
const BY_CODE: Record<number, Meaning> = {
	10003: MISSING,
	10008: MISSING,
	10015: { ...DEAD, rule: 'discordWebhook.webhook.deleted' },
	20016: { code: 'rate_limited', rule: 'discordWebhook.channel.slowmode' },
	30015: { code: 'media_rejected', rule: 'discordWebhook.media.count' },
	40005: TOO_LARGE,
	50006: { ...REJECTED, rule: 'discordWebhook.text.empty' },
	50027: DEAD,
	50035: REJECTED,
	50045: TOO_LARGE,
	50083: { ...REJECTED, rule: 'discordWebhook.thread.archived' },
	130000: { code: 'platform_unavailable' },
	200000: { ...REJECTED, rule: 'discordWebhook.text.blocked' },
	220001: { ...THREAD, remediation: 'Name a thread in the option Thread ID.' },
	240000: { ...REJECTED, rule: 'discordWebhook.link.harmful' },
};

/** https://docs.discord.com/developers/reference#error-messages */
export const explain = explainBy({
	envelope: ({ code, message, errors, retry_after }, { status }) => {
		if (status < 400 || typeof message !== 'string') return undefined;
		// The answer to too many requests has a message and a time, but not always a code.
		if (typeof code !== 'number' && typeof retry_after !== 'number') return undefined;
		const details = wordsIn(errors);
		const seconds = Number(retry_after);
		return {
			...{ codes: [code], text: message },
			message: [message, ...details].join(' '),
			...(seconds > 0 && { retryAt: new Date(Date.now() + seconds * 1000).toISOString() }),
		};
	},
	byText: [
		[
			/^You are being blocked/,
			{
				code: 'rate_limited',
				rule: 'discordWebhook.address.blocked',
				remediation:
					'Discord blocks the IP address of this n8n for some hours, for requests of all who share it. Try again later.',
			},
		],
	],
	byCode: BY_CODE,
});

/** `errors` nests the fields of the request: `{ content: { _errors: [{ message }] } }`. */
function wordsIn(errors: unknown, path = '', depth = 0): string[] {
	if (typeof errors !== 'object' || errors === null || depth > 5) return [];
	return Object.entries(errors).flatMap(([name, inner]: [string, unknown]) =>
		name === '_errors' && Array.isArray(inner)
			? inner.map((one: { message?: unknown }) => `${path}: ${String(one?.message)}`)
			: wordsIn(inner, path ? `${path}.${name}` : name, depth + 1),
	);
}
