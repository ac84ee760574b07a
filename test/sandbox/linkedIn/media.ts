import { createHash, randomBytes } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { DAY, SECOND } from '../kit/clock';
import { route } from '../kit/router';
import { sniff } from '../kit/sniff';
import { refuse, type Call, type Reply, type Route } from '../kit/types';
import {
	denied,
	invalid,
	jsonBody,
	mayWriteAs,
	member,
	missing,
	needs,
	restCall,
	unknownFields,
} from './errors';
import { assetStatus, type Asset, type AssetKind, type Server } from './model';
import { urnIn } from './posts';
import { mediaError } from './rules';

const PIXELS = 36_152_320;
const VIDEO = { min: 75_000, max: 500 * 1024 * 1024 };
const DOCUMENT_BYTES = 100 * 1024 * 1024;
const COLLECTIONS: Record<string, AssetKind> = {
	images: 'image',
	videos: 'video',
	documents: 'document',
};

export function mediaRoutes(server: Server): Route[] {
	const each = Object.entries(COLLECTIONS).flatMap(([name, kind]) => [
		route('initialize', 'POST', `/rest/${name}`, (call) => act(server, call, kind)),
		route('status', 'GET', `/rest/${name}/:urn`, (call) => status(server, call, kind)),
	]);
	return [
		...each,
		route('upload', 'PUT', '/dms-uploads/:id/uploaded', (call) => uploadWhole(server, call)),
		{
			...route('part', 'PUT', '/dms-uploads/:id/part/:index', (call) => uploadPart(server, call)),
			spool: true,
		},
	];
}

/** Runs the action that `?action=` names. */
async function act(server: Server, call: Call, kind: AssetKind): Promise<Reply> {
	const action = call.query.get('action');
	if (action === 'initializeUpload') return initialize(server, call, kind);
	if (action === 'finalizeUpload' && kind === 'video') return await finalize(server, call);
	return missing(`action ${String(action)}`);
}

function initialize(server: Server, call: Call, kind: AssetKind): Reply {
	const token = restCall(server, call);
	const asked = (jsonBody(call).initializeUploadRequest ?? {}) as Record<string, unknown>;
	const own = kind === 'video' ? ['fileSizeBytes', 'uploadCaptions', 'uploadThumbnail'] : [];
	unknownFields(asked, ['owner', ...own], '/initializeUploadRequest');
	if (!asked.owner) invalid('MISSING_FIELD', '/initializeUploadRequest/owner is required', 'owner');
	const owner = mayWriteAs(
		server,
		token,
		asked.owner,
		`partnerApi${kind}s.ACTION-initializeUpload`,
	);
	const totalBytes = Number(asked.fileSizeBytes);
	if (kind === 'video' && !(totalBytes >= 1 && totalBytes <= VIDEO.max))
		invalid(
			'INVALID_VALUE_FOR_FIELD',
			`fileSizeBytes is ${String(asked.fileSizeBytes)}`,
			'fileSizeBytes',
		);
	const asset = opened(server, kind, owner, kind === 'video' ? totalBytes : undefined);
	const root = `${server.url}/dms-uploads/${idOf(asset)}`;
	const end = asset.uploadUntil;
	if (kind !== 'video') {
		const uploadUrl = `${root}/uploaded?ca=vector_${kind}&ut=${asset.ut}`;
		return {
			status: 200,
			json: { value: { uploadUrl, uploadUrlExpiresAt: end, [kind]: asset.id } },
		};
	}
	const uploadInstructions = asset.parts.map(({ firstByte, lastByte }, index) => ({
		uploadUrl: `${root}/part/${index}?ca=vector_video&ut=${asset.ut}`,
		firstByte,
		lastByte,
	}));
	const value = { video: asset.id, uploadToken: '', uploadUrlsExpireAt: end, uploadInstructions };
	return { status: 200, json: { value } };
}

function opened(server: Server, kind: AssetKind, owner: string, totalBytes?: number): Asset {
	const { partSize } = server.settings;
	const count = totalBytes === undefined ? 0 : Math.ceil(totalBytes / partSize);
	const asset: Asset = {
		id: `urn:li:${kind}:C4E10AQ${server.newId()}`,
		kind,
		owner,
		type: '',
		length: 0,
		sha256: null,
		state: 'waiting',
		readyAt: 0,
		ut: randomBytes(12).toString('base64url'),
		uploadUntil: server.clock.now() + (kind === 'video' ? 30 * DAY : DAY),
		parts: Array.from({ length: count }, (_, index) => ({
			firstByte: index * partSize,
			lastByte: Math.min((index + 1) * partSize, totalBytes!) - 1,
		})),
		...(totalBytes !== undefined && { totalBytes }),
	};
	server.state.media.push(asset);
	return asset;
}

const idOf = ({ id }: Asset) => id.split(':').pop()!;

/** Returns the asset of a signed URL. */
function signed(server: Server, call: Call): Asset {
	const asset = server.state.media.find((one) => idOf(one) === call.params.id);
	if (!asset || asset.ut !== call.query.get('ut')) return denied('this upload');
	if (asset.uploadUntil <= server.clock.now())
		return refuse(mediaError('EXPIRED_UPLOAD_URL', 'The upload URL has expired'));
	return asset;
}

/** A second upload to the same URL replaces the first one. */
function uploadWhole(server: Server, call: Call): Reply {
	member(server, call);
	const asset = signed(server, call);
	if (call.body.kind !== 'binary') return mediaError('UPDATING_ASSET_FAILED', 'The file is empty');
	const { digest } = call.body;
	const seen = sniff(digest.head);
	const type = seen?.type ?? officeType(digest.head);
	const { length, sha256 } = digest;
	const { width, height } = seen ?? {};
	Object.assign(asset, { type, length, sha256, ...(width && { width, height }) });
	const isDocument = asset.kind === 'document';
	const fits = isDocument
		? type.startsWith('application/') && length <= DOCUMENT_BYTES
		: /^image\/(jpeg|png|gif)$/.test(type) && (width ?? 0) * (height ?? 0) < PIXELS;
	done(server, asset, fits, call);
	return { status: 201 };
}

function officeType(head: Buffer): string {
	const start = head.toString('latin1', 0, 5);
	if (start === '%PDF-') return 'application/pdf';
	if (start.startsWith('PK\x03\x04')) return 'application/zip';
	return start.startsWith('\xd0\xcf\x11\xe0') ? 'application/x-cfb' : '';
}

function done(server: Server, asset: Asset, fits: boolean, { fault }: Call): void {
	const failed = !fits || fault?.kind === 'media-refused';
	const slow = fault?.kind === 'slow-processing' ? (fault.polls ?? 3) * 10 * SECOND : 0;
	asset.state = failed ? 'failed' : 'uploaded';
	asset.readyAt = server.clock.now() + server.settings.processing + slow;
	if (failed) asset.failure = 'The media file is corrupted or of an unsupported format';
}

function uploadPart(server: Server, call: Call): Reply {
	const asset = signed(server, call);
	if (call.headers.authorization !== undefined)
		return denied('an upload URL with an Authorization header');
	const part = asset.parts[Number(call.params.index)];
	if (!part || call.body.kind !== 'binary')
		return mediaError('UPDATING_ASSET_FAILED', 'No such part');
	const { digest, file } = call.body;
	const wanted = part.lastByte - part.firstByte + 1;
	if (digest.length !== wanted)
		return mediaError('UPDATING_ASSET_FAILED', `${digest.length} bytes instead of ${wanted}`);
	const etag = `/ambry-video/signedId/${randomBytes(9).toString('base64url')}`;
	Object.assign(part, { etag, sha256: digest.sha256, file });
	return { status: 200, headers: { etag: server.settings.quotedEtags ? `"${etag}"` : etag } };
}

async function finalize(server: Server, call: Call): Promise<Reply> {
	const token = restCall(server, call);
	const asked = (jsonBody(call).finalizeUploadRequest ?? {}) as Record<string, unknown>;
	unknownFields(asked, ['video', 'uploadToken', 'uploadedPartIds'], '/finalizeUploadRequest');
	const asset = server.state.media.find(({ id, kind }) => id === asked.video && kind === 'video');
	if (!asset) return invalid('INVALID_VIDEO_ID', `${String(asked.video)} is not valid`, 'video');
	mayWriteAs(server, token, asset.owner, 'partnerApiVideos.ACTION-finalizeUpload');
	if (asked.uploadToken === undefined)
		invalid('MISSING_FIELD', 'uploadToken is required', 'uploadToken');
	const wanted = asset.parts.map(({ etag }) => etag);
	if (
		wanted.includes(undefined) ||
		JSON.stringify(wanted) !== JSON.stringify(asked.uploadedPartIds)
	)
		return mediaError(
			'UPDATING_ASSET_FAILED',
			'uploadedPartIds are not those of all parts in order',
		);
	// The call is repeated after a lost answer; the parts are already joined.
	if (asset.state !== 'waiting') return { status: 200 };
	const { head, sha256 } = await together(asset);
	const type = sniff(head)?.type ?? '';
	const fits = type === 'video/mp4' && asset.totalBytes! >= VIDEO.min;
	Object.assign(asset, { type, sha256, length: asset.totalBytes });
	done(server, asset, fits, call);
	return { status: 200 };
}

async function together({ parts }: Asset): Promise<{ head: Buffer; sha256: string }> {
	const hash = createHash('sha256');
	let head: Buffer = Buffer.alloc(0);
	for (const part of parts) {
		for await (const chunk of createReadStream(part.file!)) {
			if (head.length === 0) head = Buffer.from(chunk as Buffer);
			hash.update(chunk as Buffer);
		}
		await rm(part.file!, { force: true });
	}
	return { head, sha256: hash.digest('hex') };
}

const READERS = ['r_organization_social', 'w_organization_social', 'rw_organization_admin'];

function status(server: Server, call: Call, kind: AssetKind): Reply {
	const token = restCall(server, call);
	const urn = urnIn(call);
	if (!(kind === 'video' && server.settings.memberVideoStatus))
		needs(token, READERS, `partnerApi${kind}s.GET`);
	const asset = server.state.media.find(({ id }) => id === urn);
	if (!asset || asset.kind !== kind) return missing(urn);
	const now = assetStatus(asset, server.clock.now());
	const failure = now === 'PROCESSING_FAILED' && kind === 'video' ? asset.failure : undefined;
	return {
		status: 200,
		json: {
			id: urn,
			owner: asset.owner,
			status: now,
			...(failure && { processingFailureReason: failure }),
		},
	};
}
