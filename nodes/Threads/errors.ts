import { graphExplain } from '../Meta/errors';
import type { Reply } from '../shared/contract/http';
import type { Meaning } from '../shared/contract/meaning';
import { scopes } from './scopes';

const explainGraph = graphExplain({
	platform: 'threads',
	permissions: `Connect the credential again with the permissions that are missing: publishing takes ${scopes.write.join(' and ')}, other operations ${scopes.extended.join(', ')}. An account that has no role in your app needs Advanced Access.`,
	subcodes: {
		2207051: { code: 'platform_rejected' },
		2207052: {
			code: 'media_rejected',
			remediation:
				'Threads fetches media itself: the URL must lead to the file from the internet, without login, redirect or robots.txt rule against it.',
		},
		4279013: { code: 'platform_rejected' },
		// Sent for a container that is a few seconds old, even after its status was FINISHED:
		// https://github.com/fbsamples/threads_api/issues/70
		4279009: { code: 'platform_unavailable', repeatAfterMs: 5000 },
	},
});

/** The token endpoint has its own envelope; a container's status has only `error_message`. */
export function explain(reply: Reply): Meaning | undefined {
	const { error_type, error_message } = (reply.body ?? {}) as {
		error_type?: string;
		error_message?: string;
	};
	return (
		explainGraph(reply) ??
		(error_type === undefined
			? undefined
			: { code: 'platform_auth_failed', rule: `threads.${error_type}`, message: error_message })
	);
}
