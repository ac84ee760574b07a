import { DAY } from '../kit/clock';
import { refuse, type Call, type Reply } from '../kit/types';
import { input } from '../graph';
import { statusOf } from './status';
import { accountsOf, badParameter, documented, loginOf, noObject, self } from './errors';
import type { Container, InstagramPost, InstagramState, Server } from './model';
import { string, truth } from './rules';

export function usage({ state, clock }: Server, account: string): number {
	const since = clock.now() - DAY;
	return state.used.filter((one) => one.account === account && one.at > since).length;
}

/** `POST /{ig-user}/media_publish`: once for each container, and only if it is finished. */
export function publish(server: Server, call: Call): Reply {
	const account = self(server, call, 'publish');
	const id = string(input(call).creation_id);
	if (!id) badParameter('(#100) The parameter creation_id is required');
	const container = server.state.containers.find((one) => one.id === id && one.account === account);
	if (!container || container.isCarouselItem) return documented(2207006);
	const status = statusOf(server, container);
	if (status === 'EXPIRED') return documented(2207008);
	if (status === 'PUBLISHED') return documented(2207006);
	if (status !== 'FINISHED') return documented(2207027);
	if (usage(server, account) >= server.settings.quota) return documented(2207042);
	const post = publishNow(server, container);
	// This error may be returned although the post is published.
	if (call.fault?.kind === 'spam-after') return documented(2207051);
	return { status: 200, json: { id: post.id } };
}

function publishNow(server: Server, container: Container): InstagramPost {
	const { account, caption, media, mediaType, options } = container;
	const { state, clock, newId, url } = server;
	const id = newId();
	const shortcode = `D${BigInt(id).toString(36)}`;
	const path = mediaType === 'STORIES' ? `stories/${account}/${id}` : `p/${shortcode}`;
	const post: InstagramPost = {
		id,
		shortcode,
		url: `${url}/${mediaType === 'REELS' ? `reel/${shortcode}` : path}/`,
		account,
		// A story shows no caption.
		text: mediaType === 'STORIES' ? '' : caption,
		createdAt: new Date(clock.now()).toISOString(),
		media,
		mediaType,
		options,
		commentEnabled: true,
	};
	container.published = true;
	state.posts.push(post);
	state.used.push({ account, at: clock.now() });
	return post;
}

function find(state: InstagramState, id: string | undefined): InstagramPost | undefined {
	return state.posts.find((post) => post.id === id);
}

/** Returns a post of an account that the token reaches. */
export function own(server: Server, call: Call, accounts: string[]): InstagramPost {
	const { id = '' } = call.params;
	const post = find(server.state, id);
	if (!post || !accounts.includes(post.account))
		return refuse(noObject(id, call.method.toLowerCase()));
	return post;
}

/** Only the setting for comments can be changed on a post. */
export function change(server: Server, call: Call): Reply {
	const post = own(server, call, accountsOf(server, call, 'comments'));
	const { comment_enabled } = input(call);
	if (comment_enabled === undefined)
		badParameter('(#100) The parameter comment_enabled is required');
	post.commentEnabled = truth(comment_enabled);
	return { status: 200, json: { success: true } };
}

/** Only graph.facebook.com deletes: https://developers.facebook.com/docs/instagram-platform/changelog */
export function remove(server: Server, call: Call): Reply {
	const { id = '' } = call.params;
	if (loginOf(call) === 'instagram') {
		accountsOf(server, call);
		return noObject(id, 'delete');
	}
	const post = own(server, call, accountsOf(server, call, 'contents'));
	const { posts, deleted } = server.state;
	deleted.push(...posts.splice(posts.indexOf(post), 1));
	return { status: 200, json: { success: true } };
}
