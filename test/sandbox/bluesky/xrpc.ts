import { bearerAuth } from '../kit/consent';
import type { Clock } from '../kit/clock';
import { route } from '../kit/router';
import { refuse, type Call, type Refusals, type Reply, type Route } from '../kit/types';

/** Makes the route of one lexicon method. */
export function xrpcRoute(
	operation: string,
	method: 'GET' | 'POST',
	nsid: string,
	handle: Route['handle'],
): Route {
	return route(operation, method, `/xrpc/${nsid}`, handle);
}

export function xrpcError(status: number, error: string, message: string): Reply {
	return { status, json: { error, message } };
}

export function refuseXrpc(status: number, error: string, message: string): never {
	return refuse(xrpcError(status, error, message));
}

export function param({ query }: Call, name: string): string {
	const value = query.get(name);
	if (value) return value;
	return refuseXrpc(400, 'InvalidRequest', `Error: Params must have the property "${name}"`);
}

export function pageSize({ query }: Call, usual: number): number {
	const limit = Number(query.get('limit') ?? usual);
	if (Number.isInteger(limit) && limit >= 1 && limit <= 100) return limit;
	const wrong = limit > 100 ? 'greater than 100' : 'less than 1';
	return refuseXrpc(400, 'InvalidRequest', `Error: limit can not be ${wrong}`);
}

export interface ServiceClaims {
	iss: string;
	aud: string;
	lxm?: string;
	exp: number;
}

/**
 * Reads the claims of a service token. The PDS that gets it next checks its signature; without the
 * account's keys it cannot be checked here.
 */
export function serviceClaims(
	{ now }: Clock,
	call: Call,
	expected: { aud: string | RegExp; lxm: string },
): ServiceClaims {
	const value = bearerAuth(call.headers.authorization);
	if (!value) return refuseXrpc(401, 'AuthMissing', 'Authentication Required');
	const claims = decoded(value);
	if (!claims) return refuseXrpc(401, 'BadJwt', 'poorly formatted jwt');
	if (claims.exp * 1000 < now()) return refuseXrpc(401, 'JwtExpired', 'jwt expired');
	const { aud, lxm } = expected;
	if (typeof aud === 'string' ? claims.aud !== aud : !aud.test(claims.aud))
		return refuseXrpc(401, 'BadJwtAudience', 'jwt audience does not match service did');
	if (claims.lxm !== lxm)
		return refuseXrpc(
			401,
			'BadJwtLexiconMethod',
			`bad jwt lexicon method ("lxm"). must match: ${lxm}`,
		);
	return claims;
}

function decoded(token: string): ServiceClaims | undefined {
	try {
		const payload = Buffer.from(token.split('.')[1] ?? '', 'base64url').toString();
		const claims = JSON.parse(payload) as ServiceClaims;
		return typeof claims.iss === 'string' && typeof claims.exp === 'number' ? claims : undefined;
	} catch {
		return undefined;
	}
}

export function xrpcRefusals(special: Refusals['special'] = {}): Refusals {
	return {
		notFound: () => xrpcError(501, 'MethodNotImplemented', 'Method Not Implemented'),
		malformed: () => xrpcError(400, 'InvalidRequest', 'request entity could not be parsed'),
		tooLarge: () => xrpcError(413, 'PayloadTooLarge', 'request entity too large'),
		rateLimited: (_call, seconds) => ({
			...xrpcError(429, 'RateLimitExceeded', 'Rate Limit Exceeded'),
			headers: {
				'ratelimit-limit': '3000',
				'ratelimit-remaining': '0',
				'ratelimit-reset': String(Math.ceil(Date.now() / 1000) + seconds),
				'ratelimit-policy': '3000;w=300',
				'retry-after': String(seconds),
			},
		}),
		serverError: (_call, status) =>
			status === 502
				? xrpcError(502, 'UpstreamFailure', 'Upstream Failure')
				: xrpcError(status, 'InternalServerError', 'Internal Server Error'),
		deadToken: () => xrpcError(401, 'JwtExpired', 'jwt expired'),
		refused: () => xrpcError(400, 'InvalidRequest', 'Request refused'),
		mediaRefused: () => xrpcError(400, 'UnsupportedContentType', 'unsupported content type'),
		special,
	};
}

/** Reads JSON from a PDS; undefined if the PDS does not have it. */
export async function fromPds<Body>(
	pdsUrl: string,
	method: string,
	query: Record<string, string>,
): Promise<Body | undefined> {
	const response = await fetch(`${pdsUrl}/xrpc/${method}?${new URLSearchParams(query)}`);
	const body = (await response.json()) as Body;
	return response.ok ? body : undefined;
}
