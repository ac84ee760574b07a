import twitter from 'twitter-text';
import type { Fields } from '../kit/body';
import { refuse } from '../kit/types';
import { badParameter, graphError, noObject } from './errors';
import type { Container, MediaType, Server } from './model';

const REPLY_CONTROL = [
	'everyone',
	'accounts_you_follow',
	'mentioned_only',
	'parent_post_author_only',
	'followers_only',
];
const PLAIN_OPTIONS = [
	'is_spoiler_media',
	'location_id',
	'enable_reply_approvals',
	'crossreshare_to_ig',
	'crossreshare_to_ig_dark_mode',
];

export const string = (value: unknown): string =>
	value === undefined || value === null ? '' : String(value);
export const truth = (value: unknown): boolean =>
	value === true || value === 'true' || value === '1';

/** Counts code points, but an emoji by its UTF-8 bytes. */
function textLength(text: string): number {
	const segments = [...new Intl.Segmenter(undefined, { granularity: 'grapheme' }).segment(text)];
	return segments.reduce((sum, { segment }) => {
		const isEmoji = /\p{Extended_Pictographic}|\p{Regional_Indicator}/u.test(segment);
		return sum + (isEmoji ? Buffer.byteLength(segment) : [...segment].length);
	}, 0);
}

function object(name: string, value: unknown): Fields | undefined {
	if (value === undefined || value === '') return undefined;
	if (typeof value === 'object' && value !== null) return value as Fields;
	try {
		return JSON.parse(string(value)) as Fields;
	} catch {
		return badParameter(`Param ${name} must be a JSON encoded object`);
	}
}

export function mediaType(value: unknown): MediaType {
	const known = ['TEXT', 'IMAGE', 'VIDEO', 'CAROUSEL'];
	if (known.includes(string(value))) return value as MediaType;
	return badParameter(
		`Param media_type must be one of {${known.join(', ')}} - got "${string(value)}".`,
	);
}

/** Checks the options of a container besides its media, by the platform's own names. */
export function checkedOptions(
	server: Server,
	account: string,
	type: MediaType,
	fields: Fields,
): Fields {
	const text = string(fields.text);
	if (textLength(text) > 500) badParameter('Param text must be at most 500 characters long.');
	const link = string(fields.link_attachment);
	if (link && type !== 'TEXT')
		badParameter('Param link_attachment can only be used with media type TEXT');
	if (link && !URL.canParse(link)) badParameter('Param link_attachment must be a valid URL');
	checkLinks(text, link);
	const control = string(fields.reply_control);
	if (control && !REPLY_CONTROL.includes(control))
		badParameter(
			`Param reply_control must be one of {${REPLY_CONTROL.join(', ')}} - got "${control}".`,
		);
	const tag = fields.topic_tag === undefined ? undefined : string(fields.topic_tag);
	if (tag !== undefined && (!tag || [...tag].length > 50 || /[.&]/.test(tag)))
		badParameter(
			'Param topic_tag must be between 1 and 50 characters and cannot contain "." or "&"',
		);
	if ([...string(fields.alt_text)].length > 1000)
		badParameter('Param alt_text must be at most 1000 characters long.');
	const plain = PLAIN_OPTIONS.filter((name) => fields[name] !== undefined);
	return {
		...(link && { link_attachment: link }),
		...(control && { reply_control: control }),
		...(tag && { topic_tag: tag }),
		...attachments(type, fields, link),
		...ghost(type, fields),
		...countries(server, account, fields),
		...Object.fromEntries(plain.map((name) => [name, fields[name]])),
	};
}

function checkLinks(text: string, link: string): void {
	const links = new Set([...twitter.extractUrls(text), ...(link ? [link] : [])]);
	if (links.size > 5) limited('THREADS_API__LINK_LIMIT_EXCEEDED');
}

function limited(message: string): never {
	return refuse(graphError({ code: 100, type: 'THApiException', message }));
}

function attachments(type: MediaType, fields: Fields, link: string): Fields {
	const poll = object('poll_attachment', fields.poll_attachment);
	const long = object('text_attachment', fields.text_attachment);
	const gif = object('gif_attachment', fields.gif_attachment);
	const spoilers = object('text_entities', fields.text_entities);
	for (const [name, value] of Object.entries({
		poll_attachment: poll,
		text_attachment: long,
		gif_attachment: gif,
	}))
		if (value && type !== 'TEXT')
			badParameter(`Param ${name} can only be used with media type TEXT`);
	if (poll) checkPoll(poll, Boolean(link || long));
	if (long && [...string(long.plaintext)].length > 10_000)
		badParameter('Param text_attachment.plaintext must be at most 10000 characters long.');
	if (Array.isArray(spoilers) && spoilers.length > 10)
		badParameter('Param text_entities takes at most 10 entities');
	return {
		...(poll && { poll_attachment: poll }),
		...(long && { text_attachment: long }),
		...(gif && { gif_attachment: gif }),
		...(spoilers && { text_entities: spoilers }),
	};
}

function checkPoll(poll: Fields, occupied: boolean): void {
	const names = ['option_a', 'option_b', 'option_c', 'option_d'];
	if (occupied)
		badParameter('Param poll_attachment cannot be used with link_attachment or text_attachment');
	if (Object.keys(poll).some((name) => !names.includes(name)) || !poll.option_a || !poll.option_b)
		badParameter(
			'Param poll_attachment must have option_a and option_b, and may have option_c and option_d',
		);
	if (poll.option_d && !poll.option_c)
		badParameter('Param poll_attachment has option_d without option_c');
	const wrong = Object.values(poll).some(
		(option) => !string(option) || [...string(option)].length > 25,
	);
	if (wrong) badParameter('Poll options must be between 1 and 25 characters');
}

function ghost(type: MediaType, fields: Fields): Fields {
	if (!truth(fields.is_ghost_post)) return {};
	if (type !== 'TEXT' || fields.reply_to_id)
		badParameter('Param is_ghost_post can only be used with text posts that are no reply');
	return { is_ghost_post: true };
}

function countries({ settings }: Server, account: string, fields: Fields): Fields {
	const given = fields.allowlisted_country_codes;
	if (given === undefined) return {};
	const codes = Array.isArray(given) ? given.map(string) : string(given).split(',');
	if (!settings.geoGating.includes(account)) limited('THREADS_API__FEATURE_NOT_AVAILABLE');
	if (!codes.every((code) => /^[A-Z]{2}$/.test(code)))
		limited('THREADS_API__GEO_GATING_INVALID_COUNTRY_CODES');
	return { allowlisted_country_codes: codes };
}

/** Items of a carousel must be own, meant for it, processed and not used elsewhere. */
export function checkedChildren({ state }: Server, account: string, value: unknown): Container[] {
	const ids = Array.isArray(value) ? value.map(string) : string(value).split(',').filter(Boolean);
	if (ids.length < 2 || ids.length > 20)
		badParameter('Param children must have between 2 and 20 elements.');
	return ids.map((id) => {
		const child = state.containers.find((one) => one.id === id && one.account === account);
		if (!child || !child.isCarouselItem) return refuse(noObject(id, 'post'));
		if (child.error || child.fetching || child.pollsLeft > 0)
			return badParameter(`Carousel item ${id} has not finished processing.`);
		return child;
	});
}

/**
 * A reply to a stranger needs a thread of one's own, or the scopes that find other people's posts.
 */
export function checkedParent(
	{ state }: Server,
	account: string,
	scopes: string[],
	value: unknown,
): string | undefined {
	const id = string(value);
	if (!id) return undefined;
	const find = (wanted: string | undefined) => state.posts.find((post) => post.id === wanted);
	const parent = find(id);
	if (!parent) return refuse(noObject(id, 'post'));
	let root = parent;
	while (root.replyTo && find(root.replyTo)) root = find(root.replyTo)!;
	const wide = scopes.some((scope) =>
		['threads_keyword_search', 'threads_manage_mentions'].includes(scope),
	);
	if (root.account !== account && !wide)
		refuse(
			graphError({
				code: 10,
				status: 403,
				message: 'Application does not have permission for this action',
			}),
		);
	return id;
}
