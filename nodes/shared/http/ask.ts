import type { IDataObject } from 'n8n-workflow';

import type { Call, Http } from '../contract/http';
import type { Platform } from '../contract/platform';
import { redactFailure, refuse } from '../errors/failure';
import { codeOf, vendorSays } from './classify';
import { retryAtOf } from './rateLimit';

/**
 * Sends a request outside a session, such as a login. Returns the body of a good answer; throws the
 * failure of any other.
 */
export async function ask(platform: Platform, http: Http, call: Call, secrets: string[]) {
	const reply = await http(call);
	const told = vendorSays(platform, reply);
	if (reply.status >= 200 && reply.status < 300 && !told?.code) return reply.body as IDataObject;
	const code = codeOf(reply, told);
	return refuse(
		redactFailure(
			{
				...(code === 'rate_limited' && retryAtOf(reply.headers)),
				...told,
				code,
				platform: platform.id,
				docUrl: platform.docs,
				message: `${platform.name}: ${told?.message ?? `HTTP ${reply.status || String(reply.body)}`}`,
				...(reply.status > 0 && { httpStatus: reply.status }),
			},
			secrets,
		),
	);
}
