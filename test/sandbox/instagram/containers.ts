import type { Fields } from '../kit/body';
import { crawl } from '../kit/crawler';
import { sniff } from '../kit/sniff';
import { refuse, type Call, type Reply } from '../kit/types';
import { graphError, input, movieFacts, newRupload } from '../graph';
import { badParameter, fail, loginOf, self } from './errors';
import type { Container, InstagramMedia, MediaType, Server } from './model';
import { checkedChildren, checkedOptions, mediaType, string, truth } from './rules';

const MIB = 1024 ** 2;
const IMAGE_BYTES = 8 * MIB;
const STORY_BYTES = 100 * MIB;
const VIDEO_BYTES = 300 * MIB;
const FILMS = ['video/mp4', 'video/quicktime'];
const FILM_WIDTH = 1920;

/** `POST /{ig-user}/media`: makes a container, which is not visible. */
export async function createContainer(server: Server, call: Call): Promise<Reply> {
	const account = self(server, call, 'publish');
	const fields = input(call);
	const type = mediaType(fields);
	if (type === 'STORIES' && server.settings.creators.includes(account))
		refuse(graphError({ code: 10, message: '(#10) The user is not an Instagram Business' }));
	const container = fresh(server, account, type, fields);
	const resumable = isResumable(call, type, fields);
	await takeMedia(server, container, fields, resumable);
	pace(server, container, call);
	server.state.containers.push(container);
	const { id } = container;
	const uri = `${server.url}/ig-api-upload/v26.0/${id}`;
	return { status: 200, json: { id, ...(resumable && { uri }) } };
}

function fresh(server: Server, account: string, type: MediaType, fields: Fields): Container {
	return {
		id: server.newId(),
		account,
		mediaType: type,
		caption: string(fields.caption),
		isCarouselItem: truth(fields.is_carousel_item),
		media: [],
		children: [],
		options: checkedOptions(type, fields),
		createdAt: server.clock.now(),
		pollsLeft: 0,
		fetching: false,
		published: false,
	};
}

/** Documented for graph.facebook.com; the other host does not know the parameter. */
function isResumable(call: Call, type: MediaType, { upload_type }: Fields) {
	if (string(upload_type) !== 'resumable' || loginOf(call) !== 'facebook') return false;
	if (['REELS', 'STORIES', 'VIDEO'].includes(type)) return true;
	return badParameter('(#100) Resumable upload is for videos only');
}

async function takeMedia(
	server: Server,
	container: Container,
	fields: Fields,
	resumable: boolean,
): Promise<void> {
	const { mediaType: type } = container;
	if (type === 'CAROUSEL') return takeChildren(server, container, fields);
	if (resumable) return void (container.upload = newRupload());
	const image = string(fields.image_url);
	const video = string(fields.video_url);
	if (type === 'IMAGE' || (type === 'STORIES' && image && !video)) {
		if (!image) badParameter('(#100) The parameter image_url is required');
		container.media = [await takeImage(server, container, image, string(fields.alt_text))];
		return;
	}
	if (!video) badParameter('(#100) The parameter video_url is required');
	const cover = string(fields.cover_url);
	if (type === 'REELS' && cover) await takeImage(server, container, cover, '');
	startVideo(server, container, video);
}

/** Fetches an image at once and reports its problems at once. */
async function takeImage(
	server: Server,
	container: Container,
	url: string,
	alt: string,
): Promise<InstagramMedia> {
	const digest = await crawl(server, url, 4 * IMAGE_BYTES);
	if (!digest) return fail(2207052);
	const { type, width = 1, height = 1 } = sniff(digest.head) ?? {};
	// A web page is not a media file.
	if (!type) return fail(2207052);
	if (type !== 'image/jpeg') return fail(2207005);
	if (digest.length > IMAGE_BYTES) return fail(2207004);
	const ratio = width / height;
	const single = container.mediaType === 'IMAGE' && !container.isCarouselItem;
	if (single && (ratio < 0.8 || ratio > 1.91)) return fail(2207009);
	const { length, sha256 } = digest;
	const more = { fetchedFrom: url, ...(alt && { alt }) };
	return { id: container.id, type, length, sha256, width, height, ...more };
}

function startVideo(server: Server, container: Container, url: string): void {
	const atMost = container.mediaType === 'STORIES' ? STORY_BYTES : VIDEO_BYTES;
	container.fetching = true;
	void crawl(server, url, atMost).then((digest) => {
		const fault = digest ? filmFault(digest.head) : 2207077;
		container.error ??= fault;
		if (digest && !fault) {
			const { length, sha256, head } = digest;
			const { type } = sniff(head)!;
			container.media = [{ id: container.id, type, length, sha256, fetchedFrom: url }];
		}
		container.fetching = false;
	});
}

/** Returns the code that the status reports if Instagram does not accept the video. */
export function filmFault(head: Buffer): number | undefined {
	const { width = 0 } = movieFacts(head);
	return FILMS.includes(sniff(head)?.type ?? '') && width <= FILM_WIDTH ? undefined : 2207026;
}

function takeChildren(server: Server, container: Container, fields: Fields): void {
	const children = checkedChildren(server, container.account, fields.children);
	container.children = children.map(({ id }) => id);
	container.media = children.flatMap(({ media, options }) =>
		media.map((one) => ({ ...one, ...(options.user_tags !== undefined && options) })),
	);
}

/** Sets the number of status reads and the result, unless a fault decides them. */
function pace({ settings }: Server, container: Container, { fault }: Call): void {
	const slow = fault?.kind === 'slow-processing';
	container.pollsLeft = slow ? (fault.polls ?? 3) : settings.polls;
	if (fault?.kind === 'media-refused') container.error = 2207026;
}
