import type { IDataObject } from 'n8n-workflow';

import type { Api } from '../shared/contract/api';
import type { Limits, MediaLimit } from '../shared/contract/limits';
import { objectIn } from '../shared/errors/objectIn';

/** The limits that an instance reports: https://docs.joinmastodon.org/methods/instance */
export interface MastodonLimits extends Limits {
	readonly quotes: boolean;
	/**
	 * Mastodon itself, not a compatible server: it applies idempotency keys and lists scheduled
	 * posts.
	 */
	readonly genuine: boolean;
}

interface Instance {
	version?: string;
	api_versions?: { mastodon?: number };
	max_toot_chars?: number;
	configuration?: {
		statuses?: IDataObject;
		media_attachments?: IDataObject;
		polls?: IDataObject;
	};
}

/** API version of Mastodon 4.5: https://docs.joinmastodon.org/client/quotes */
const QUOTES_SINCE = 7;
const MISSING = [404, 405, 410, 501];

const TYPES = [
	'image/jpeg',
	'image/png',
	'image/gif',
	'image/heic',
	'image/heif',
	'image/webp',
	'image/avif',
	'video/webm',
	'video/mp4',
	'video/quicktime',
	'video/ogg',
	'video/x-ms-asf',
	'audio/wav',
	'audio/mpeg',
	'audio/ogg',
	'audio/flac',
	'audio/aac',
	'audio/mp4',
];

/** Type names used by instances, and the name that the pack detects for the same bytes. */
const SAME: Record<string, string> = {
	'audio/wave': 'audio/wav',
	'audio/x-wav': 'audio/wav',
	'audio/x-pn-wave': 'audio/wav',
	'audio/vnd.wave': 'audio/wav',
	'audio/mp3': 'audio/mpeg',
	'audio/vorbis': 'audio/ogg',
	'audio/m4a': 'audio/mp4',
	'audio/x-m4a': 'audio/mp4',
};

/** Mastodon's own limits, used for values that an instance omits. */
export const usualLimits = limitsIn({});

/**
 * Reads the instance's limits. Older and several compatible servers have only the first version of
 * the document, or none.
 */
export async function limitsOf(api: Api): Promise<MastodonLimits> {
	const newer = await api.reply({ path: '/api/v2/instance' }, MISSING);
	if (newer.status === 200) return limitsIn(objectIn(newer.body));
	const older = await api.reply({ path: '/api/v1/instance' }, MISSING);
	return older.status === 200 ? limitsIn(objectIn(older.body)) : usualLimits;
}

function limitsIn({ configuration = {}, max_toot_chars, ...instance }: Instance): MastodonLimits {
	const { statuses = {}, media_attachments: media = {}, polls = {} } = configuration;
	return {
		text: {
			max: positive(statuses.max_characters, positive(max_toot_chars, 500)),
			unit: 'graphemes',
			urlLength: positive(statuses.characters_reserved_per_url, 23),
			mentionWithoutHost: true,
		},
		textOptional: true,
		media: mediaLimits(media, positive(statuses.max_media_attachments, 4)),
		schedule: {
			...{ ahead: { min: 5 }, pastIsNow: true },
			note: 'The result has the ID of the scheduled post.',
		},
		poll: {
			answers: { min: 2, max: positive(polls.max_options, 4) },
			answer: { max: positive(polls.max_characters_per_option, 50), unit: 'graphemes' },
			minutes: {
				min: Math.ceil(positive(polls.min_expiration, 300) / 60),
				max: Math.floor(positive(polls.max_expiration, 2_629_746) / 60),
			},
			...{ multiple: true, hideTotals: true },
			...(pollsWithMedia(instance) && { media: 'allowed' }),
		},
		quotes: Number(instance.api_versions?.mastodon ?? 0) >= QUOTES_SINCE,
		genuine: isGenuine(instance),
	};
}

/**
 * Whether the server is Mastodon itself: only Mastodon is known to apply idempotency keys. Since
 * 4.3 it reports its API version. Compatible servers report none, add their name, "2.7.2
 * (compatible; Pleroma 2.9.1)", or use another numbering.
 */
function isGenuine({ version = '', api_versions }: Instance): boolean {
	const [, major] = /^v?(\d+)\.[^(]*$/.exec(version) ?? [];
	return Number(major) >= 4 && Number(api_versions?.mastodon) >= 1;
}

/** Media limits: several images, or one file of another kind. */
function mediaLimits(said: IDataObject, images: number): Limits['media'] {
	const listed = Array.isArray(said.supported_mime_types) ? said.supported_mime_types : [];
	const all = listed.length > 0 ? listed.map((type) => SAME[String(type)] ?? String(type)) : TYPES;
	const image = {
		bytes: positive(said.image_size_limit, 16_777_216),
		pixels: positive(said.image_matrix_limit, 33_177_600),
	};
	const video = {
		bytes: positive(said.video_size_limit, 103_809_024),
		pixels: positive(said.video_matrix_limit, 8_294_400),
		framesPerSecond: { min: 0, max: positive(said.video_frame_rate_limit, 120) },
	};
	const limit = (
		count: number,
		bounds: Pick<MediaLimit, 'bytes' | 'pixels' | 'framesPerSecond'>,
		kind: RegExp,
	) => ({
		count,
		...bounds,
		types: [...new Set(all.filter((type) => kind.test(type)))],
		from: 'bytes' as const,
		alt: positive(said.description_limit, 1500),
	});
	return {
		image: limit(images, image, /^image\/(?!gif$)/),
		gif: limit(1, image, /^image\/gif$/),
		video: limit(1, video, /^video\//),
		audio: limit(1, { bytes: video.bytes }, /^audio\//),
	};
}

/** Mastodon allows this since 4.7; compatible servers number their versions differently. */
function pollsWithMedia({ version = '', api_versions }: Instance): boolean {
	const [major = 0, minor = 0] = version.split('.').map((part) => parseInt(part, 10));
	return api_versions?.mastodon !== undefined && (major > 4 || (major === 4 && minor >= 7));
}

function positive(value: unknown, otherwise: number): number {
	const number = Number(value);
	return Number.isFinite(number) && number > 0 ? number : otherwise;
}
