import type { FilePart } from '../kit/multipart';
import { sniff } from '../kit/sniff';
import type { Call, Reply, Route } from '../kit/types';
import { mediaEntity } from './entities';
import type { MediaItem } from './model';
import { LIMITS } from './rules';
import { NOT_FOUND, failure, input, refuseWith, text, user, type Server } from './server';

const IMAGE_BYTES = 16_777_216;
export const MIME_TYPES = [
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
	'audio/wave',
	'audio/mpeg',
	'audio/ogg',
	'audio/vorbis',
	'audio/mp3',
	'audio/webm',
	'audio/flac',
	'audio/aac',
	'audio/m4a',
	'audio/x-m4a',
	'audio/mp4',
	'audio/3gpp',
	'video/x-ms-asf',
];

export function mediaRoutes(server: Server): Route[] {
	const { dialect } = server.settings;
	const at = '/api/v1/media/:id';
	const routes: Route[] = [
		upload(server, '/api/v1/media', false),
		{ operation: 'upload.status', method: 'GET', path: at, handle: (call) => status(server, call) },
		{ operation: 'upload.update', method: 'PUT', path: at, handle: (call) => update(server, call) },
	];
	if (dialect !== 'current') return routes;
	return [
		upload(server, '/api/v2/media', true),
		...routes,
		{
			operation: 'upload.delete',
			method: 'DELETE',
			path: at,
			handle: (call) => remove(server, call),
		},
	];
}

function upload(server: Server, path: string, asynchronous: boolean): Route {
	return {
		operation: 'upload',
		method: 'POST',
		path,
		handle: (call) => create(server, call, asynchronous),
	};
}

function create(server: Server, call: Call, asynchronous: boolean): Reply {
	const account = user(server, call, 'write:media');
	const files = call.body.kind === 'multipart' ? call.body.files : [];
	const file = files.find(({ field }) => field === 'file');
	if (!file) return failure(422, "Validation failed: File can't be blank");
	const item = accepted(server, account, file);
	const thumbnail = files.find(({ field }) => field === 'thumbnail');
	if (thumbnail) item.thumbnail = { length: thumbnail.length, sha256: thumbnail.sha256 };
	describe(item, input(call));
	const { fault } = call;
	const slow = fault?.kind === 'slow-processing';
	item.failed = fault?.kind === 'media-refused';
	if (asynchronous && (slow || item.failed || item.kind !== 'image'))
		item.pollsLeft = slow ? (fault.polls ?? 3) : server.settings.polls;
	server.state.media.push(item);
	const waiting = item.pollsLeft > 0 || item.failed;
	return { status: waiting ? 202 : 200, json: mediaEntity(server, item) };
}

function accepted({ newId, settings }: Server, account: string, file: FilePart): MediaItem {
	const seen = sniff(file.head);
	const type = seen?.type ?? file.type;
	// Servers of the dialect `minimal` check only the part's content type.
	const known = settings.dialect === 'minimal' || (seen && MIME_TYPES.includes(type));
	if (!known || file.length === 0)
		refuseWith(422, 'Validation failed: File content type is invalid, File is invalid');
	const isImage = type.startsWith('image/');
	const limit = isImage ? IMAGE_BYTES : settings.videoBytes;
	if (file.length > limit)
		refuseWith(
			422,
			`Validation failed: File file size must be less than ${Math.floor(limit / 1048576)} MB`,
		);
	const { width, height } = seen ?? {};
	const { length, sha256, filename } = file;
	const size = { ...(width && { width }), ...(height && { height }) };
	const kind = type === 'image/gif' ? 'gifv' : (type.split('/')[0] as MediaItem['kind']);
	return {
		id: newId(),
		account,
		kind,
		type,
		length,
		sha256,
		filename,
		...size,
		pollsLeft: 0,
		failed: false,
	};
}

/** Sets description and focus, at upload, later, or in a status edit. */
export function describe(item: MediaItem, { description, focus }: Record<string, unknown>): void {
	if (description !== undefined) {
		if ([...text(description)].length > LIMITS.description)
			refuseWith(
				422,
				`Validation failed: Description is too long (maximum is ${LIMITS.description} characters)`,
			);
		item.alt = text(description);
	}
	if (focus !== undefined && text(focus)) {
		const [x = NaN, y = NaN] = text(focus).split(',').map(Number);
		if (!(Math.abs(x) <= 1) || !(Math.abs(y) <= 1))
			refuseWith(422, 'Validation failed: Focus is invalid');
		item.focus = { x, y };
	}
}

function own(server: Server, call: Call): MediaItem {
	const account = user(server, call, 'write:media');
	const item = server.state.media.find(({ id }) => id === call.params.id);
	if (!item || item.account !== account || item.attachedTo) return refuseWith(404, NOT_FOUND);
	return item;
}

function status(server: Server, call: Call): Reply {
	const item = own(server, call);
	if (item.pollsLeft > 0) {
		item.pollsLeft -= 1;
		return { status: 206, json: { ...mediaEntity(server, item), url: null, preview_url: null } };
	}
	if (item.failed) return failure(422, 'Error processing thumbnail for uploaded media');
	return { status: 200, json: mediaEntity(server, item) };
}

function update(server: Server, call: Call): Reply {
	const item = own(server, call);
	describe(item, input(call));
	return { status: 200, json: mediaEntity(server, item) };
}

function remove(server: Server, call: Call): Reply {
	const item = own(server, call);
	server.state.media.splice(server.state.media.indexOf(item), 1);
	return { status: 200, json: {} };
}
