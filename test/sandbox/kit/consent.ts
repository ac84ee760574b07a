import { nested } from './body';
import { escaped, page } from './page';
import type { CodeStore, Grant } from './tokens';
import type { Call, Reply, Route } from './types';

export interface Client {
	id: string;
	secret: string;
	name: string;
	redirectUris: string[];
	scopes?: string[];
}

/** A checked authorize request. */
export type Asked = Omit<Grant, 'account'> & { state?: string; clientName: string };

export interface Consent {
	platform: string;
	paths: string[];
	accounts: () => string[];
	codes: CodeStore;
	/** Checks the request; throws a Refusal with the platform's error page. */
	ask(query: URLSearchParams): Asked;
	/** Further parameters of a refusal, besides error and state. */
	denied: Record<string, string>;
	/** Appended to every redirect (Meta appends `#_`). */
	fragment?: string;
	/** Shown instead of a redirect (out-of-band codes). */
	showCode?(asked: Asked, code: string): Reply | undefined;
}

/**
 * GET shows the consent page. Its form posts the same parameters plus `decision` (allow or deny)
 * and `account` to the same path; a plain HTTP client may do the same.
 */
export function consentRoutes(consent: Consent): Route[] {
	return consent.paths.flatMap((path): Route[] => [
		{ operation: 'authorize', method: 'GET', path, handle: (call) => question(consent, call) },
		{ operation: 'decide', method: 'POST', path, handle: (call) => decision(consent, call) },
	]);
}

function question(consent: Consent, { path, query }: Call): Reply {
	const { clientName, scopes, redirectUri } = consent.ask(query);
	const hidden = [...query].map(
		([name, value]) => `<input type="hidden" name="${escaped(name)}" value="${escaped(value)}">`,
	);
	const accounts = consent.accounts().map((name) => `<option>${escaped(name)}</option>`);
	const body = `<h1>${escaped(clientName)} wants to use your ${consent.platform} account</h1>
<p>It will be able to:</p><ul>${scopes.map((scope) => `<li>${escaped(scope)}</li>`).join('')}</ul>
<p>You will be sent to ${escaped(redirectUri)}</p>
<form method="post" action="${escaped(path)}">${hidden.join('')}
<p><label>Account <select name="account">${accounts.join('')}</select></label></p>
<button name="decision" value="allow">Allow</button>
<button name="decision" value="deny">Deny</button></form>`;
	return page(`Authorize ${clientName} on ${consent.platform} (sandbox)`, body);
}

function decision(consent: Consent, call: Call): Reply {
	const fields = call.body.kind === 'form' ? call.body.fields : [];
	const query = new URLSearchParams(fields.length ? fields : [...call.query]);
	const asked = consent.ask(query);
	const { decision: decided, account } = nested(query) as Record<string, string>;
	if (decided !== 'allow')
		return back(consent, asked, { error: 'access_denied', ...consent.denied });
	const { state: _state, clientName: _name, ...grant } = asked;
	const who = consent.accounts().includes(account ?? '') ? account! : consent.accounts()[0]!;
	const code = consent.codes.issue({ ...grant, account: who });
	return consent.showCode?.(asked, code) ?? back(consent, asked, { code });
}

function back(consent: Consent, asked: Asked, parameters: Record<string, string>): Reply {
	const target = new URL(asked.redirectUri);
	for (const [name, value] of Object.entries(parameters)) target.searchParams.set(name, value);
	if (asked.state !== undefined) target.searchParams.set('state', asked.state);
	return { status: 302, headers: { location: target.href + (consent.fragment ?? '') } };
}

/** `Basic aWQ6c2VjcmV0` -> ['id', 'secret'] */
export function basicAuth(header: string | undefined): [string, string] | undefined {
	const encoded = /^Basic (.+)$/i.exec(header ?? '')?.[1];
	if (!encoded) return undefined;
	const [id = '', ...rest] = Buffer.from(encoded, 'base64').toString('utf8').split(':');
	return [id, rest.join(':')];
}

export function bearerAuth(header: string | undefined): string | undefined {
	return /^Bearer (.+)$/i.exec(header ?? '')?.[1];
}
