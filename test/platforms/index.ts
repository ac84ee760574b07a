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

/** Everything that starts here, by the name of the server. */
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

/** Whether the platform has an imitation; else a real server stands in for it. */
export const isImitated = (id: string) => id in sandboxes;
