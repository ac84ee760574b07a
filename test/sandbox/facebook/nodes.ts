import { refuse, type Call, type Reply } from '../kit/types';
import {
	asPage,
	authorized,
	badParam,
	fieldsOf,
	input,
	missingObject,
	paged,
	permitted,
	pick,
	text,
	truth,
	type GraphPage,
} from '../graph';
import { checkedMoment, checkedText } from './feed';
import { find, type FacebookComment, type Server } from './model';
import {
	COMMENT_FIELDS,
	PHOTO_FIELDS,
	POST_FIELDS,
	VIDEO_FIELDS,
	commentNode,
	photoNode,
	postNode,
	videoNode,
} from './show';

/** Finds an object of a Page by its id: post, video, photo or comment. */
function objects(server: Server, id: string) {
	const { state } = server;
	return {
		// The last part of a post's id identifies it too.
		post: find(state, id) ?? state.posts.find((one) => one.id.endsWith(`_${id}`)),
		video: state.videos.find((one) => one.id === id),
		photo: state.photos.find((one) => one.id === id),
		comment: state.comments.find((one) => one.id === id),
	};
}

function owned(server: Server, call: Call, scopes: string[], write: boolean) {
	const id = call.params.id!;
	const found = objects(server, id);
	const page = Object.values(found).find((one) => one !== undefined)?.page;
	if (!page) return refuse(missingObject(id, call.method));
	const method = write ? call.method : 'GET';
	asPage(server, { ...call, method, params: { page } }, ...scopes);
	return { ...found, page: server.state.pages.find((one) => one.id === page)! };
}

export function show(server: Server, call: Call): Reply {
	const { post, video, photo, comment } = owned(server, call, ['pages_read_engagement'], false);
	if (video) {
		const names = fieldsOf(call, VIDEO_FIELDS, 'Video');
		return { status: 200, json: pick(videoNode(server, video, names), names, ['created_time']) };
	}
	if (post) {
		const names = fieldsOf(call, POST_FIELDS, 'PagePost');
		const usual = ['created_time', 'message'];
		return { status: 200, json: pick(postNode(server, post), names, usual) };
	}
	if (photo) {
		const names = fieldsOf(call, PHOTO_FIELDS, 'Photo');
		return { status: 200, json: pick(photoNode(server, photo), names, ['created_time']) };
	}
	const names = fieldsOf(call, COMMENT_FIELDS, 'Comment');
	return {
		status: 200,
		json: pick(commentNode(comment!), names, ['created_time', 'from', 'message']),
	};
}

/** Only posts by the app itself can be changed; all posts here are. */
export function change(server: Server, call: Call): Reply {
	const { post, video, comment } = owned(server, call, [], true);
	const fields = input(call);
	if (comment) return changeComment(server, call, comment);
	const held = video?.post ?? post;
	if (!held) return missingObject(call.params.id!, 'post');
	permitted(authorized(server, call), 'pages_manage_posts');
	const message = video ? fields.description : fields.message;
	if (message !== undefined) held.text = checkedText(message);
	if (fields.scheduled_publish_time !== undefined) {
		if (held.published) badParam('The post is published already');
		const given = text(fields.scheduled_publish_time);
		held.scheduled = checkedMoment(server.clock.now(), given, 30);
	}
	if (truth(fields.is_published, false)) {
		held.published = true;
		delete held.scheduled;
	}
	for (const name of ['is_pinned', 'is_hidden'])
		if (fields[name] !== undefined) held.options[name] = text(fields[name]);
	return { status: 200, json: { success: true } };
}

function changeComment(server: Server, call: Call, comment: FacebookComment): Reply {
	permitted(authorized(server, call), 'pages_manage_engagement');
	const fields = input(call);
	if (fields.is_hidden !== undefined) comment.hidden = truth(fields.is_hidden, false);
	if (fields.message !== undefined) {
		if (comment.from.id !== comment.page) badParam('Only own comments can be changed');
		comment.message = text(fields.message);
	}
	return { status: 200, json: { success: true } };
}

export function remove(server: Server, call: Call): Reply {
	const { post, video, photo, comment } = owned(server, call, [], true);
	const { state } = server;
	const actor = authorized(server, call);
	if (comment) {
		permitted(actor, 'pages_manage_engagement');
		if (comment.from.id !== comment.page) permitted(actor, 'pages_read_user_content');
		state.comments.splice(state.comments.indexOf(comment), 1);
		return { status: 200, json: { success: true } };
	}
	permitted(actor, 'pages_manage_posts');
	const held = post ?? video?.post ?? find(state, photo?.post);
	if (held) {
		state.posts.splice(state.posts.indexOf(held), 1);
		state.deleted.push(held);
	}
	return { status: 200, json: { success: true } };
}

export function createComment(server: Server, call: Call): Reply {
	const { page } = owned(server, call, ['pages_manage_engagement'], true);
	const fields = input(call);
	const message = checkedText(fields.message);
	if (!message && !fields.attachment_url && !fields.attachment_id)
		return badParam('A comment needs a message or an attachment');
	const from = { id: page.id, name: page.name };
	const comment = addComment(server, page, call.params.id!, from, message);
	return { status: 200, json: { id: comment.id } };
}

export function addComment(
	server: Server,
	page: Pick<GraphPage, 'id'>,
	on: string,
	from: FacebookComment['from'],
	message: string,
): FacebookComment {
	const id = `${on.split('_').pop()}_${server.newId()}`;
	const createdAt = new Date(server.clock.now()).toISOString();
	const comment = { id, on, page: page.id, from, message, createdAt, hidden: false };
	server.state.comments.push(comment);
	return comment;
}

/** Comments by others need another permission. */
export function comments(server: Server, call: Call): Reply {
	const { page, post, video } = owned(server, call, ['pages_read_engagement'], false);
	const names = fieldsOf(call, COMMENT_FIELDS, 'Comment');
	const wide = authorized(server, call).token.scopes.includes('pages_read_user_content');
	const ids = [call.params.id, post?.id, post?.video, video?.post?.id];
	const rows = server.state.comments.filter(
		({ on, from }) => ids.includes(on) && (wide || from.id === page.id),
	);
	const newest = call.query.get('order') === 'reverse_chronological';
	return paged(server, call, newest ? rows.reverse() : rows, (row) =>
		pick(commentNode(row), names, ['created_time', 'from', 'message']),
	);
}

/**
 * `feed` lists everything and `published_posts` only published posts, both newest first.
 * `scheduled_posts` lists scheduled posts, the next one first; its order is not documented.
 */
export function listed(
	server: Server,
	call: Call,
	edge: 'feed' | 'published' | 'scheduled',
): Reply {
	const page = asPage(server, call, 'pages_read_engagement');
	const names = fieldsOf(call, POST_FIELDS, 'PagePost');
	const fits = {
		feed: () => true,
		published: (post: { published: boolean }) => post.published,
		scheduled: (post: { scheduled?: number }) => post.scheduled !== undefined,
	}[edge];
	const rows = server.state.posts
		.filter((post) => post.page === page.id && post.kind !== 'story' && fits(post))
		.filter(({ video }) => {
			const working = server.state.videos.find(({ id }) => id === video);
			return !working || working.pollsLeft === 0;
		})
		.reverse()
		.sort((a, b) => (edge === 'scheduled' ? a.scheduled! - b.scheduled! : 0));
	return paged(server, call, rows, (post) =>
		pick(postNode(server, post), names, ['created_time', 'message']),
	);
}

export function stories(server: Server, call: Call): Reply {
	const page = asPage(server, call, 'pages_read_engagement');
	const rows = server.state.posts.filter((post) => post.page === page.id && post.kind === 'story');
	return paged(server, call, rows.reverse(), ({ id, media, url, createdAt }) => ({
		post_id: id,
		status: 'PUBLISHED',
		creation_time: String(Math.floor(Date.parse(createdAt) / 1000)),
		media_type: media[0]!.type.startsWith('video/') ? 'video' : 'photo',
		media_id: media[0]!.id,
		url,
	}));
}
