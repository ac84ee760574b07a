import type { Api } from '../shared/contract/api';
import type { TextPart } from '../shared/contract/http';
import type { Media } from '../shared/contract/media';
import { refuse } from '../shared/errors/failure';
import { secretsNamed } from '../shared/errors/secretUrl';
import { SECOND } from '../shared/units';

interface Registered {
	media_id: string;
	upload_url: string;
	/** The fields of a signed form; they must be sent unchanged. */
	upload_parameters: Record<string, string>;
}

const UPLOAD_TIME = 1_800_000;
/** Statuses with which the storage refuses the form or the file. */
const REFUSED = [400, 403, 411, 412, 413];

/**
 * Uploads a video to the storage that Pinterest names; returns the media ID.
 * https://developers.pinterest.com/docs/api/v5/media-create
 */
export async function upload(api: Api, film: Media): Promise<string> {
	const registered = await api.send<Registered>({
		method: 'POST',
		path: '/v5/media',
		body: { media_type: 'video' },
		repeatable: true,
		refusal: 'media_rejected',
	});
	await store(api, registered, film);
	return registered.media_id;
}

/**
 * Sends the form; the file must be the last field:
 * https://docs.aws.amazon.com/AmazonS3/latest/API/RESTObjectPOST.html
 */
async function store(api: Api, registered: Registered, { name, mime, bytes = 0, open }: Media) {
	const form = Object.entries(registered.upload_parameters);
	const fields = form.map(field);
	const { status, body } = await api.reply(
		{
			method: 'POST',
			path: registered.upload_url,
			token: 'none',
			secrets: secretsNamed(form),
			parts: async () => [
				...fields,
				{ name: 'file', filename: name, contentType: mime, data: { bytes, open } },
			],
			repeatable: true,
			timeout: UPLOAD_TIME,
		},
		REFUSED,
	);
	// Shows only the error code, because the answer may repeat the form's signature.
	if (REFUSED.includes(status)) refuseFilm('upload', `did not take the video (${codeIn(body)})`);
}

function field([name, value]: [string, string]): TextPart {
	return { name, value };
}

function codeIn(body: unknown): string {
	return /<Code>(\w+)<\/Code>/.exec(String(body))?.[1] ?? 'no reason given';
}

/** Waits as long as the user allows; returns whether Pinterest has processed the video. */
export async function processed(api: Api, id: string): Promise<boolean> {
	const done = await api.until(
		async () => {
			const { status } = await api.send<{ status?: string }>({
				path: `/v5/media/${encodeURIComponent(id)}`,
			});
			if (status === 'failed') return refuseFilm('processing', 'could not process the video');
			return status === 'succeeded' ? true : undefined;
		},
		{ every: SECOND, atMost: api.processingWaitMs },
	);
	return done === true;
}

function refuseFilm(step: string, what: string): never {
	return refuse({
		code: 'media_rejected',
		platform: 'pinterest',
		rule: `pinterest.media.${step}`,
		docUrl: 'https://help.pinterest.com/en/business/article/pinterest-product-specs',
		message: `Pinterest ${what}`,
	});
}
