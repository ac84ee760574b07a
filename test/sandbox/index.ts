import { blueskyAppView, type AppViewOptions } from './bluesky/appview';
import { blueskyVideo } from './bluesky/video';
import type { VideoOptions, VideoState } from './bluesky/videoModel';
import { facebook } from './facebook';
import type { FacebookOptions, FacebookState } from './facebook/model';
import { instagram } from './instagram';
import type { InstagramOptions, InstagramState } from './instagram/model';
import { serve, type ServerOptions } from './kit/server';
import type { Sandbox } from './kit/types';
import { linkedIn } from './linkedIn';
import type { LinkedInOptions, LinkedInState } from './linkedIn/model';
import { mastodon } from './mastodon';
import type { MastodonOptions, MastodonState } from './mastodon/model';
import { pinterest } from './pinterest';
import type { PinterestOptions, PinterestState } from './pinterest/model';
import { threads } from './threads';
import type { ThreadsOptions, ThreadsState } from './threads/model';
import { tikTok } from './tikTok';
import type { TikTokOptions, TikTokState } from './tikTok/model';
import { x } from './x';
import type { XOptions, XState } from './x/model';

interface Known {
	/** Bluesky's posts live on a real PDS; these two stand beside it. */
	'bluesky-appview': { options: AppViewOptions; state: Record<string, never> };
	'bluesky-video': { options: VideoOptions; state: VideoState };
	facebook: { options: FacebookOptions; state: FacebookState };
	instagram: { options: InstagramOptions; state: InstagramState };
	linkedIn: { options: LinkedInOptions; state: LinkedInState };
	mastodon: { options: MastodonOptions; state: MastodonState };
	pinterest: { options: PinterestOptions; state: PinterestState };
	threads: { options: ThreadsOptions; state: ThreadsState };
	tikTok: { options: TikTokOptions; state: TikTokState };
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
	'bluesky-appview': async (options) =>
		await serve('bluesky-appview', (around) => blueskyAppView(options, around), options),
	'bluesky-video': async (options) =>
		await serve('bluesky-video', (around) => blueskyVideo(options, around), options),
	facebook: async (options) =>
		await serve('facebook', (around) => facebook(options, around), options),
	instagram: async (options) =>
		await serve('instagram', (around) => instagram(options, around), options),
	linkedIn: async (options) =>
		await serve('linkedIn', (around) => linkedIn(options, around), options),
	mastodon: async (options) =>
		await serve('mastodon', (around) => mastodon(options, around), options),
	pinterest: async (options) =>
		await serve('pinterest', (around) => pinterest(options, around), options),
	threads: async (options) => await serve('threads', (around) => threads(options, around), options),
	tikTok: async (options) => await serve('tikTok', (around) => tikTok(options, around), options),
	x: async (options) => await serve('x', (around) => x(options, around), options),
};

/** Starts a local imitation of a platform; port 0 (the default) takes any free one. */
export async function startSandbox<Name extends SandboxName>(
	name: Name,
	...[options]: Name extends 'bluesky-appview'
		? [SandboxOptions<Name>]
		: [options?: SandboxOptions<Name>]
): Promise<Sandbox<SandboxState<Name>>> {
	return await START[name](options ?? ({} as SandboxOptions<Name>));
}

export type { Sandbox, RecordedRequest, SandboxPost, SandboxMedia } from './kit/types';
export type { Fault, FaultKind } from './kit/faults';
