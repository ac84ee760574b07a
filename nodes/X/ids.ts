import { refuse } from '../shared/errors/failure';

const POST = /^(?:https?:\/\/[^/]+\/(?:i\/web|\w+)\/status(?:es)?\/)?(\d{1,19})(?:[/?#].*)?$/;
const COMMUNITY = /^(?:https?:\/\/[^/]+\/i\/communities\/)?(\d{1,19})(?:[/?#].*)?$/;

/**
 * Parses the ID in `https://x.com/alice/status/123`, or the ID itself. IDs exceed safe integers, so
 * they stay strings.
 */
export function postIdIn(given: unknown): string | undefined {
	return POST.exec(String(given ?? '').trim())?.[1];
}

/** Parses the ID in `https://x.com/i/communities/123`, or the ID itself. */
export function communityIdIn(given: unknown): string | undefined {
	return COMMUNITY.exec(String(given ?? '').trim())?.[1];
}

export function postId(given: unknown): string {
	const id = postIdIn(given);
	if (id) return id;
	return refuse({
		code: 'validation_failed',
		platform: 'x',
		rule: 'x.post.address',
		message: `"${String(given ?? '')}" is not the URL or ID of a post on X`,
	});
}
