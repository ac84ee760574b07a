import { blueskyWorld } from './bluesky';
import { facebookWorld, instagramWorld, threadsWorld } from './graph';
import { linkedInWorld, mastodonWorld, pinterestWorld, tikTokWorld, xWorld } from './others';
import type { Crawl } from './web';
import type { World } from './world';

/** By the id of the platform. */
export const worlds: Record<string, (crawl: Crawl) => Promise<World>> = {
	bluesky: blueskyWorld,
	facebook: facebookWorld,
	instagram: instagramWorld,
	linkedIn: linkedInWorld,
	mastodon: mastodonWorld,
	pinterest: pinterestWorld,
	threads: threadsWorld,
	tikTok: tikTokWorld,
	x: xWorld,
};

export type { World } from './world';
