import { serve, type ServerOptions } from './kit/server';
import type { Sandbox } from './kit/types';
import { mastodon } from './mastodon';
import type { MastodonOptions, MastodonState } from './mastodon/model';
import { threads } from './threads';
import type { ThreadsOptions, ThreadsState } from './threads/model';
import { x } from './x';
import type { XOptions, XState } from './x/model';

interface Known {
	mastodon: { options: MastodonOptions; state: MastodonState };
	threads: { options: ThreadsOptions; state: ThreadsState };
	x: { options: XOptions; state: XState };
}

export type SandboxName = keyof Known;
export type SandboxOptions<Name extends SandboxName> = ServerOptions & Known[Name]['options'];
export type SandboxState<Name extends SandboxName> = Known[Name]['state'];

type Builders = { [Name in SandboxName]: Builder<Name> };
type Builder<Name extends SandboxName> = (
	options: SandboxOptions<Name>,
) => Promise<Sandbox<SandboxState<Name>>>;

const START: Builders = {
	mastodon: async (options) =>
		await serve('mastodon', (around) => mastodon(options, around), options),
	threads: async (options) => await serve('threads', (around) => threads(options, around), options),
	x: async (options) => await serve('x', (around) => x(options, around), options),
};

/** Starts a local imitation of a platform; port 0 (the default) takes any free one. */
export async function startSandbox<Name extends SandboxName>(
	name: Name,
	options: SandboxOptions<Name> = {},
): Promise<Sandbox<SandboxState<Name>>> {
	return await START[name](options);
}

export type { Sandbox, RecordedRequest, SandboxPost, SandboxMedia } from './kit/types';
export type { Fault, FaultKind } from './kit/faults';
