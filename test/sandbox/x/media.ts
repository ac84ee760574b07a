import { createHash } from 'node:crypto';
import { DAY, SECOND } from '../kit/clock';
import { digestOf } from '../kit/digest';
import { problems, type Schema } from '../kit/schema';
import { sniff } from '../kit/sniff';
import { refuse, type Call, type Reply, type Route } from '../kit/types';
import { route } from '../kit/router';
import { SEGMENT_LIMIT, append } from './append';
import type { Server, XMedia } from './model';
import { NOT_PERMITTED, forbidden, invalid, jsonBody, missing, user } from './problems';
import { INITIALIZE, METADATA, ONE_SHOT, SUBTITLES } from './schemas';

const LIFE = DAY;
const IMAGE_BYTES = 5_242_880;
const BYTES: Record<string, number> = {
	tweet_image: IMAGE_BYTES,
	dm_image: IMAGE_BYTES,
	tweet_gif: 15_728_640,
	dm_gif: 15_728_640,
	tweet_video: 536_870_912,
	dm_video: 536_870_912,
};
const UNSUPPORTED = { code: 3, name: 'UnsupportedMedia', message: 'Unsupported video format' };

export function mediaRoutes(server: Server): Route[] {
	const root = '/2/media/upload';
	return [
		route('upload.initialize', 'POST', `${root}/initialize`, (call) => initialize(server, call)),
		{
			...route('upload.append', 'POST', `${root}/:id/append`, (call) =>
				append(server, ownMedia(server, call, call.params.id!), call),
			),
			keep: SEGMENT_LIMIT,
			limit: SEGMENT_LIMIT + 64 * 1024,
		},
		route('upload.finalize', 'POST', `${root}/:id/finalize`, (call) => finalize(server, call)),
		route('upload.status', 'GET', root, (call) => status(server, call)),
		route('upload', 'POST', root, (call) => oneShot(server, call)),
		route('alt', 'POST', '/2/media/metadata', (call) => metadata(server, call)),
		route('subtitles', 'POST', '/2/media/subtitles', (call) => subtitles(server, call)),
		route('subtitles.delete', 'DELETE', '/2/media/subtitles', (call) => subtitles(server, call)),
	];
}

function ownMedia(server: Server, call: Call, id: string): XMedia {
	const account = user(server, call, ['media.write']);
	const item = server.state.media.find((one) => one.id === id);
	if (!item || item.expiresAt <= server.clock.now())
		return refuse(invalid(['Your media IDs are invalid.'], { id: [id] }));
	return item.account === account ? item : forbidden(NOT_PERMITTED);
}

function checked<Body>(schema: Schema, value: unknown): Body {
	const wrong = problems(schema, value);
	return wrong.length ? refuse(invalid(wrong)) : (value as Body);
}

function opened(
	server: Server,
	account: string,
	category: string,
	type: string,
	totalBytes: number,
): XMedia {
	const limit = BYTES[category];
	if (limit !== undefined && totalBytes > limit)
		refuse(invalid([`File size exceeds ${limit} bytes.`], { total_bytes: [String(totalBytes)] }));
	const id = server.newId();
	const item: XMedia = {
		id,
		key: `${category.endsWith('video') ? 7 : category.endsWith('gif') ? 16 : 3}_${id}`,
		account,
		category,
		type,
		totalBytes,
		length: 0,
		sha256: null,
		state: 'open',
		pollsLeft: 0,
		expiresAt: server.clock.now() + LIFE,
		segments: [],
	};
	server.state.media.push(item);
	return item;
}

function initialize(server: Server, call: Call): Reply {
	const account = user(server, call, ['media.write']);
	const asked = checked<{
		media_type: string;
		media_category?: string;
		total_bytes: number;
		additional_owners?: string[];
	}>(INITIALIZE, jsonBody(call));
	const category = asked.media_category ?? 'tweet_image';
	const item = opened(server, account, category, asked.media_type, asked.total_bytes);
	if (asked.additional_owners) item.owners = asked.additional_owners;
	server.assemblies.set(item.id, {
		hash: createHash('sha256'),
		next: 0,
		waiting: new Map(),
		broken: false,
	});
	const { id, key } = item;
	return { status: 200, json: { data: { id, media_key: key, expires_after_secs: LIFE / SECOND } } };
}

function finalize(server: Server, call: Call): Reply {
	const item = ownMedia(server, call, call.params.id!);
	const assembly = server.assemblies.get(item.id);
	if (item.state !== 'open' || !assembly)
		return { status: 200, json: { data: entity(server, item) } };
	const length = item.segments.reduce((sum, segment) => sum + segment.length, 0);
	const gaps = item.segments.some(({ index }) => index >= item.segments.length);
	if (gaps || length !== item.totalBytes)
		return invalid([`Expected ${item.totalBytes} bytes in consecutive segments, got ${length}.`]);
	item.length = length;
	const hashed = !assembly.broken && assembly.next === item.segments.length;
	item.sha256 = hashed ? assembly.hash.digest('hex') : null;
	server.assemblies.delete(item.id);
	process(server, item, assembly.head ?? Buffer.alloc(0), call);
	return { status: 200, json: { data: entity(server, item) } };
}

/** Images are ready or refused at once; videos and GIFs are processed later. */
function process({ settings }: Server, item: XMedia, head: Buffer, { fault }: Call): void {
	const seen = sniff(head);
	const family = item.type.split('/')[0]!;
	const isText = family === 'text' || family === 'model';
	const fits = isText || (seen?.type ?? '').startsWith(family);
	const moves = /video|gif/.test(item.category);
	Object.assign(item, { ...(seen?.width && { width: seen.width, height: seen.height }) });
	const refused = fault?.kind === 'media-refused';
	if (!moves && !fits) refuse(invalid(['media type unrecognized.']));
	if (refused || !fits) item.error = UNSUPPORTED;
	const slow = fault?.kind === 'slow-processing';
	item.pollsLeft = slow ? (fault.polls ?? 3) : moves || refused ? settings.polls : 0;
	const done = item.error ? 'failed' : 'succeeded';
	item.state = item.pollsLeft > 0 ? 'pending' : done;
}

function status(server: Server, call: Call): Reply {
	const id = call.query.get('media_id') ?? '';
	const command = call.query.get('command');
	if (command !== null && command !== 'STATUS') return invalid(['command must be STATUS.']);
	const account = user(server, call, ['media.write']);
	const item = server.state.media.find((one) => one.id === id);
	if (!item) return missing('media', id);
	if (item.account !== account) forbidden(NOT_PERMITTED);
	if (item.state === 'pending' || item.state === 'in_progress') {
		const done = item.error ? 'failed' : 'succeeded';
		item.state = item.pollsLeft > 0 ? 'in_progress' : done;
		item.pollsLeft = Math.max(0, item.pollsLeft - 1);
	}
	return { status: 200, json: { data: entity(server, item, true) } };
}

function oneShot(server: Server, call: Call): Reply {
	const account = user(server, call, ['media.write']);
	const { body } = call;
	const isJson = body.kind === 'json';
	const file =
		body.kind === 'multipart' ? body.files.find(({ field }) => field === 'media') : undefined;
	const value = isJson
		? body.value
		: {
				...Object.fromEntries(body.kind === 'multipart' ? body.fields : []),
				...(file && { media: '' }),
			};
	const asked = checked<{ media: string; media_category: string }>(ONE_SHOT, value);
	const digest = file ?? digestOf(Buffer.from(asked.media, 'base64'));
	const type = sniff(digest.head)?.type ?? file?.type ?? 'text/srt';
	if (digest.length > IMAGE_BYTES) return invalid([`File size exceeds ${IMAGE_BYTES} bytes.`]);
	const item = opened(server, account, asked.media_category, type, digest.length);
	Object.assign(item, { length: digest.length, sha256: digest.sha256 });
	const expected =
		asked.media_category === 'subtitles'
			? 'text'
			: /image|gif/.test(asked.media_category)
				? 'image'
				: 'video';
	if (!type.startsWith(expected)) return invalid(['media type unrecognized.']);
	process(server, item, digest.head, call);
	return { status: 200, json: { data: entity(server, item) } };
}

function entity({ clock }: Server, item: XMedia, always = false) {
	const { state, error, width, height } = item;
	const over = state === 'succeeded' || state === 'failed';
	const info = {
		state,
		...(over ? { progress_percent: 100 } : { check_after_secs: 1, progress_percent: 20 }),
		...(error && over && { error }),
	};
	const moves = /video|gif/.test(item.category);
	return {
		id: item.id,
		media_key: item.key,
		size: item.length,
		expires_after_secs: Math.max(0, Math.round((item.expiresAt - clock.now()) / SECOND)),
		...(width && height && !moves && { image: { w: width, h: height, image_type: item.type } }),
		...(moves && { video: { video_type: item.type } }),
		...((always || !over || error) && { processing_info: info }),
	};
}

function metadata(server: Server, call: Call): Reply {
	const asked = checked<{ id: string; metadata?: { alt_text?: { text: string } } }>(
		METADATA,
		jsonBody(call),
	);
	const item = ownMedia(server, call, asked.id);
	if (asked.metadata?.alt_text) item.alt = asked.metadata.alt_text.text;
	return {
		status: 200,
		json: { data: { id: item.id, associated_metadata: asked.metadata ?? {} } },
	};
}

function subtitles(server: Server, call: Call): Reply {
	const asked = checked<{ id?: string; media_category?: string; subtitles?: { id?: string } }>(
		SUBTITLES,
		jsonBody(call),
	);
	const item = ownMedia(server, call, asked.id ?? '');
	if (call.method === 'DELETE') {
		item.subtitles = [];
		return { status: 200, json: { data: { deleted: true } } };
	}
	const track = ownMedia(server, call, asked.subtitles?.id ?? '');
	if (track.category !== 'subtitles') return invalid(['Your media IDs are invalid.']);
	item.subtitles = [...(item.subtitles ?? []), { ...asked.subtitles, sha256: track.sha256 }];
	const { id } = item;
	return {
		status: 200,
		json: {
			data: { id, media_category: asked.media_category, associated_subtitles: item.subtitles },
		},
	};
}
