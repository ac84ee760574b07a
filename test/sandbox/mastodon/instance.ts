import type { Route } from '../kit/types';
import { MIME_TYPES } from './media';
import { LIMITS } from './rules';
import type { Server } from './server';

const DESCRIPTION = 'A local imitation for tests';

export function instanceRoutes(server: Server): Route[] {
	const { dialect } = server.settings;
	const v1: Route = {
		operation: 'instance',
		method: 'GET',
		path: '/api/v1/instance',
		handle: () => ({ status: 200, json: older(server) }),
	};
	if (dialect !== 'current') return [v1];
	const json = current(server);
	return [v1, { ...v1, path: '/api/v2/instance', handle: () => ({ status: 200, json }) }];
}

function current(server: Server) {
	const { url, settings } = server;
	return {
		domain: new URL(url).host,
		title: 'Mastodon (sandbox)',
		version: settings.version,
		source_url: 'https://github.com/mastodon/mastodon',
		description: DESCRIPTION,
		usage: { users: { active_month: settings.accounts.length } },
		thumbnail: { url: `${url}/thumbnail.png`, blurhash: null, versions: {} },
		icon: [],
		languages: ['en'],
		configuration: {
			...configuration(server),
			urls: { streaming: url.replace(/^http/, 'ws'), status: null, about: `${url}/about` },
			vapid: { public_key: '' },
			translation: { enabled: false },
		},
		registrations: {
			enabled: false,
			approval_required: false,
			reason_required: null,
			message: null,
			url: null,
			min_age: null,
		},
		api_versions: { mastodon: 8 },
		contact: { email: 'admin@example.com', account: null },
		rules: [],
	};
}

function configuration({ settings }: Server) {
	return {
		accounts: { max_featured_tags: 10, max_pinned_statuses: 5 },
		statuses: {
			max_characters: settings.maxCharacters,
			max_media_attachments: LIMITS.media,
			characters_reserved_per_url: LIMITS.urlLength,
		},
		media_attachments: {
			supported_mime_types: MIME_TYPES,
			description_limit: LIMITS.description,
			image_size_limit: 16_777_216,
			image_matrix_limit: 33_177_600,
			video_size_limit: settings.videoBytes,
			video_frame_rate_limit: 120,
			video_matrix_limit: 8_294_400,
		},
		polls: {
			max_options: LIMITS.poll.options,
			max_characters_per_option: LIMITS.poll.characters,
			min_expiration: LIMITS.poll.minSeconds,
			max_expiration: LIMITS.poll.maxSeconds,
		},
	};
}

function older(server: Server) {
	const { settings, url } = server;
	const minimal = settings.dialect === 'minimal';
	return {
		uri: new URL(url).host,
		title: 'Mastodon (sandbox)',
		version: minimal ? '2.75 (compatible; Mastodon 4.0.0)' : settings.version,
		description: DESCRIPTION,
		short_description: DESCRIPTION,
		email: 'admin@example.com',
		urls: { streaming_api: url.replace(/^http/, 'ws') },
		stats: { user_count: settings.accounts.length, status_count: 0, domain_count: 0 },
		languages: ['en'],
		registrations: false,
		approval_required: false,
		invites_enabled: false,
		rules: [],
		...(minimal
			? { max_toot_chars: settings.maxCharacters }
			: { configuration: configuration(server) }),
	};
}
