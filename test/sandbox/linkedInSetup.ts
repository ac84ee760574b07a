import { startSandbox, type Sandbox, type SandboxOptions } from '.';
import { ask, type Answer } from './plainHttp';
import { personUrn, type LinkedInState } from './linkedIn/model';

jest.setTimeout(60_000);

/** The LinkedIn of one test, and a token of its account. */
export let sandbox: Sandbox<LinkedInState>;
export let token: string;

export const ME = personUrn('demo');
export const WORKS = 'urn:li:organization:1001';
export const HEADERS = { 'linkedin-version': '202609', 'x-restli-protocol-version': '2.0.0' };

export async function start(options: SandboxOptions<'linkedIn'> = {}) {
	if (sandbox) await sandbox.stop();
	sandbox = await startSandbox('linkedIn', options);
	token = sandbox.issueToken().accessToken;
}

beforeEach(async () => await start());
afterAll(async () => await sandbox.stop());

/** All further calls of the test use this token. */
export function actAs(other: string) {
	token = other;
}

export const call = async (path: string, asked: Parameters<typeof ask>[1] = {}) =>
	await ask(sandbox.url + path, { token, ...asked, headers: { ...HEADERS, ...asked.headers } });

export const post = async (change: Record<string, unknown> = {}) =>
	await call('/rest/posts', {
		json: {
			author: ME,
			commentary: 'Hello',
			visibility: 'PUBLIC',
			distribution: {
				feedDistribution: 'MAIN_FEED',
				targetEntities: [],
				thirdPartyDistributionChannels: [],
			},
			lifecycleState: 'PUBLISHED',
			...change,
		},
	});

export const idOf = ({ headers }: Answer) => headers.get('x-restli-id')!;

interface Opened {
	image: string;
	video: string;
	document: string;
	uploadUrl: string;
	uploadInstructions: Array<{ uploadUrl: string; firstByte: number; lastByte: number }>;
}

export async function initialize(kind: 'images' | 'videos' | 'documents', more: object = {}) {
	const answer = await call(`/rest/${kind}?action=initializeUpload`, {
		json: { initializeUploadRequest: { owner: ME, ...more } },
	});
	return { status: answer.status, value: (answer.body as { value: Opened }).value };
}

/** An image of the account, ready to be posted. */
export async function image(bytes: Uint8Array): Promise<string> {
	const { value } = await initialize('images');
	await ask(value.uploadUrl, { method: 'PUT', token, bytes });
	return value.image;
}
