import { bluesky } from '../Bluesky/bluesky';
import { x } from '../X/x';
import { threads } from '../Threads/threads';
import type { Platform } from './platform';

/** The one list of platforms: Crosspost, tables and contract test go by it. */
export const platforms: readonly Platform[] = [bluesky, x, threads];
