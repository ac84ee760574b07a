import { refuse, type Call, type Reply } from '../kit/types';
import { input } from '../graph';
import { accountsOf, badParameter, noObject } from './errors';
import type { Comment, Server } from './model';
import { own } from './publish';
import { string, truth } from './rules';

/** `POST /{media}/comments`: comments as the account itself. */
export function comment(server: Server, call: Call): Reply {
	const post = own(server, call, accountsOf(server, call, 'comments'));
	if (!post.commentEnabled) badParameter('(#100) Comments are turned off for this media');
	return added(server, { post: post.id, account: post.account, text: message(call) });
}

/** `POST /{comment}/replies`: a reply is always one level below the post. */
export function reply(server: Server, call: Call): Reply {
	const { found, account } = reached(server, call);
	const parent = found.parent ?? found.id;
	return added(server, { post: found.post, parent, account, text: message(call) });
}

export function hide(server: Server, call: Call): Reply {
	const { found } = reached(server, call);
	const { hide: given } = input(call);
	if (given === undefined) badParameter('(#100) The parameter hide is required');
	found.hidden = truth(given);
	return { status: 200, json: { success: true } };
}

export function removeComment(server: Server, call: Call): Reply {
	const { found } = reached(server, call);
	const { state } = server;
	state.comments = state.comments.filter(({ id, parent }) => ![id, parent].includes(found.id));
	return { status: 200, json: { success: true } };
}

/** Returns a comment on a post of an account that the token reaches. */
export function reached(server: Server, call: Call): { found: Comment; account: string } {
	const accounts = accountsOf(server, call, 'comments');
	const { id = '' } = call.params;
	const found = server.state.comments.find((one) => one.id === id);
	const post = server.state.posts.find((one) => one.id === found?.post);
	if (!found || !post || !accounts.includes(post.account))
		return refuse(noObject(id, call.method.toLowerCase()));
	return { found, account: post.account };
}

function message(call: Call): string {
	const text = string(input(call).message);
	if (!text) badParameter('(#100) The parameter message is required');
	if ([...text].length > 300) badParameter('(#100) The comment is too long');
	return text;
}

type NewComment = Pick<Comment, 'post' | 'parent' | 'account' | 'text'>;

export function newComment({ clock, newId }: Server, asked: NewComment): Comment {
	return { id: newId(), ...asked, hidden: false, createdAt: new Date(clock.now()).toISOString() };
}

function added(server: Server, asked: NewComment): Reply {
	const made = newComment(server, asked);
	server.state.comments.push(made);
	return { status: 200, json: { id: made.id } };
}
