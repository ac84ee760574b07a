import type { Api } from '../shared/contract/api';
import type { Published } from '../shared/contract/post';
import type { Listed, Sought } from '../shared/contract/readBack';
import { refuse } from '../shared/errors/failure';
import { claim } from '../shared/publish/claims';
import { alike, LOOKING, type Search } from '../shared/publish/reconcile';
import { SECOND } from '../shared/units';

/** Times in ms of repeated looks: Instagram and Threads list a new post after a moment. */
export const LOOKS = { every: SECOND, atMost: 10 * SECOND };

/** The container of a post and, for a carousel, those of its items. They identify the post. */
export interface Containers {
	container?: string;
	children?: string[];
	/** Epoch ms; the post cannot be older. */
	since: number;
}

/** A post made from containers that is or may be published. */
export interface Made {
	api: Api;
	/** First part of every rule ID. */
	platform: string;
	name: string;
	of: Containers;
	newest: Search['newest'];
	sought: Sought;
	/** The result with the container's ID, for a post that no list shows. */
	unlisted(id: string): Published;
}

type Found = Awaited<ReturnType<typeof alike>>['found'];

/** The items identify a carousel, even if its parent container is made again. */
function keysOf({ children, container }: Containers): string[] {
	const key = children?.join() ?? container;
	return key === undefined ? [] : [`made of ${key}`];
}

/** Claims the post, so that a later run with the same containers recognizes it. */
export function claimMade({ attempt: { owner } }: Api, of: Containers, id: string) {
	for (const key of keysOf(of)) claim({ owner, key }, id);
}

/**
 * The account's posts that may be this one, newest first; throws if none is found and the list is
 * incomplete.
 */
export async function anyLike({ api, platform, name, of, newest, sought }: Made): Promise<Found> {
	const search = { newest, since: of.since, keys: keysOf(of) };
	const { found, complete } = await alike(api, search, sought);
	return found.length > 0 || complete ? found : refuseUnread(platform, name);
}

/** An incomplete list without the post proves nothing. */
function refuseUnread(platform: string, name: string): never {
	return refuse({
		code: 'platform_unavailable',
		platform,
		rule: `${platform}.list.endless`,
		message: `The list of posts that ${name} gives has not come to those from before this one.`,
		remediation: 'Try again later, and look at the account for the post before that.',
	});
}

/**
 * Finds the post of a published container, which does not tell the post's ID, among the newest
 * posts.
 */
export async function findPublished(made: Made): Promise<Published> {
	const { api, name, of } = made;
	let found: Found = [];
	await api.tolerate(LOOKING, async () => {
		const look = async () => {
			found = await anyLike(made);
			// If only uncertain posts are listed, keeps looking, because this one may appear later.
			return found.some(({ is }) => is !== 'maybe') || undefined;
		};
		await api.until(look, LOOKS);
	});
	const sure = found.filter(({ is }) => is !== 'maybe');
	const [post, ...others] = sure.length > 0 ? sure : found;
	if (post && others.length === 0) return await earlier(post);
	const why = post
		? `but not which of these it is: ${named([post, ...others])}`
		: 'but does not list it yet';
	const result = made.unlisted(String(of.container ?? of.children?.[0]));
	const warning = `${name} says that the post is out ${why}: the ID is that of its container.`;
	const warnings = [warning, ...(result.warnings ?? [])];
	return { ...result, status: 'already_published', warnings };
}

/**
 * Finds a post that was already published although no container says so; undefined if there is
 * none. Throws if a post only may be the one.
 */
export async function findEarlier(made: Made, found: Found): Promise<Published | undefined> {
	const [post, ...others] = found;
	if (!post) return undefined;
	if (post.is !== 'maybe' && others.length === 0) return await earlier(post);
	return refuse({
		code: 'outcome_unknown',
		platform: made.platform,
		rule: `${made.platform}.resume.unclear`,
		message: `The carousel may be out already, as one of these posts of the account: ${named(found)}. Nothing more was published.`,
		remediation:
			'Look at these posts. If this carousel is among them, nothing is left to do; if not, publish it again with Post: Publish.',
	});
}

async function earlier(post: Listed): Promise<Published> {
	return { ...(await post.published()), status: 'already_published' };
}

function named(posts: readonly Listed[]): string {
	return posts.map(({ id, url }) => url ?? id).join(', ');
}
