import { serve, type ServerOptions } from './kit/server';
import type { Sandbox } from './kit/types';
import { mastodon } from './mastodon';
import type { MastodonOptions, MastodonState } from './mastodon/model';

interface Known {
	mastodon: { options: MastodonOptions; state: MastodonState };
}

export type SandboxName = keyof Known;
export type SandboxOptions<Name extends SandboxName> = ServerOptions & Known[Name]['options'];
export type SandboxState<Name extends SandboxName> = Known[Name]['state'];

/** Starts a local imitation of a platform; port 0 (the default) takes any free one. */
export async function startSandbox<Name extends SandboxName>(
	name: Name,
	options?: SandboxOptions<Name>,
): Promise<Sandbox<SandboxState<Name>>>;
export async function startSandbox(
	name: SandboxName,
	options: ServerOptions & MastodonOptions = {},
): Promise<Sandbox<unknown>> {
	switch (name) {
		case 'mastodon':
			return await serve(name, (around) => mastodon(options, around), options);
	}
}

export type { Sandbox, RecordedRequest, SandboxPost, SandboxMedia } from './kit/types';
export type { Fault, FaultKind } from './kit/faults';
