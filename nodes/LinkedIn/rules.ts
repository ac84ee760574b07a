import type { Media } from '../shared/contract/media';
import type { Post } from '../shared/contract/post';
import type { Problem } from '../shared/contract/problem';
import { isVideo } from '../shared/media/kind';
import { problemsOf } from '../shared/publish/problems';
import type { Options } from './options';
import { authorIn, ownPostIn } from './urns';

/** https://learn.microsoft.com/en-us/linkedin/marketing/community-management/shares/videos-api */
const SMALLEST_VIDEO = 75_000;

const { when, warnWhen, over } = problemsOf('linkedIn');

export function check(post: Post): Problem[] {
	return [...together(post), ...addresses(post), ...post.media.flatMap(videoProblems)];
}

function together({ media, options, poll, target }: Post): Problem[] {
	const { reshare, visibility } = options as Options;
	const given = [
		...(media.length > 0 ? ['media'] : []),
		...(poll ? ['a poll'] : []),
		...(reshare ? ['a reshared post'] : []),
	];
	const author = authorIn(target);
	const member = !author || ('urn' in author && author.urn.startsWith('urn:li:person:'));
	return [
		...over(given.length, 1, 'post.exclusive', `One post cannot have ${given.join(' and ')}`),
		...when(
			visibility === 'CONNECTIONS' && !member,
			'visibility.organization',
			'An organization has no connections: choose another visibility',
		),
	];
}

function addresses({ target, options }: Post): Problem[] {
	const { reshare } = options as Options;
	return [
		...when(
			target && !authorIn(target),
			'target.address',
			`"${target}" is not the ID, URN or URL of an organization on LinkedIn`,
			{ actual: target },
		),
		...when(
			reshare && !ownPostIn(reshare),
			'reshare.address',
			`"${reshare}" names no post by urn:li:share:… or urn:li:ugcPost:…`,
			{ actual: reshare },
		),
	];
}

function videoProblems({ mime, name, bytes = Infinity }: Media): Problem[] {
	return warnWhen(
		isVideo({ mime }) && bytes < SMALLEST_VIDEO,
		'media.small',
		`${name}: ${bytes} bytes, LinkedIn processes videos from ${SMALLEST_VIDEO} on`,
		{ limit: SMALLEST_VIDEO, actual: bytes },
	);
}
