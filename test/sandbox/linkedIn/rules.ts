import { refuse } from '../kit/types';
import { invalid, restError, unknownFields } from './errors';
import type { Understood } from './littleText';
import { assetStatus, type Asset, type AssetKind, type Server } from './model';

/** https://learn.microsoft.com/en-us/linkedin/marketing/community-management/shares/posts-api */
export interface Created {
	author: string;
	commentary: string;
	visibility: string;
	distribution: { feedDistribution: string };
	lifecycleState: string;
	isReshareDisabledByAuthor?: boolean;
	content?: Content;
	reshareContext?: { parent: string };
}

export interface Content {
	media?: { id: string; title?: string; altText?: string };
	multiImage?: { images: Array<{ id: string; altText?: string }> };
	article?: { source: string; title: string; description?: string; thumbnail?: string };
	poll?: {
		question: string;
		options: Array<{ text: string }>;
		settings: { duration: string; voteSelectionType?: string; isVoterVisibleToAuthor?: boolean };
	};
}

const COMMENTARY = 3000;
const ALT = 4086;
const REQUIRED = ['author', 'commentary', 'visibility', 'distribution', 'lifecycleState'];
const VISIBILITIES = ['PUBLIC', 'CONNECTIONS', 'LOGGED_IN', 'CONTAINER'];
const KINDS = ['media', 'multiImage', 'article', 'poll'];
const DURATIONS = ['ONE_DAY', 'THREE_DAYS', 'SEVEN_DAYS', 'FOURTEEN_DAYS'];

export function checkPost(given: Record<string, unknown>): Created {
	unknownFields(given, [...REQUIRED, 'isReshareDisabledByAuthor', 'content', 'reshareContext'], '');
	for (const field of REQUIRED)
		if (given[field] === undefined || given[field] === null)
			invalid(
				'MISSING_FIELD',
				`/${field} :: field is required but not found and has no default value`,
				field,
			);
	const post = given as unknown as Created;
	if (typeof post.commentary !== 'string')
		invalid('INVALID_VALUE_FOR_FIELD', '/commentary :: is no string', 'commentary');
	oneOf('visibility', post.visibility, VISIBILITIES);
	oneOf('distribution/feedDistribution', post.distribution.feedDistribution, ['MAIN_FEED', 'NONE']);
	oneOf('lifecycleState', post.lifecycleState, ['PUBLISHED']);
	if (post.visibility === 'CONNECTIONS' && post.author.includes(':organization:'))
		invalid('INVALID_VALUE_FOR_FIELD', 'An organization has no connections', 'visibility');
	if (post.content) checkContent(post.content);
	if (post.content && post.reshareContext)
		invalid('INVALID_VALUE_FOR_FIELD', 'A reshare has no content of its own', 'content');
	return post;
}

export function checkLength({ text }: Understood): void {
	tooLong('commentary', text, COMMENTARY);
}

function checkContent(content: Content): void {
	unknownFields(content, KINDS, '/content');
	const kinds = Object.keys(content);
	if (kinds.length !== 1)
		invalid('INVALID_VALUE_FOR_FIELD', 'content must have exactly one member', 'content');
	const { media, multiImage, article, poll } = content;
	if (media) {
		checkUrn(media.id, ['image', 'video', 'document'], 'content/media/id');
		tooLong('content/media/altText', media.altText, ALT);
		if (media.id.includes(':document:') && !media.title)
			invalid('MISSING_FIELD', 'A document needs a title', 'content/media/title');
	}
	if (multiImage) checkImages(multiImage.images ?? []);
	if (article) checkArticle(article);
	if (poll) checkPoll(poll);
}

function checkImages(images: NonNullable<Content['multiImage']>['images']): void {
	if (images.length < 2 || images.length > 20)
		invalid(
			'INVALID_VALUE_FOR_FIELD',
			`${images.length} images, 2 to 20 are taken`,
			'content/multiImage',
		);
	for (const { id, altText } of images) {
		checkUrn(id, ['image'], 'content/multiImage/images');
		tooLong('content/multiImage/images/altText', altText, ALT);
	}
}

function checkArticle(article: NonNullable<Content['article']>): void {
	unknownFields(article, ['source', 'title', 'description', 'thumbnail'], '/content/article');
	for (const field of ['source', 'title'] as const)
		if (!article[field]) invalid('MISSING_FIELD', `/content/article/${field} is required`, field);
	if (!URL.canParse(article.source))
		invalid(
			'INVALID_VALUE_FOR_FIELD',
			'/content/article/source is no URL',
			'content/article/source',
		);
	if (article.thumbnail) checkUrn(article.thumbnail, ['image'], 'content/article/thumbnail');
}

/** https://learn.microsoft.com/en-us/linkedin/marketing/community-management/shares/poll-post-api */
function checkPoll({ question, options, settings }: NonNullable<Content['poll']>): void {
	if (!question)
		invalid('INVALID_VALUE_BLANK_FIELD', 'The poll has no question', 'content/poll/question');
	tooLong('content/poll/question', question, 140);
	if (!Array.isArray(options) || options.length < 2 || options.length > 4)
		invalid('INVALID_VALUE_FOR_FIELD', 'A poll has 2 to 4 options', 'content/poll/options');
	for (const { text } of options) tooLong('content/poll/options/text', text, 30);
	oneOf('content/poll/settings/duration', settings?.duration, DURATIONS);
	if (settings.isVoterVisibleToAuthor === false)
		invalid(
			'INVALID_VALUE_FOR_FIELD',
			'isVoterVisibleToAuthor must be true',
			'content/poll/settings',
		);
}

function oneOf(field: string, value: unknown, values: string[]): void {
	if (!values.includes(String(value)))
		invalid(
			'INVALID_VALUE_FOR_FIELD',
			`/${field} :: "${String(value)}" is not an enum symbol`,
			field,
		);
}

function tooLong(field: string, text: string | undefined, max: number): void {
	if (text !== undefined && text.length > max)
		invalid(
			'FIELD_LENGTH_TOO_LONG',
			`/${field} :: length of ${text.length} exceeds the maximum of ${max}`,
			field,
		);
}

function checkUrn(urn: unknown, kinds: AssetKind[], field: string): void {
	const kind = /^urn:li:(\w+):/.exec(String(urn))?.[1];
	if (!kinds.includes(kind as AssetKind))
		invalid('INVALID_URN_TYPE', `"${String(urn)}" is not a URN of type ${kinds.join(', ')}`, field);
}

const NAMES: Record<AssetKind, string> = {
	image: 'INVALID_IMAGE_ID',
	video: 'INVALID_VIDEO_ID',
	document: 'INVALID_URN_ID',
};

/** Checks the media of a post: they must be the author's own and uploaded, and videos processed. */
export function attached(server: Server, { author, content = {} }: Created): Asset[] {
	const { media, multiImage, article } = content;
	const ids = [
		...(media ? [media.id] : []),
		...(multiImage?.images.map(({ id }) => id) ?? []),
		...(article?.thumbnail ? [article.thumbnail] : []),
	];
	return ids.map((id) => {
		const asset = server.state.media.find((one) => one.id === id);
		const kind = /^urn:li:(\w+):/.exec(id)![1] as AssetKind;
		if (!asset || asset.owner !== author)
			return invalid(NAMES[kind], `${id} is not valid`, 'content');
		const status = assetStatus(asset, server.clock.now());
		if (status === 'WAITING_UPLOAD' || (kind === 'video' && status === 'PROCESSING'))
			refuse(
				mediaError('MEDIA_ASSET_WAITING_UPLOAD', `The media asset ${id} is waiting for upload`),
			);
		if (kind === 'video' && status === 'PROCESSING_FAILED')
			refuse(
				mediaError('MEDIA_ASSET_PROCESSING_FAILED', `Processing of the media asset ${id} failed`),
			);
		return asset;
	});
}

export function mediaError(code: string, message: string) {
	return restError({ status: 400, code, message });
}
