import { bluesky } from './Bluesky/bluesky';
import { facebook } from './Facebook/facebook';
import { instagram } from './Instagram/instagram';
import { linkedIn } from './LinkedIn/linkedIn';
import { mastodon } from './Mastodon/mastodon';
import { pinterest } from './Pinterest/pinterest';
import { threads } from './Threads/threads';
import { tikTok } from './TikTok/tikTok';
import { x } from './X/x';
import type { Platform } from './shared/contract/platform';

/** All platforms. Crosspost, the tables in docs and the contract test use this list. */
export const platforms: readonly Platform[] = [
	bluesky,
	facebook,
	instagram,
	linkedIn,
	mastodon,
	pinterest,
	threads,
	tikTok,
	x,
];
