import { KIB, MIB, MINUTE, SECOND } from './units';

type Unit =
	| 'ms'
	| 'bytes'
	| 'characters'
	| 'pages'
	| 'times'
	| 'times per second'
	| 'bytes per second';

interface Bound {
	readonly most: number;
	readonly unit: Unit;
	/** What the bound applies to, as in docs/bounds.md. */
	readonly of: string;
}

/**
 * Limits on waiting and reading, independent of servers, pages and files. A platform's own limits
 * are in its definition.
 */
export const bounds = {
	request: { most: MINUTE, unit: 'ms', of: 'A request and the whole of its answer' },
	tries: { most: 4, unit: 'times', of: 'Sending what may be sent again' },
	upload: { most: 360 * MINUTE, unit: 'ms', of: 'The upload of a file in one request' },
	lastRequest: {
		most: 20 * SECOND,
		unit: 'ms',
		of: 'A publishing request that is on its way when the execution is stopped',
	},
	answer: {
		most: MIB,
		unit: 'bytes',
		of: 'The answer to a publishing request or a login, after decompression; a larger one counts as none',
	},
	/** JSON may escape letters as \u0416, so a hundred long posts can exceed 1 MiB. */
	listing: {
		most: 16 * MIB,
		unit: 'bytes',
		of: 'Any other answer of a platform, such as a page of a list, likewise',
	},
	refusal: { most: 64 * KIB, unit: 'bytes', of: 'An answer that refuses; the rest is not read' },
	redirects: { most: 5, unit: 'times', of: 'Redirects of a linked page or of media by URL' },
	page: { most: 15 * SECOND, unit: 'ms', of: 'Reading a linked page' },
	/** Heads of real pages reach 800 kB. */
	pageHead: { most: 4 * MIB, unit: 'bytes', of: 'The head of a linked page' },
	pageDepth: { most: 200, unit: 'times', of: 'Elements within one another in a page’s head' },
	pageAttributes: {
		most: 1000,
		unit: 'times',
		of: 'Attributes of one element in a page’s head',
	},
	pageNames: { most: 1000, unit: 'times', of: 'Named texts in a page’s head' },
	pageText: { most: 10_000, unit: 'characters', of: 'One text in a page’s head' },
	idle: { most: MINUTE, unit: 'ms', of: 'Media by URL of which nothing comes' },
	download: {
		most: 10 * MINUTE,
		unit: 'ms',
		of: 'A download of media, besides what its size takes on the slowest line',
	},
	slowestLine: { most: 64 * KIB, unit: 'bytes per second', of: 'The slowest line for a download' },
	longestTimer: {
		most: 2 ** 31 - 1,
		unit: 'ms',
		of: 'Any one wait, almost 25 days: after a longer time a timer of Node.js fires at once',
	},
	askings: {
		most: 2,
		unit: 'times per second',
		of: 'How often a server is asked for what it is at work on, whatever it says',
	},
	lookUp: { most: 100, unit: 'pages', of: 'A list in which something is looked for' },
	returnAll: { most: 2000, unit: 'pages', of: 'A list of which all is wanted' },
	/** The size of a JPEG comes after its metadata, which may have several blocks of 64 KiB. */
	mediaHead: {
		most: 512 * KIB,
		unit: 'bytes',
		of: 'What is read of a file to learn what it is; of a video also its list of tracks',
	},
	boxes: { most: 10_000, unit: 'times', of: 'Boxes read in an MP4, QuickTime, HEIF or AVIF file' },
	tracks: { most: 100, unit: 'times', of: 'Tracks of a video' },
} as const satisfies Record<string, Bound>;
