import type { Media } from '../shared/contract/media';
import type { Post } from '../shared/contract/post';
import type { Problem } from '../shared/contract/problem';
import { hasPoll, pollOptionsOf, type Options } from './options';
import { authorIn, ownPostIn } from './urns';

/** https://learn.microsoft.com/en-us/linkedin/marketing/community-management/shares/poll-post-api */
const POLL = { question: 140, answers: { min: 2, max: 4 }, answer: 30 };
/** https://learn.microsoft.com/en-us/linkedin/marketing/community-management/shares/videos-api */
const SMALLEST_VIDEO = 75_000;
/** As clients report it; LinkedIn's pages do not say. */
const COMMENT = 1250;

export function check(post: Post): Problem[] {
	const options = post.options as Options;
	return [
		...together(post),
		...addresses(post),
		...(hasPoll(options) ? pollProblems(options) : []),
		...post.media.flatMap(videoProblems),
		...when((options.firstComment?.length ?? 0) > COMMENT, {
			rule: 'linkedIn.comment.length',
			message: `The first comment has ${options.firstComment?.length} characters, LinkedIn is said to take ${COMMENT}`,
			limit: COMMENT,
			actual: options.firstComment?.length,
			warning: true,
		}),
	];
}

function together({ media, options, target }: Post): Problem[] {
	const { reshare, visibility } = options as Options;
	const given = [
		...(media.length > 0 ? ['media'] : []),
		...(hasPoll(options) ? ['a poll'] : []),
		...(reshare ? ['a reshared post'] : []),
	];
	const author = authorIn(target);
	const member = !author || ('urn' in author && author.urn.startsWith('urn:li:person:'));
	return [
		...when(given.length > 1, {
			rule: 'linkedIn.post.exclusive',
			message: `One post cannot have ${given.join(' and ')}`,
			limit: 1,
			actual: given.length,
		}),
		...when(visibility === 'CONNECTIONS' && !member, {
			rule: 'linkedIn.visibility.organization',
			message: 'An organization has no connections: choose another visibility',
		}),
	];
}

function addresses({ target, options }: Post): Problem[] {
	const { reshare } = options as Options;
	return [
		...when(target && !authorIn(target), {
			rule: 'linkedIn.target.address',
			message: `"${target}" is not the ID, URN or URL of an organization on LinkedIn`,
			actual: target,
		}),
		...when(reshare && !ownPostIn(reshare), {
			rule: 'linkedIn.reshare.address',
			message: `"${reshare}" names no post by urn:li:share:… or urn:li:ugcPost:…`,
			actual: reshare,
		}),
	];
}

function pollProblems(options: Options): Problem[] {
	const { pollQuestion = '' } = options;
	const answers = pollOptionsOf(options);
	const { min, max } = POLL.answers;
	return [
		...when(!pollQuestion, { rule: 'linkedIn.poll.question', message: 'The poll has no question' }),
		...tooLong('linkedIn.poll.question', 'The question of the poll', pollQuestion, POLL.question),
		...when(answers.length < min || answers.length > max, {
			rule: 'linkedIn.poll.options',
			message: `The poll has ${answers.length} options, LinkedIn takes ${min} to ${max}`,
			limit: `${min} to ${max}`,
			actual: answers.length,
		}),
		...answers.flatMap((answer) =>
			tooLong('linkedIn.poll.option.length', `The poll option "${answer}"`, answer, POLL.answer),
		),
	];
}

function tooLong(rule: string, what: string, { length }: string, limit: number): Problem[] {
	const message = `${what} has ${length} characters, LinkedIn takes ${limit}`;
	return when(length > limit, { rule, message, limit, actual: length });
}

function videoProblems({ mime, name, bytes }: Media): Problem[] {
	return when(mime.startsWith('video/') && bytes !== undefined && bytes < SMALLEST_VIDEO, {
		rule: 'linkedIn.media.small',
		message: `${name}: ${bytes} bytes, LinkedIn processes videos from ${SMALLEST_VIDEO} on`,
		limit: SMALLEST_VIDEO,
		actual: bytes,
		warning: true,
	});
}

function when(wrong: unknown, problem: Problem): Problem[] {
	return wrong ? [problem] : [];
}
