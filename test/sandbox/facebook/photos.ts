import { crawl } from '../kit/crawler';
import { sniff } from '../kit/sniff';
import { refuse, type Call, type Reply } from '../kit/types';
import { asPage, badParam, graphError, input, text, truth, type GraphPage } from '../graph';
import { checkedText, checkedTime, newPost } from './feed';
import type { FacebookPhoto, Server } from './model';

const BYTES = 10 * 1024 * 1024;
const TYPES = ['image/jpeg', 'image/png', 'image/bmp', 'image/gif', 'image/tiff'];

/** https://developers.facebook.com/docs/graph-api/reference/page/photos */
export async function createPhoto(server: Server, call: Call): Promise<Reply> {
	const page = asPage(server, call, 'pages_manage_posts', 'pages_read_engagement');
	const fields = input(call);
	const message = checkedText(fields.caption ?? fields.message);
	const when = checkedTime(server, fields, 30);
	const photo = await taken(server, page, call);
	photo.temporary = truth(fields.temporary, false);
	const alt = text(fields.alt_text_custom);
	if (alt) photo.alt = alt;
	server.state.photos.push(photo);
	if (!when.published && when.scheduled === undefined)
		return { status: 200, json: { id: photo.id } };
	const post = newPost(server, page, 'feed', message, { ...when, media: [photo] });
	photo.post = post.id;
	server.state.posts.push(post);
	return { status: 200, json: { id: photo.id, post_id: post.id } };
}

/** Takes the file from the form, or from a URL. */
async function taken(server: Server, page: GraphPage, call: Call): Promise<FacebookPhoto> {
	const { body } = call;
	const url = text(input(call).url);
	const file =
		body.kind === 'multipart' ? body.files.find(({ field }) => field === 'source') : undefined;
	if (!file && !url)
		return refuse(
			graphError({ code: 324, message: '(#324) Requires upload file', title: 'Missing file' }),
		);
	const digest = file ?? (await crawl(server, url, BYTES));
	if (!digest)
		return refuse(
			graphError({
				code: 324,
				subcode: 2_069_019,
				message: '(#324) Missing or invalid image file',
			}),
		);
	const { length, sha256, head } = digest;
	const seen =
		sniff(head) ??
		(/^(II\*\0|MM\0\*)/.test(head.toString('latin1', 0, 4)) ? { type: 'image/tiff' } : undefined);
	if (length > BYTES || !TYPES.includes(seen?.type ?? ''))
		return badParam(
			'Photos should be smaller than 10 MB and saved as JPG, PNG, GIF, TIFF or BMP.',
			1_366_046,
		);
	return {
		id: server.newId(),
		page: page.id,
		...seen,
		type: seen!.type,
		length,
		sha256,
		createdAt: server.clock.now(),
		temporary: false,
		...(!file && { fetchedFrom: url }),
	};
}

/** https://developers.facebook.com/docs/page-stories-api */
export function photoStory(server: Server, call: Call): Reply {
	const page = asPage(server, call, 'pages_manage_posts', 'pages_read_engagement');
	const id = text(input(call).photo_id);
	const photo = server.state.photos.find((one) => one.id === id && one.page === page.id);
	if (!photo) return badParam('Param photo_id must be a valid ID');
	if (photo.post) return badParam('The photo was used in another post.', 1_366_051);
	const post = newPost(server, page, 'story', '', { media: [photo] });
	photo.post = post.id;
	post.url = `${server.url}/stories/${post.id}`;
	server.state.posts.push(post);
	return { status: 200, json: { success: true, post_id: post.id } };
}
