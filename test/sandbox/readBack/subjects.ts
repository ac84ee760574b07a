import { withMedia } from './media';
import { plain } from './plain';
import { platforms } from '@/nodes/platforms';

const all = [...plain, ...withMedia];

/** What the contract is asked of. */
export const subjects = all
	.filter(({ platform }) => platform.readBack)
	.map((subject) => [subject.name, subject] as const);

/** Bluesky answers it on the real server, in test/pds. */
const elsewhere = new Set(['bluesky']);

/** Platforms that read back and are not asked. */
export const missing = platforms.filter(
	({ id, readBack }) =>
		readBack && !elsewhere.has(id) && !all.some(({ platform }) => platform.id === id),
);
