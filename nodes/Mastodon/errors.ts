import type { Meaning } from '../shared/contract/meaning';
import { explainBy } from '../shared/errors/explainBy';

const DUPLICATE_KEY = 'Duplicate idempotency key.';

const NO_REASON: Meaning = {
	remediation:
		'The server gives no reason. Some answer so to a token that is not valid any more: reconnect the credential if the post looks right.',
};

/** Error texts are in the server's language, so only the status shows the meaning. */
export const explain = explainBy({
	envelope: ({ error, error_description, message }, { status, headers, body }) => {
		if (status >= 300 && status < 400) return moved(String(headers.location ?? ''));
		if (status < 400) return undefined;
		if (status === 422 && body === '') return NO_REASON;
		// Pixelfed keeps the idempotency key of a refused post:
		// https://github.com/pixelfed/pixelfed/issues/3581
		if (message === DUPLICATE_KEY) return { code: 'duplicate', message };
		const texts = [error, error_description].filter(
			(text) => typeof text === 'string' && text !== '',
		);
		return texts.length > 0 ? { message: texts.join(': ') } : undefined;
	},
});

function moved(location: string): Meaning {
	const { host } = URL.canParse(location) ? new URL(location) : { host: '' };
	return {
		rule: 'mastodon.instance.moved',
		message: `The instance URL leads ${host ? `to ${host}` : 'elsewhere'}`,
		remediation: 'Set Instance URL in the credential to the server itself and reconnect.',
	};
}
