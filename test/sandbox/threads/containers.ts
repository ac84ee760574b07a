import { DAY } from '../kit/clock';
import type { Fields } from '../kit/body';
import { crawl } from '../kit/crawler';
import { sniff } from '../kit/sniff';
import { refuse, type Call, type Reply } from '../kit/types';
import { badParameter, input, noObject, self, unreachable } from './errors';
import type { Container, ContainerStatus, MediaType, Server, ThreadsMedia } from './model';
import { publishNow, refuseOverQuota } from './publish';
import { checkedChildren, checkedOptions, checkedParent, mediaType, string, truth } from './rules';

const IMAGE_BYTES = 8 * 1024 * 1024;
const VIDEO_BYTES = 1024 * 1024 * 1024;

export function statusOf({ clock }: Server, container: Container): ContainerStatus {
	if (container.published) return 'PUBLISHED';
	if (clock.now() - container.createdAt >= DAY) return 'EXPIRED';
	if (container.fetching || container.pollsLeft > 0) return 'IN_PROGRESS';
	return container.error ? 'ERROR' : 'FINISHED';
}

/** `POST /me/threads`: makes a container, or with auto_publish_text the post itself. */
export async function createContainer(server: Server, call: Call): Promise<Reply> {
	const account = self(server, call, 'threads_content_publish');
	const fields = input(call);
	const type = mediaType(fields.media_type);
	const container = checked(server, call, account, type, fields);
	if (type === 'IMAGE') await takeImage(server, container, fields);
	if (type === 'VIDEO') startVideo(server, container, fields);
	if (type === 'CAROUSEL') takeChildren(server, container, fields);
	pace(server, container, call);
	if (truth(fields.auto_publish_text) && type === 'TEXT') {
		refuseOverQuota(server, container);
		return { status: 200, json: { id: publishNow(server, container).id } };
	}
	server.state.containers.push(container);
	return { status: 200, json: { id: container.id } };
}

function checked(
	server: Server,
	call: Call,
	account: string,
	type: MediaType,
	fields: Fields,
): Container {
	const isCarouselItem = truth(fields.is_carousel_item);
	if (isCarouselItem && !['IMAGE', 'VIDEO'].includes(type))
		badParameter('Param is_carousel_item can only be used with media type IMAGE or VIDEO');
	const options = checkedOptions(server, account, type, fields);
	const hasContent = [
		'link_attachment',
		'text_attachment',
		'gif_attachment',
		'poll_attachment',
	].some((name) => name in options);
	if (type === 'TEXT' && !string(fields.text) && !hasContent)
		badParameter('Param text is required for media type TEXT');
	const replyTo = checkedParent(server, account, call.token?.scopes ?? [], fields.reply_to_id);
	const quoteOf = string(fields.quote_post_id);
	if (quoteOf && !server.state.posts.some(({ id }) => id === quoteOf))
		refuse(noObject(quoteOf, 'post'));
	return {
		id: server.newId(),
		account,
		mediaType: type,
		text: string(fields.text),
		isCarouselItem,
		media: [],
		children: [],
		...(replyTo && { replyTo }),
		...(quoteOf && { quoteOf }),
		options,
		createdAt: server.clock.now(),
		pollsLeft: 0,
		fetching: false,
		published: false,
	};
}

/** An image that cannot be fetched is reported at once, one with a wrong format in the status. */
async function takeImage(server: Server, container: Container, fields: Fields): Promise<void> {
	const url = string(fields.image_url);
	if (!url) badParameter('Param image_url is required for media type IMAGE');
	const digest = await crawl(server, url, IMAGE_BYTES);
	if (!digest) return refuse(unreachable());
	const seen = sniff(digest.head);
	const { width = 1, height = 1 } = seen ?? {};
	if (!['image/jpeg', 'image/png'].includes(seen?.type ?? '')) container.error = 'UNKNOWN';
	else if (Math.max(width / height, height / width) > 10) container.error = 'INVALID_ASPEC_RATIO';
	const { length, sha256 } = digest;
	const size = { ...(seen?.width && { width, height }) };
	container.media = [
		{
			...described(container, fields, url),
			type: seen?.type ?? 'unknown',
			length,
			sha256,
			...size,
		},
	];
}

function startVideo(server: Server, container: Container, fields: Fields): void {
	const url = string(fields.video_url);
	if (!url) badParameter('Param video_url is required for media type VIDEO');
	container.fetching = true;
	void crawl(server, url, VIDEO_BYTES).then((digest) => {
		const type = digest && sniff(digest.head)?.type;
		if (!digest) container.error = 'FAILED_DOWNLOADING_VIDEO';
		else if (!['video/mp4', 'video/quicktime'].includes(type ?? ''))
			container.error = 'FAILED_PROCESSING_VIDEO';
		else {
			const { length, sha256 } = digest;
			container.media = [{ ...described(container, fields, url), type: type!, length, sha256 }];
		}
		container.fetching = false;
	});
}

function described(
	container: Container,
	fields: Fields,
	url: string,
): Pick<ThreadsMedia, 'id' | 'alt' | 'fetchedFrom'> {
	const alt = string(fields.alt_text);
	return { id: container.id, fetchedFrom: url, ...(alt && { alt }) };
}

function takeChildren(server: Server, container: Container, fields: Fields): void {
	const children = checkedChildren(server, container.account, fields.children);
	container.children = children.map(({ id }) => id);
	container.media = children.flatMap(({ media }) => media);
}

/** Sets the number of status reads and the result, unless a fault decides them. */
function pace({ settings }: Server, container: Container, { fault }: Call): void {
	const usual = container.mediaType === 'TEXT' ? settings.textPolls : settings.polls;
	container.pollsLeft = fault?.kind === 'slow-processing' ? (fault.polls ?? 3) : usual;
	if (fault?.kind === 'media-refused')
		container.error = container.mediaType === 'VIDEO' ? 'FAILED_PROCESSING_VIDEO' : 'UNKNOWN';
}

/** The fields of a status read; each read brings the end of processing nearer. */
export function containerFields(server: Server, container: Container): Fields {
	const status = statusOf(server, container);
	if (!container.fetching) container.pollsLeft = Math.max(0, container.pollsLeft - 1);
	return {
		id: container.id,
		status,
		...(status === 'ERROR' && { error_message: container.error }),
	};
}
