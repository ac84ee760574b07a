import type { Call, Reply } from '../kit/types';
import { fieldsOf, paged, pick } from '../graph';
import { reached } from './comments';
import { accountsOf } from './errors';
import { scopedId, type Comment, type Server } from './model';
import { own } from './publish';

const COMMENT =
	'id from hidden like_count media parent_id replies text timestamp user username'.split(' ');

export function commentList(server: Server, call: Call): Reply {
	const post = own(server, call, accountsOf(server, call, 'comments'));
	return listed(server, call, (one) => one.post === post.id && !one.parent);
}

export function replyList(server: Server, call: Call): Reply {
	const { found } = reached(server, call);
	return listed(server, call, ({ parent }) => parent === found.id);
}

export function oneComment(server: Server, call: Call): Reply {
	const { found } = reached(server, call);
	const names = fieldsOf(call, COMMENT, 'IGComment');
	return { status: 200, json: pick(entity(server, call, found), names) };
}

function listed(server: Server, call: Call, wanted: (comment: Comment) => boolean): Reply {
	const names = fieldsOf(call, COMMENT, 'IGComment');
	const found = server.state.comments.filter(wanted).reverse();
	return paged(server, call, found, (comment) => pick(entity(server, call, comment), names));
}

function entity(server: Server, call: Call, comment: Comment) {
	const { id, post, parent, account, text, hidden, createdAt } = comment;
	return {
		id,
		from: { id: scopedId(account), username: account },
		username: account,
		hidden,
		like_count: 0,
		media: { id: post },
		parent_id: parent,
		replies: nested(server, call, comment),
		text,
		timestamp: createdAt.replace(/\.\d+Z$/, '+0000'),
	};
}

/**
 * `replies{…}`, with `.limit(…)` if requested: the first page of replies, whose links lead to the
 * others.
 */
function nested(server: Server, call: Call, { id }: Comment): unknown {
	const asked = /(?:^|,)replies((?:\.\w+\([^()]*\))*)(?:\{([^{}]*)\})?/.exec(
		call.query.get('fields') ?? '',
	);
	if (!asked || !server.state.comments.some(({ parent }) => parent === id)) return undefined;
	const [, modifiers = '', fields = 'id,text,timestamp'] = asked;
	const limit = /\.limit\((\d+)\)/.exec(modifiers)?.[1];
	const query = new URLSearchParams(call.query);
	for (const name of ['after', 'before', 'limit']) query.delete(name);
	query.set('fields', fields);
	if (limit) query.set('limit', limit);
	const path = call.path.replace(/\/[^/]+(?:\/comments)?$/, `/${id}/replies`);
	return listed(server, { ...call, path, query }, ({ parent }) => parent === id).json;
}
