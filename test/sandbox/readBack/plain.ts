import { facebook } from '@/nodes/Facebook/facebook';
import { linkedIn } from '@/nodes/LinkedIn/linkedIn';
import { mastodon } from '@/nodes/Mastodon/mastodon';
import { threads } from '@/nodes/Threads/threads';
import { x } from '@/nodes/X/x';
import { mastodonNode } from '@/test/Mastodon/setup';
import { png } from '@/test/support/mediaFixtures';
import { connected, xNode } from '@/test/X/setup';
import { startSandbox, type Sandbox, type SandboxName, type SandboxOptions } from '..';
import * as facebookSetup from '../nodes/facebookSetup';
import * as linkedInSetup from '../nodes/linkedInSetup';
import * as threadsSetup from '../nodes/threadsSetup';
import type { MastodonState } from '../mastodon/model';
import type { XState } from '../x/model';
import type { Subject } from './subject';

const picture = { data: png(40, 30), fileName: 'a.png', mimeType: 'image/png' };
const showing = (binaryProperty: string) => ({
	media: { medium: [{ source: 'binary', binaryProperty }] },
});

function served<Name extends SandboxName, State>(name: Name, options: SandboxOptions<Name>) {
	let sandbox: Sandbox<State>;
	return {
		use: () => {
			beforeEach(async () => {
				sandbox = (await (startSandbox as (...all: unknown[]) => Promise<unknown>)(
					name,
					options,
				)) as Sandbox<State>;
			});
			afterEach(async () => await sandbox.stop());
		},
		sandbox: () => sandbox,
	};
}

const xServer = served<'x', XState>('x', { rateLimits: false });
const onX = {
	...xServer,
	platform: x,
	node: (parameters) =>
		xNode(parameters, { credential: connected(xServer.sandbox()), continueOnFail: true }),
	posts: () => xServer.sandbox().state.posts,
	publish: { operation: 'publish' },
	looks: ['list'],
} satisfies Partial<Subject>;

const mastodonServer = served<'mastodon', MastodonState>('mastodon', { rateLimits: false });
const SCOPES = ['read:accounts', 'read:statuses', 'write:statuses', 'write:media'];

/** Platforms that take posts of nothing but text. */
export const plain: Subject[] = [
	{ ...onX, name: 'X, text', refusesTwins: true },
	{ ...onX, name: 'X, a picture', parameters: showing('picture'), files: { picture } },
	{
		...mastodonServer,
		name: 'Mastodon',
		platform: mastodon,
		node: (parameters) =>
			mastodonNode(parameters, {
				instanceUrl: mastodonServer.sandbox().url,
				token: mastodonServer.sandbox().issueToken({ scopes: SCOPES }).accessToken,
				continueOnFail: true,
			}),
		posts: () => mastodonServer.sandbox().state.posts,
		publish: { operation: 'publish' },
		looks: ['list'],
		unlisted: ['published'],
	},
	{
		name: 'Facebook',
		platform: facebook,
		use: () => facebookSetup.useFacebook(),
		sandbox: () => facebookSetup.sandbox,
		node: (parameters) => facebookSetup.node(parameters),
		posts: () => facebookSetup.held(),
		publish: { operation: 'publish' },
		looks: ['list'],
	},
	{
		name: 'Threads',
		platform: threads,
		use: () => threadsSetup.useThreads(),
		sandbox: () => threadsSetup.sandbox,
		node: (parameters) => threadsSetup.node(parameters),
		posts: () => threadsSetup.held(),
		publish: { operation: 'publish' },
		looks: ['list'],
		unlisted: ['already_published', 'outcome_unknown'],
	},
	{
		name: 'LinkedIn, an organization',
		platform: linkedIn,
		use: () => linkedInSetup.useLinkedIn(),
		sandbox: () => linkedInSetup.sandbox,
		node: (parameters) => linkedInSetup.node(parameters),
		parameters: linkedInSetup.target(linkedInSetup.WORKS),
		posts: () => linkedInSetup.sandbox.state.posts,
		publish: { operation: 'publish' },
		looks: ['list'],
		refusesTwins: true,
	},
	{
		name: 'LinkedIn, a member',
		platform: linkedIn,
		use: () => linkedInSetup.useLinkedIn(),
		sandbox: () => linkedInSetup.sandbox,
		node: (parameters) => linkedInSetup.node(parameters, { kind: 'member' }),
		posts: () => linkedInSetup.sandbox.state.posts,
		publish: { operation: 'publish' },
		looks: [],
		blind: true,
		refusesTwins: true,
	},
];
