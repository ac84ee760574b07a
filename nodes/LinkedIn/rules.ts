import type { Media } from '../shared/contract/media';
import type { Post } from '../shared/contract/post';
import type { Problem } from '../shared/contract/problem';
import type { Options } from './options';
import { authorIn, ownPostIn } from './urns';

/** https://learn.microsoft.com/en-us/linkedin/marketing/community-management/shares/videos-api */
const SMALLEST_VIDEO = 75_000;

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
