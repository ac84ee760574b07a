import { discordWebhook } from '@/examples/platform/nodes/DiscordWebhook/discordWebhook';
import { discordWebhook as record } from '@/examples/platform/test/platforms/discordWebhook';
import type { Platform } from '@/nodes/shared/contract/platform';
import { records as shippedRecords } from '.';
import type { PlatformRecord } from './record';

/** The pack's own list, also where a test has put this one in its place. */
const { platforms: shipped } = jest.requireActual<{ platforms: readonly Platform[] }>(
	'@/nodes/platforms',
);

/**
 * Those that the contract asks: every platform of the pack, and the worked example of CONTRIBUTING.md,
 * which is not shipped and must be as good as they are.
 */
export const platforms: readonly Platform[] = [...shipped, discordWebhook];

/** By the id of the platform. */
export const records: Readonly<Record<string, PlatformRecord>> = {
	...shippedRecords,
	discordWebhook: record,
};
