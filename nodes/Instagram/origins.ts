import type { Api } from '../shared/api';
import type { State } from './container';

/**
 * What the posts were made of that this process published. Instagram does not tell, so that two
 * posts with the same words would be taken for each other.
 */
const origins = new Map<string, string>();
const MOST = 1000;

export function remember(api: Api, id: string, state: State) {
	const name = nameOf(api, id);
	if (origins.has(name)) return;
	origins.set(name, originOf(state));
	for (const oldest of origins.keys()) {
		if (origins.size <= MOST) break;
		origins.delete(oldest);
	}
}

/** Whether a post was made of these containers; undefined if nobody here knows. */
export function isMadeOf(api: Api, id: string, state: State): boolean | undefined {
	const origin = origins.get(nameOf(api, id));
	return origin === undefined ? undefined : origin === originOf(state);
}

/** The items of a carousel tell it from others, however often its parent is made. */
function originOf({ children, container }: State): string {
	return children?.join() ?? String(container);
}

function nameOf({ credential }: Api, id: string): string {
	return `${String(credential.apiBaseUrl)} ${id}`;
}
