import { discordWebhook as example } from '@/examples/platform/test/platforms/discordWebhook';
import { sandboxes as shipped } from '../platforms';
import { serve, type ServerOptions, type Surroundings } from './kit/server';
import type { Platform, Sandbox } from './kit/types';

const sandboxes = { ...shipped, ...example.sandboxes };
type Sandboxes = typeof sandboxes;
export type SandboxName = keyof Sandboxes;
type Build<Name extends SandboxName> = Awaited<ReturnType<Sandboxes[Name]>>;
type StateOf<Built> = Built extends Platform<infer State> ? State : never;

export type SandboxOptions<Name extends SandboxName> = ServerOptions & Parameters<Build<Name>>[0];
type SandboxState<Name extends SandboxName> = StateOf<ReturnType<Build<Name>>>;

/** Starts a local imitation of a platform; port 0 (the default) takes any free one. */
export async function startSandbox<Name extends SandboxName>(
	name: Name,
	...[options]: object extends SandboxOptions<Name>
		? [options?: SandboxOptions<Name>]
		: [SandboxOptions<Name>]
): Promise<Sandbox<SandboxState<Name>>> {
	type State = SandboxState<Name>;
	const build = (await sandboxes[name]()) as (
		options: object,
		around: Surroundings,
	) => Platform<State>;
	const given = options ?? {};
	return await serve(name, (around) => build(given, around), given);
}

export type { Sandbox, RecordedRequest, SandboxPost, SandboxMedia } from './kit/types';
export type { Fault, FaultKind } from './kit/faults';
