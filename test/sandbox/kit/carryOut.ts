import type { Fault } from './faults';
import { Refusal, type Call, type Platform, type Reply } from './types';

/** Runs a request's handler, or simulates the fault that was set for it. */
export async function carryOut<State>(
	platform: Platform<State>,
	call: Call,
	fault: Fault | undefined,
	run: ((call: Call) => Reply | Promise<Reply>) | undefined,
): Promise<Reply> {
	try {
		const early = fault && before(platform, call, fault);
		if (early) return shaped(early, fault);
		call.fault = fault;
		if (!run) return platform.refusals.notFound(call);
		if (call.body.kind === 'malformed') return platform.refusals.malformed(call, call.body.reason);
		const reply = platform.limited?.(call) ?? (await run(call));
		if (fault?.kind !== '5xx-after') return reply;
		return shaped(platform.refusals.serverError(call, fault.status ?? 503), fault);
	} catch (error) {
		if (error instanceof Refusal) return error.reply;
		throw error;
	}
}

/** The answer to a fault that prevents the request from taking effect. */
function before<State>(platform: Platform<State>, call: Call, fault: Fault): Reply | undefined {
	const { refusals, tokens } = platform;
	const token = tokens.find(platform.bearer(call));
	switch (fault.kind) {
		case '429':
			return refusals.rateLimited(call, fault.retryAfter ?? 60);
		case '5xx-before':
			return refusals.serverError(call, fault.status ?? 503);
		case 'expired-token':
			if (token) tokens.expire(token);
			return refusals.deadToken(call, 'expired');
		case 'revoked-token':
			if (token) tokens.revokeFamily(token.family);
			return refusals.deadToken(call, 'revoked');
		case 'refused':
			return refusals.refused(call);
		case 'media-refused':
			return fault.late ? undefined : refusals.mediaRefused(call);
		default:
			return refusals.special?.[fault.kind]?.(call);
	}
}

function shaped(reply: Reply, { status, body }: Fault): Reply {
	const { json: _json, html: _html, ...plain } = reply;
	const other = typeof body === 'string' ? { html: body } : { json: body };
	return { ...(body === undefined ? reply : { ...plain, ...other }), ...(status && { status }) };
}
