import { writtenAs } from '@/test/support/written';
import type { Hostile } from './proxy';

/** Answers that repeat all secrets, in every form that the platforms read messages from. */
export const ANSWERS: Record<string, (secrets: readonly string[]) => Hostile> = {
	'400, an error object': (secrets) => inJson(400, objects(all(secrets), 100)),
	'401, an error object': (secrets) => inJson(401, objects(all(secrets), 190)),
	'401, an error in words': (secrets) => inJson(401, words(all(secrets), all(secrets))),
	'400, a refused grant': (secrets) => inJson(400, words('invalid_grant', all(secrets))),
	'400, an expired token': (secrets) => inJson(400, words('ExpiredToken', all(secrets))),
	'403, text alone': (secrets) => inJson(403, all(secrets)),
	'500, an error in words': (secrets) => inJson(500, words(all(secrets), all(secrets))),
	'200, an answer that is none': (secrets) => inJson(200, objects(all(secrets), 'ok')),
	'200, a page': (secrets) => page(200, all(secrets)),
	// If a text is cut in the middle of a secret, no part of the secret may remain.
	'400, a page': (secrets) => page(400, `${'x'.repeat(459)}${secrets.join(' ')} ${all(secrets)}`),
	'302, elsewhere': (secrets) =>
		page(302, all(secrets), `https://elsewhere.example/?${some(secrets)}`),
	'302, to a login': (secrets) => page(302, '', `https://${some(secrets)}@elsewhere.example/`),
};

/** Returns each secret in each encoding. */
function all(secrets: readonly string[]) {
	return secrets.flatMap((secret) => Object.values(writtenAs(secret))).join(' | ');
}

/** Returns as many forms as fit into a header. */
function some(secrets: readonly string[]) {
	const forms = secrets.map(encodeURIComponent);
	return forms
		.map((form) => `next=${form}&access_token=${form}`)
		.join('&')
		.slice(0, 6000);
}

function inJson(status: number, body: unknown): Hostile {
	return { status, headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
}

function page(status: number, text: string, location?: string): Hostile {
	const headers = { 'content-type': 'text/html', ...(location && { location }) };
	return { status, headers, body: `<html><title>${text}</title></html>` };
}

/**
 * An error as Meta, TikTok, X and Pinterest write it, together with fields of a successful answer.
 */
function objects(said: string, code: unknown) {
	const few = rotating(said);
	const list = [{ message: few(), title: few(), detail: few(), [few()]: { [few()]: [few()] } }];
	return {
		error: {
			...{ message: said, type: 'OAuthException', code, error_subcode: 463, log_id: few() },
			...{ error_user_msg: few(), error_user_title: few(), fbtrace_id: few(), [few()]: [few()] },
		},
		...{ message: said, title: few(), detail: few(), code, status: few(), type: few() },
		...{ errors: list, failures: list, problems: [few(), [few(), { [few()]: few() }]] },
		...{ id: few(), username: few(), name: few(), acct: few(), handle: few(), did: few() },
		data: { is_valid: false, error: { message: said, code: 190 }, id: few(), username: few() },
		...{ active: false, scope: few(), url: few(), [few()]: few() },
	};
}

/** An error as OAuth2, Mastodon and Bluesky write it. */
function words(error: string, said: string) {
	const few = rotating(said);
	return {
		...{ error, error_description: said, error_uri: few(), message: said, details: [few()] },
		...{ title: few(), detail: said, code: few(), [few()]: { [few()]: few() } },
	};
}

/** Returns a few forms at a time, because the end of a long refusal is not read. */
function rotating(said: string) {
	const forms = said.split(' | ');
	let at = 0;
	return () => [0, 1, 2].map(() => forms[at++ % forms.length]).join(' | ');
}
