import type { Clock } from '../kit/clock';

export interface VideoOptions {
	/** The accounts' PDS, which stores finished videos; without it the blob is made up. */
	pdsUrl?: string;
	/** Its DID, which upload tokens must name; any did:web if left out. */
	pdsDid?: string;
	/** The service's own DID, which quota tokens must name. */
	serviceDid?: string;
	/** Number of status reads that report a video as in processing; 1 if left out. */
	polls?: number;
}

export interface Blob {
	$type: 'blob';
	ref: { $link: string };
	mimeType: string;
	size: number;
}

export interface Job {
	id: string;
	did: string;
	name: string;
	type: string;
	length: number;
	sha256: string;
	createdAt: number;
	pollsLeft: number;
	blob?: Blob;
	error?: { code: string; message: string };
	/** The service token, which is needed again when the video is stored. */
	token: string;
	files: string[];
}

export interface Upload {
	id: string;
	did: string;
	name: string;
	type: string;
	sizeBytes: number;
	partSizeBytes: number;
	token: string;
	expiresAt: number;
	parts: Map<number, { file: string; length: number; head: Buffer }>;
	state: 'created' | 'completed' | 'aborted';
	completedJobId?: string;
}

export interface VideoState {
	jobs: Job[];
	uploads: Upload[];
}

export interface VideoServer {
	url: string;
	clock: Clock;
	options: VideoOptions;
	state: VideoState;
	polls: number;
}

export function jobStatus({ id, did, pollsLeft, blob, error }: Job) {
	const common = { jobId: id, did };
	if (pollsLeft > 0) return { ...common, state: 'JOB_STATE_ENCODING', progress: 40 };
	if (error)
		return {
			...common,
			state: 'JOB_STATE_FAILED',
			failureCode: error.code,
			error: error.code,
			message: error.message,
		};
	if (blob) return { ...common, state: 'JOB_STATE_COMPLETED', progress: 100, blob };
	return { ...common, state: 'JOB_STATE_UPLOADING', progress: 90 };
}

const BASE32 = 'abcdefghijklmnopqrstuvwxyz234567';

/** CIDv1, raw, sha2-256: the CID that any PDS gives these bytes. */
export function blobOf({ sha256, length }: Pick<Job, 'sha256' | 'length'>): Blob {
	const bytes = Buffer.concat([Buffer.from([1, 0x55, 0x12, 0x20]), Buffer.from(sha256, 'hex')]);
	const bits = [...bytes].map((byte) => byte.toString(2).padStart(8, '0')).join('');
	const letters = bits.match(/.{1,5}/g)!.map((five) => BASE32[parseInt(five.padEnd(5, '0'), 2)]);
	const $link = `b${letters.join('')}`;
	return { $type: 'blob', ref: { $link }, mimeType: 'video/mp4', size: length };
}
