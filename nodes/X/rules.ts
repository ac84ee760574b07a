import type { Media } from '../shared/contract/media';
import type { Post } from '../shared/contract/post';
import type { Problem } from '../shared/contract/problem';
import { linked } from '../shared/text/link';
import { communityIdIn, postIdIn } from './ids';
import { communityOf, type Options } from './options';

/** https://docs.x.com/x-api/media/quickstart/best-practices */
const VIDEO = { seconds: { min: 0.5, max: 140 }, width: 1280, height: 1024, least: 32 };
/** USD a post since April 2026: https://docs.x.com/x-api/getting-started/pricing */
const PRICE = { usual: 0.015, withLink: 0.2 };
/** A word beyond this is no link. */
const LONGEST_LINK = 4096;

export async function check(post: Post): Promise<Problem[]> {
	const options = post.options as Options;
	const first = !post.thread || post.thread.part === 0;
	return [
		...(first ? [...together(post), ...pollProblems(post), ...addresses(options)] : []),
		...post.media.flatMap((medium) => videoProblems(medium, options)),
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
		...when(given.length > 1, {
			rule: 'x.post.exclusive',
			message: `One post cannot have ${given.join(' and ')}`,
			limit: 1,
			actual: given.length,
		}),
		...when(shareWithFollowers && !communityOf(options), {
			rule: 'x.community.missing',
			message: 'Share with Followers is for posts into a community',
		}),
	];
}

/** Beyond what the limits tell. */
function pollProblems({ poll }: Post): Problem[] {
	return when(poll && !Number.isInteger(poll.minutes), {
		rule: 'x.poll.duration',
		message: `The poll lasts ${poll?.minutes} minutes, X takes whole ones`,
		actual: poll?.minutes,
	});
}

function addresses(options: Options): Problem[] {
	const { quote, replyTo } = options;
	const community = communityOf(options);
	const unless = (id: string | undefined, rule: string, given = '', what = 'post') =>
		when(given && !id, {
			rule,
			message: `"${given}" is not the URL or ID of a ${what} on X`,
			actual: given,
		});
	return [
		...unless(postIdIn(replyTo), 'x.reply.address', replyTo),
		...unless(postIdIn(quote), 'x.quote.address', quote),
		...unless(communityIdIn(community), 'x.community.address', community, 'community'),
	];
}

/** Accounts with Premium may post longer ones; how long, X does not say. */
function videoProblems(medium: Media, { premium }: Options): Problem[] {
	const { mime, name, seconds } = medium;
	if (!mime.startsWith('video/')) return [];
	const { min, max } = VIDEO.seconds;
	return [
		...when(seconds !== undefined && outside(seconds, { min, max: premium ? Infinity : max }), {
			rule: 'x.media.duration',
			message: `${name}: ${seconds} s, X takes ${span(VIDEO.seconds)} s, more only with Premium`,
			limit: span(VIDEO.seconds),
			actual: seconds,
		}),
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
		...when(short < VIDEO.least, {
			rule: 'x.media.pixels',
			message: `${name}: ${actual} is less than the ${least} that X takes`,
			limit: least,
			actual,
		}),
		...when(long > VIDEO.width || short > VIDEO.height, {
			rule: 'x.media.pixels',
			message: `${name}: ${actual} is more than the ${most} that X promises to take`,
			limit: most,
			actual,
			warning: true,
		}),
	];
}

async function textProblems(text: string): Promise<Problem[]> {
	const { extractCashtags, extractUrls } = await import('../shared/vendor/twitterText');
	const cashtags = extractCashtags(text).length;
	const hasLink = text
		.split(/\s+/)
		// X's package takes seconds for what is long and full of dots.
		.some((word) => word.includes('.') && extractUrls(word.slice(0, LONGEST_LINK)).length > 0);
	return [
		...when(cashtags > 1, {
			rule: 'x.cashtag.count',
			message: `The text has ${cashtags} cashtags ($ABC), X takes one`,
			limit: 1,
			actual: cashtags,
		}),
		...when(hasLink, {
			rule: 'x.link.price',
			message: `A link makes the post about ${Math.round(PRICE.withLink / PRICE.usual)} times dearer: X bills $${PRICE.withLink.toFixed(3)} for it instead of $${PRICE.usual}`,
			warning: true,
		}),
	];
}

function when(wrong: unknown, problem: Problem): Problem[] {
	return wrong ? [problem] : [];
}

function outside(value: number, { min, max }: { min: number; max: number }) {
	return value < min || value > max;
}

function span({ min, max }: { min: number; max: number }) {
	return `${min} to ${max}`;
}
