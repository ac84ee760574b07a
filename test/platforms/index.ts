import { bluesky } from './bluesky';
import { facebook } from './facebook';
import { instagram } from './instagram';
import { linkedIn } from './linkedIn';
import { mastodon } from './mastodon';
import { pinterest } from './pinterest';
import type { PlatformRecord } from './record';
import { threads } from './threads';
import { tikTok } from './tikTok';
import { x } from './x';

/** All sandboxes by the name of the server. */
export const sandboxes = {
	...bluesky.sandboxes,
	...facebook.sandboxes,
	...instagram.sandboxes,
	...linkedIn.sandboxes,
	...mastodon.sandboxes,
	...pinterest.sandboxes,
	...threads.sandboxes,
	...tikTok.sandboxes,
	...x.sandboxes,
};

/** By the id of the platform. */
export const records: Readonly<Record<string, PlatformRecord>> = {
	...{ bluesky, facebook, instagram, linkedIn, mastodon, pinterest, threads, tikTok, x },
};

/** Whether the platform has an imitation; otherwise its tests use a real server. */
export const isImitated = (id: string) => id in sandboxes;
