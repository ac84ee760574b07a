import fc from 'fast-check';

import { bodies, texts } from './setup';
import { platforms } from '@/nodes/platforms';
import type { Session } from '@/nodes/shared/contract/session';
import { redactReply } from '@/nodes/shared/errors/redact';
import { failure } from '@/nodes/shared/errors/failure';
import { classifyReply } from '@/nodes/shared/http/classify';
import { waitAdvised } from '@/nodes/shared/http/rateLimit';

const session = { credentialName: 'A', secrets: () => ['long-secret'] } as unknown as Session;
const CODES = [
	...['platform_auth_failed', 'permission_missing', 'platform_rejected', 'duplicate', 'not_found'],
	...[
		'media_rejected',
		'rate_limited',
		'quota_exceeded',
		'platform_unavailable',
		'outcome_unknown',
	],
];
const statuses = fc.constantFrom(
	0,
	200,
	201,
	204,
	302,
	400,
	401,
	403,
	404,
	409,
	422,
	429,
	500,
	502,
);

describe.each(platforms.map((platform) => [platform.name, platform] as const))(
	'an answer to %s',
	(_name, platform) => {
		it('means something, whatever it is', () => {
			fc.assert(
				fc.property(statuses, bodies, fc.boolean(), (status, body, publishing) => {
					// If there is no answer, the body is the network's error code.
					const reply = { status, headers: {}, body: status === 0 ? 'ECONNRESET' : body };
					const classified = classifyReply(platform, session, reply, { path: '/' }, publishing);
					if (!classified) return expect(status).toBeGreaterThanOrEqual(200);
					const failed = failure(classified.failure);
					expect(CODES).toContain(failed.code);
					expect(failed.message).toMatch(/\w/);
					expect(failed.remediation).toMatch(/\w/);
					expect(failed.platform).toBe(platform.id);
				}),
			);
		});
	},
);

it('gives no secret away, however it is nested', () => {
	fc.assert(
		fc.property(bodies, fc.string({ minLength: 6 }), (body, secret) => {
			const said = JSON.stringify(redactReply({ body, echo: [`a ${secret} b`] }, [secret])) ?? '';
			if (secret.trim().length >= 4) {
				expect((JSON.parse(said) as { echo: string[] }).echo[0]).not.toContain(secret);
			}
		}),
	);
});

it('advises on a time that can be waited for', () => {
	const header = fc.constantFrom('retry-after', 'x-ratelimit-reset', 'ratelimit-reset');
	fc.assert(
		fc.property(
			header,
			fc.oneof(texts, fc.double().map(String), fc.date().map(String)),
			(name, value) => {
				const wait = waitAdvised({ [name]: value }, Date.now());
				if (wait !== undefined) expect(wait).toBeGreaterThanOrEqual(0);
				if (wait !== undefined) expect(wait).toBeLessThanOrEqual(100 * 366 * 24 * 3_600_000);
			},
		),
	);
});
