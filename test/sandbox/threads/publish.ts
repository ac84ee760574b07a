import { DAY } from '../kit/clock';
import { refuse, type Call, type Reply } from '../kit/types';
import { statusOf } from './containers';
import { badParameter, graphError, input, noObject, notVisible, self, user } from './errors';
import type { Container, Server, ThreadsPost, ThreadsState } from './model';
import { string } from './rules';

export const QUOTAS = { post: 250, reply: 1000, delete: 100 } as const;

export function usage(
	{ state, clock }: Server,
	account: string,
	what: keyof typeof QUOTAS,
): number {
	const since = clock.now() - DAY;
	return state.used.filter((one) => one.account === account && one.what === what && one.at > since)
		.length;
}

function refuseAbove(server: Server, account: string, what: keyof typeof QUOTAS): void {
	if (usage(server, account, what) >= QUOTAS[what])
		refuse(graphError({ code: 4, status: 403, message: 'Application request limit reached' }));
}

export function refuseOverQuota(server: Server, { account, replyTo }: Container): void {
	refuseAbove(server, account, replyTo ? 'reply' : 'post');
}

/** `POST /me/threads_publish`: once for each container, and only if it is finished. */
export function publish(server: Server, call: Call): Reply {
	const account = self(server, call, 'threads_content_publish');
	const id = string(input(call).creation_id);
	if (!id) return badParameter('Param creation_id is required');
	const container = server.state.containers.find((one) => one.id === id && one.account === account);
	if (!container || container.isCarouselItem) return notVisible();
	const status = statusOf(server, container);
	if (status === 'PUBLISHED') return badParameter('The container has already been published.');
	if (status === 'ERROR') return badParameter(`The container has failed: ${container.error}`);
	if (status !== 'FINISHED') return notVisible();
	refuseOverQuota(server, container);
	return { status: 200, json: { id: publishNow(server, container).id } };
}

export function publishNow(server: Server, container: Container): ThreadsPost {
	const { account, text, media, mediaType, replyTo, quoteOf, options } = container;
	const { state, clock } = server;
	container.published = true;
	const post: ThreadsPost = {
		...fresh(server, account),
		text,
		media,
		mediaType,
		...(replyTo && { replyTo }),
		...(quoteOf && { quoteOf }),
		options,
	};
	state.posts.push(post);
	state.used.push({ account, what: replyTo ? 'reply' : 'post', at: clock.now() });
	return post;
}

/** A post's id, short code and address; the address contains the account's name. */
export function fresh({ url, clock, newId }: Server, account: string) {
	const id = newId();
	const shortcode = `D${BigInt(id).toString(36)}`;
	const createdAt = new Date(clock.now()).toISOString();
	return { id, account, shortcode, url: `${url}/@${account}/post/${shortcode}`, createdAt };
}

export function find(state: ThreadsState, id: string | undefined): ThreadsPost | undefined {
	return state.posts.find((post) => post.id === id);
}

export function remove(server: Server, call: Call): Reply {
	const account = user(server, call, 'threads_delete');
	const { state, clock } = server;
	const post = find(state, call.params.id);
	if (!post || post.account !== account) return noObject(call.params.id!, 'delete');
	refuseAbove(server, account, 'delete');
	state.posts.splice(state.posts.indexOf(post), 1);
	state.deleted.push(post);
	state.used.push({ account, what: 'delete', at: clock.now() });
	return { status: 200, json: { success: true, deleted_id: post.id } };
}

export function repost(server: Server, call: Call): Reply {
	const account = user(server, call, 'threads_content_publish');
	const original = find(server.state, call.params.id);
	if (!original) return noObject(call.params.id!, 'post');
	const post: ThreadsPost = {
		...fresh(server, account),
		text: '',
		media: [],
		mediaType: 'REPOST_FACADE',
		options: { reposted_post: original.id },
	};
	server.state.posts.push(post);
	return { status: 200, json: { id: post.id } };
}

export function manageReply(server: Server, call: Call): Reply {
	const account = user(server, call, 'threads_manage_replies');
	const reply = find(server.state, call.params.id);
	const parent = find(server.state, reply?.replyTo);
	if (!reply || parent?.account !== account) return noObject(call.params.id!, 'post');
	reply.hidden = string(input(call).hide) === 'true';
	return { status: 200, json: { success: true } };
}
