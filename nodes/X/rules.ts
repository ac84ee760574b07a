import type { Media } from '../shared/contract/media';
import type { Post } from '../shared/contract/post';
import type { Problem } from '../shared/contract/problem';
import { isVideo } from '../shared/media/kind';
import { isFirst } from '../shared/publish/isFirst';
import { isOutside, problemsOf, span } from '../shared/publish/problems';
import { linked } from '../shared/text/link';
import { communityIdIn, postIdIn } from './ids';
import { communityOf, type Options } from './options';

/** https://docs.x.com/x-api/media/quickstart/best-practices */
const VIDEO = { seconds: { min: 0.5, max: 140 }, width: 1280, height: 1024, least: 32 };
/** USD per post since April 2026: https://docs.x.com/x-api/getting-started/pricing */
const PRICE = { usual: 0.015, withLink: 0.2 };
/** Longer words are not links. */
const LONGEST_LINK = 4096;

const { when, warnWhen, over } = problemsOf('x');

export async function check(post: Post): Promise<Problem[]> {
	const options = post.options as Options;
	return [
		...(isFirst(post) ? [...together(post), ...pollProblems(post), ...addresses(options)] : []),
		...post.media.filter(isVideo).flatMap((medium) => videoProblems(medium, options)),
		...(await textProblems(linked(post))),
	];
}

function together({ media, options, poll }: Post): Problem[] {
	const { quote, shareWithFollowers } = options as Options;
	const given = [
		...(media.length > 0 ? ['media'] : []),
		...(poll ? ['a poll'] : []),
		...(quote ? ['a quoted post'] : []),
	];
	return [
		...over(given.length, 1, 'post.exclusive', `One post cannot have ${given.join(' and ')}`),
		...when(
			shareWithFollowers && !communityOf(options),
			'community.missing',
			'Share with Followers is for posts into a community',
		),
	];
}

/** Rules for polls beyond the limits. */
function pollProblems({ poll }: Post): Problem[] {
	const actual = poll?.minutes;
	const message = `The poll lasts ${actual} minutes, X takes whole ones`;
	return when(poll && !Number.isInteger(actual), 'poll.duration', message, { actual });
}

function addresses(options: Options): Problem[] {
	const { quote, replyTo } = options;
	const community = communityOf(options);
	const unless = (id: string | undefined, rule: string, actual = '', what = 'post') =>
		when(actual && !id, rule, `"${actual}" is not the URL or ID of a ${what} on X`, { actual });
	return [
		...unless(postIdIn(replyTo), 'reply.address', replyTo),
		...unless(postIdIn(quote), 'quote.address', quote),
		...unless(communityIdIn(community), 'community.address', community, 'community'),
	];
}

/** Accounts with Premium may post longer videos; X does not document how long. */
function videoProblems(medium: Media, { premium }: Options): Problem[] {
	const { name, seconds } = medium;
	const { min, max } = VIDEO.seconds;
	const limit = span(VIDEO.seconds);
	return [
		...when(
			isOutside(seconds, { min, max: premium ? Infinity : max }),
			'media.duration',
			`${name}: ${seconds} s, X takes ${limit} s, more only with Premium`,
			{ limit, actual: seconds },
		),
		...sidesProblems(medium),
	];
}

function sidesProblems({ name, width = 0, height = 0 }: Media): Problem[] {
	if (!width || !height) return [];
	const actual = `${width}×${height}`;
	const [long, short] = [Math.max(width, height), Math.min(width, height)];
	const least = `${VIDEO.least}×${VIDEO.least}`;
	const most = `${VIDEO.width}×${VIDEO.height}`;
	return [
		...when(
			short < VIDEO.least,
			'media.pixels',
			`${name}: ${actual} is less than the ${least} that X takes`,
			{ limit: least, actual },
		),
		...warnWhen(
			long > VIDEO.width || short > VIDEO.height,
			'media.pixels',
			`${name}: ${actual} is more than the ${most} that X promises to take`,
			{ limit: most, actual },
		),
	];
}

async function textProblems(text: string): Promise<Problem[]> {
	const { extractCashtags, extractUrls } = await import('../shared/vendor/twitterText');
	const cashtags = extractCashtags(text).length;
	const hasLink = text
		.split(/\s+/)
		// Cuts words, because X's package takes seconds for long ones with many dots.
		.some((word) => word.includes('.') && extractUrls(word.slice(0, LONGEST_LINK)).length > 0);
	return [
		...over(cashtags, 1, 'cashtag.count', `The text has ${cashtags} cashtags ($ABC), X takes one`),
		...warnWhen(
			hasLink,
			'link.price',
			`A link makes the post about ${Math.round(PRICE.withLink / PRICE.usual)} times dearer: X bills $${PRICE.withLink.toFixed(3)} for it instead of $${PRICE.usual}`,
		),
	];
}
