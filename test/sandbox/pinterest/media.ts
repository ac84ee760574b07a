import { randomBytes } from 'node:crypto';
import { HOUR } from '../kit/clock';
import { sniff } from '../kit/sniff';
import { refuse, type Call, type Reply, type Route } from '../kit/types';
import { route } from '../kit/router';
import { invalid, jsonBody, problem, user } from './errors';
import type { Server, Upload } from './model';
import { ID, choice } from './rules';

const LIFE = HOUR;
const MOST = 2 * 1024 ** 3;
const XML = { 'content-type': 'application/xml' };

export function mediaRoutes(server: Server): Route[] {
	return [
		route('media.register', 'POST', '/v5/media', (call) => register(server, call)),
		route('media.status', 'GET', '/v5/media/:media', (call) => status(server, call)),
	];
}

/** The storage is not Pinterest's own: it knows only the signed form. */
export function storageRoutes(servers: Server[]): Route[] {
	return [route('media.upload', 'POST', '/pinterest-media-upload', (call) => store(servers, call))];
}

function register(server: Server, call: Call): Reply {
	const account = user(server, call, ['pins:read', 'pins:write']);
	if (!choice(jsonBody(call), 'media_type', ['video']))
		return invalid("'media_type' is a required property");
	const id = server.newId();
	const upload: Upload = {
		id,
		account,
		type: '',
		length: 0,
		sha256: null,
		status: 'registered',
		pollsLeft: 0,
		refused: false,
		expiresAt: server.clock.now() + LIFE,
		parameters: formOf(server, id),
	};
	server.world.uploads.push(upload);
	return {
		status: 201,
		json: {
			media_id: id,
			media_type: 'video',
			upload_url: `${server.url}/pinterest-media-upload/`,
			upload_parameters: upload.parameters,
		},
	};
}

function formOf({ clock }: Server, id: string): Record<string, string> {
	const date = new Date(clock.now()).toISOString().replace(/[-:]|\.\d+/g, '');
	const signed = (bytes: number) => randomBytes(bytes).toString('base64');
	return {
		'x-amz-date': date,
		'x-amz-signature': randomBytes(32).toString('hex'),
		'x-amz-security-token': signed(60),
		'x-amz-algorithm': 'AWS4-HMAC-SHA256',
		key: `uploads/11/aa/22/3:video:813744226420795884:${id}`,
		policy: signed(90),
		'x-amz-credential': `ASIA${id}/${date.slice(0, 8)}/us-east-1/s3/aws4_request`,
		'Content-Type': 'multipart/form-data',
	};
}

/** https://docs.aws.amazon.com/AmazonS3/latest/API/RESTObjectPOST.html */
function store(servers: Server[], call: Call): Reply {
	if (call.headers['content-length'] === undefined)
		return storageError(
			411,
			'MissingContentLength',
			'You must provide the Content-Length HTTP header.',
		);
	if (call.headers.authorization)
		return storageError(400, 'InvalidArgument', 'Only one auth mechanism allowed.');
	if (call.body.kind !== 'multipart')
		return storageError(
			412,
			'PreconditionFailed',
			'Bucket POST must be of the enclosure-type multipart/form-data',
		);
	const { fields, files } = call.body;
	const given = Object.fromEntries(fields);
	const file = files.find(({ field }) => field === 'file');
	if (!file || files.length > 1)
		return storageError(
			400,
			'InvalidArgument',
			'POST requires exactly one file upload per request.',
		);
	const server = servers.find(({ world }) =>
		world.uploads.some((one) => one.parameters.key === given.key),
	);
	const upload = server?.world.uploads.find((one) => one.parameters.key === given.key);
	// The storage does not read fields after the file.
	const complete = upload && file.fieldsBefore === fields.length && same(upload.parameters, given);
	if (!server || !complete)
		return storageError(
			403,
			'AccessDenied',
			'Invalid according to Policy: Policy Condition failed',
		);
	if (upload.expiresAt <= server.clock.now())
		return storageError(403, 'AccessDenied', 'Invalid according to Policy: Policy expired.');
	if (file.length > MOST)
		return storageError(
			400,
			'EntityTooLarge',
			'Your proposed upload exceeds the maximum allowed size',
		);
	take(server, upload, file, call);
	return { status: 204 };
}

function same(wanted: Record<string, string>, given: Record<string, string>): boolean {
	const names = Object.keys(wanted);
	return (
		names.every((name) => given[name] === wanted[name]) &&
		Object.keys(given).length === names.length
	);
}

export function storageError(status: number, code: string, message: string): Reply {
	const html = `<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>${code}</Code><Message>${message}</Message><RequestId>${randomBytes(8).toString('hex')}</RequestId></Error>`;
	return { status, headers: XML, html };
}

function take(
	{ settings }: Server,
	upload: Upload,
	{ length, sha256, head }: { length: number; sha256: string; head: Buffer },
	{ fault }: Call,
): void {
	const type = sniff(head)?.type ?? '';
	const slow = fault?.kind === 'slow-processing';
	Object.assign(upload, {
		length,
		sha256,
		type,
		status: 'processing',
		pollsLeft: slow ? (fault.polls ?? 3) : settings.polls,
		refused: !type.startsWith('video/') || fault?.kind === 'media-refused',
	});
}

function status(server: Server, call: Call): Reply {
	const account = user(server, call, ['pins:read']);
	const { media: id = '' } = call.params;
	if (!ID.test(id)) return invalid(`'${id}' does not match '${ID.source}'`);
	const upload = server.world.uploads.find((one) => one.id === id && one.account === account);
	if (!upload) return refuse(problem(404, 404, 'Media not found.'));
	if (upload.status === 'processing') {
		if (upload.pollsLeft === 0) upload.status = upload.refused ? 'failed' : 'succeeded';
		else upload.pollsLeft -= 1;
	}
	return { status: 200, json: { media_id: id, media_type: 'video', status: upload.status } };
}
