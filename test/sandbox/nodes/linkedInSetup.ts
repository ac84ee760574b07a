import type { IDataObject, INodeExecutionData } from 'n8n-workflow';

import { linkedInNode, outcome } from '@/test/LinkedIn/setup';
import { mp4, png } from '@/test/support/mediaFixtures';
import { binaryItem } from '@/test/support/binaries';
import { type TestNode } from '@/test/support/n8n';
import { byId, fromBinary as binary, secretsOf } from '@/test/support/node';
import type { Sandbox, SandboxOptions } from '..';
import type { LinkedInState } from '../linkedIn/model';
import { fileServer } from '../plainHttp';
import { eachSandbox } from './kit';

export { codeOf as wordOf } from '@/test/support/node';

export let sandbox: Sandbox<LinkedInState>;
let web: Awaited<ReturnType<typeof fileServer>>;

export const WORKS = 'urn:li:organization:1001';

export function useLinkedIn(options: SandboxOptions<'linkedIn'> = {}) {
	beforeAll(async () => {
		const page = `<title>On (b)</title><meta property="og:image" content="/a.png">`;
		web = await fileServer({ '/article': Buffer.from(page), '/a.png': png(40, 30) });
	});
	afterAll(() => void web.stop());
	eachSandbox(
		'linkedIn',
		(one) => (sandbox = one),
		// Videos have several parts and can be used only after some time.
		() => ({ partSize: 80_000, processing: 3000, ...options }),
	);
}

interface Connected {
	/** `member`: the scopes that every app may have. */
	kind?: 'member' | 'all';
}

/** A node whose credential is connected to the sandbox as its first account. */
export function node(parameters: IDataObject, { kind = 'all' }: Connected = {}): TestNode {
	const { accessToken, refreshToken, scopes } = sandbox.issueToken({ kind });
	const { url } = sandbox;
	return linkedInNode(parameters, {
		credential: {
			apiBaseUrl: url,
			oauthBaseUrl: url,
			webBaseUrl: url,
			oauthTokenData: {
				access_token: accessToken,
				scope: scopes.join(','),
				n8n_expires_at: String(Date.now() + 5_184_000_000),
				...(refreshToken && { refresh_token: refreshToken }),
			},
		},
	});
}

export interface Kind {
	parameters: IDataObject;
	/** The resulting post in the sandbox. */
	holds: IDataObject;
}

export const files = {
	a: { data: png(40, 30), fileName: 'a.png', mimeType: 'image/png' },
	b: { data: png(30, 40), fileName: 'b.png', mimeType: 'image/png' },
	film: { data: mp4({ bytes: 200_000, seconds: 10 }), fileName: 'film.mp4', mimeType: 'video/mp4' },
	paper: { data: Buffer.from('%PDF-1.7 text'), fileName: 'paper.pdf', mimeType: 'application/pdf' },
};

/** All ways to publish. */
export const KINDS: Record<string, Kind> = {
	text: {
		parameters: { text: 'Fish (& chips) by @[Blue (Sky) Labs](urn:li:organization:1002) #food_1' },
		holds: {
			text: 'Fish (& chips) by Blue (Sky) Labs #food_1',
			cut: '',
			mentions: [{ name: 'Blue (Sky) Labs', urn: 'urn:li:organization:1002' }],
			visibility: 'PUBLIC',
			media: [],
		},
	},
	card: {
		parameters: { text: 'Read', link: 'WEB/article' },
		holds: {
			text: 'Read',
			media: [{ type: 'image/png', width: 40 }],
			options: { content: { article: { source: 'WEB/article', title: 'On (b)' } } },
		},
	},
	image: {
		parameters: { text: 'One', media: binary('a', 'A (picture)') },
		holds: { text: 'One', shown: true, media: [{ type: 'image/png', alt: 'A (picture)' }] },
	},
	images: {
		parameters: { text: 'Two', media: binary('a,b', 'First\nSecond') },
		holds: {
			media: [
				{ alt: 'First', width: 40 },
				{ alt: 'Second', width: 30 },
			],
		},
	},
	video: {
		parameters: { media: binary('film'), options: { mediaTitle: 'Film' } },
		holds: { text: '', shown: true, media: [{ type: 'video/mp4', length: 200_000 }] },
	},
	document: {
		parameters: { text: 'Paper', media: binary('paper') },
		holds: {
			media: [{ type: 'application/pdf' }],
			options: { content: { media: { title: 'paper.pdf' } } },
		},
	},
	poll: {
		parameters: { text: 'Vote', options: { pollQuestion: 'Tea?', pollOptions: 'Yes\nNo' } },
		holds: { options: { content: { poll: { settings: { duration: 'THREE_DAYS' } } } } },
	},
	reshare: {
		parameters: { text: 'Read this', options: { reshare: 'TARGET', disableReshares: true } },
		holds: { quoteOf: 'TARGET', options: { isReshareDisabledByAuthor: true } },
	},
};

export const target = (value: string) => ({ target: byId(value) });

export interface Tried {
	node: TestNode;
	holds: IDataObject;
	/** Runs the node for the same item in the same execution. */
	once: () => Promise<IDataObject>;
	/** Posts that the node published. */
	made: () => LinkedInState['posts'];
}

export async function ready(name: string, more: IDataObject = {}, how?: Connected): Promise<Tried> {
	const earlier = sandbox.state.addPost({ account: 'second', text: 'Earlier' }).id;
	const filled = JSON.stringify(KINDS[name])
		.replaceAll('TARGET', earlier)
		.replaceAll('WEB/', web.url);
	const { parameters, holds } = JSON.parse(filled) as Kind;
	const options = { rateLimitWait: 0, ...(parameters.options as IDataObject) };
	const tried = node({ ...parameters, ...more, options }, how);
	const item: INodeExecutionData = await binaryItem(files);
	return {
		node: tried,
		holds,
		once: async () => (await outcome(tried, [item]))[0],
		made: () => sandbox.state.posts.filter(({ id }) => id !== earlier),
	};
}

/** Expects no secrets in a result. */
export function expectNoSecret(node: TestNode, shown: unknown) {
	for (const secret of [...secretsOf(node), ...sandbox.secrets()])
		expect(JSON.stringify(shown)).not.toContain(secret);
}
