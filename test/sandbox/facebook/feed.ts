import { DAY, MINUTE, SECOND } from '../kit/clock';
import type { Fields } from '../kit/body';
import { refuse, type Call, type Reply } from '../kit/types';
import { asPage, badParam, graphError, input, text, truth, type GraphPage } from '../graph';
import type { FacebookPhoto, FacebookPost, PostKind, Server } from './model';

const LONGEST = 63_206;
/** Further options of a post; stored as they were sent. */
const OPTIONS = [
	'place',
	'tags',
	'targeting',
	'feed_targeting',
	'call_to_action',
	'backdated_time',
	'backdated_time_granularity',
	'unpublished_content_type',
	'text_format_preset_id',
	'title',
	'content_category',
];

/** https://developers.facebook.com/documentation/pages-api/posts */
export function createPost(server: Server, call: Call): Reply {
	const page = asPage(server, call, 'pages_manage_posts', 'pages_read_engagement');
	const fields = input(call);
	const message = checkedText(fields.message);
	const link = checkedLink(text(fields.link));
	const when = checkedTime(server, fields, 30);
	const photos = attached(server, page, fields.attached_media, when.scheduled !== undefined);
	if (!message && !link && !photos.length)
		refuse(graphError({ code: 100, message: '(#100) Missing message or attachment' }));
	const post = newPost(server, page, 'feed', message, {
		...when,
		options: { ...(link && { link }), ...kept(fields) },
		media: photos,
	});
	for (const photo of photos) photo.post = post.id;
	server.state.posts.push(post);
	return { status: 200, json: { id: post.id } };
}

export function newPost(
	{ url, clock, newId }: Server,
	page: GraphPage,
	kind: PostKind,
	message: string,
	more: Partial<FacebookPost>,
): FacebookPost {
	const number = newId();
	return {
		id: `${page.id}_${number}`,
		url: `${url}/${page.id}/posts/${number}`,
		account: page.name,
		page: page.id,
		kind,
		text: message,
		createdAt: new Date(clock.now()).toISOString(),
		published: true,
		media: [],
		options: {},
		...more,
	};
}

export function checkedText(value: unknown): string {
	const message = text(value);
	if ([...message].length > LONGEST)
		badParam(`Param message must be at most ${LONGEST} characters long`);
	return message;
}

function checkedLink(link: string): string {
	if (!link) return '';
	if (!/^https?:\/\/\S+$/.test(link)) badParam('link URL is not properly formatted', 2_061_006);
	if (/^https?:\/\/([^/]+\.)?facebook\.com(\/|$)/.test(link))
		badParam('The url you supplied is invalid', 1_609_008);
	return link;
}

export function kept(fields: Fields): Fields {
	const names = OPTIONS.filter((name) => fields[name] !== undefined);
	return Object.fromEntries(names.map((name) => [name, fields[name]]));
}

/** Checks `published` and the time to publish: unix seconds, or a date in words. */
export function checkedTime(
	{ clock }: Server,
	fields: Fields,
	days: number,
): Pick<FacebookPost, 'published' | 'scheduled'> {
	const published = truth(fields.published, true);
	const given = text(fields.scheduled_publish_time);
	if (!given) return { published };
	if (published) badParam('You cannot specify a scheduled publish time on a published post');
	return { published, scheduled: checkedMoment(clock.now(), given, days) };
}

export function checkedMoment(now: number, given: string, days: number): number {
	const at = /^\d+$/.test(given) ? Number(given) * SECOND : Date.parse(given);
	if (!(at >= now + 10 * MINUTE && at <= now + days * DAY))
		refuse(
			graphError({
				code: 100,
				subcode: 1_363_045,
				message: '(#100) The specified scheduled publish time is invalid.',
			}),
		);
	return Math.floor(at / SECOND);
}

/** `[{"media_fbid":"1"}]`, or one field for each with its number in brackets. */
function attached(
	{ state, clock }: Server,
	page: GraphPage,
	value: unknown,
	later: boolean,
): FacebookPhoto[] {
	const parsed = typeof value === 'string' ? (JSON.parse(value) as unknown) : (value ?? []);
	const list = Object.values(parsed as object).map((one: unknown) =>
		typeof one === 'string' ? (JSON.parse(one) as Fields) : (one as Fields),
	);
	const ids = list.map(({ media_fbid }) => text(media_fbid));
	return ids.map((id, at) => {
		const photo = state.photos.find((one) => one.id === id && one.page === page.id);
		const lives = photo && (clock.now() - photo.createdAt < DAY || (later && photo.temporary));
		if (!photo || !lives)
			return badParam(`Param attached_media[${at}]['media_fbid'] must be a valid ID`);
		if (photo.post || ids.indexOf(id) !== at)
			return badParam('Photos were already posted.', 1_366_051);
		return photo;
	});
}
