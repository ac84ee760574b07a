import type { INodePropertyOptions } from 'n8n-workflow';

import type { Api } from '../shared/contract/api';
import type { Limits } from '../shared/contract/limits';
import type { Post } from '../shared/contract/post';
import type { Problem } from '../shared/contract/problem';
import { refuse } from '../shared/errors/failure';
import { isVideo } from '../shared/media/kind';
import { problemsOf } from '../shared/publish/problems';
import { isDraft, PRIVACY_NAMES, type Options } from './options';

const { when, over } = problemsOf('tikTok');

/** https://developers.tiktok.com/doc/content-posting-api-reference-query-creator-info */
export interface Creator {
	creator_username?: string;
	creator_nickname?: string;
	creator_avatar_url?: string;
	privacy_level_options?: string[];
	comment_disabled?: boolean;
	duet_disabled?: boolean;
	stitch_disabled?: boolean;
	max_video_post_duration_sec?: number;
}

/** Limits of an account, with the choices of its owner. */
interface CreatorLimits extends Limits {
	creator?: Creator;
}

export async function creatorInfo(api: Api): Promise<Creator> {
	const { data } = await api.send<{ data: Creator }>({
		method: 'POST',
		path: '/v2/post/publish/creator_info/query/',
		body: {},
		repeatable: true,
	});
	return data;
}

/**
 * Reads the account's limits. Continues without them if TikTok does not answer or the token only
 * allows drafts.
 */
export async function limitsOf(api: Api): Promise<Limits> {
	if (!granted(api, 'video.publish')) return api.limits;
	const read = async () => await creatorInfo(api);
	const creator = await api.tolerate('Reading what the creator may choose', read);
	return { ...api.limits, ...(creator && { creator }) };
}

/** Lists the account's privacy levels. TikTok's rules allow showing no others. */
export async function privaciesOf(api: Api): Promise<INodePropertyOptions[]> {
	const { privacy_level_options = [] } = await creatorInfo(api);
	return privacy_level_options.map((value) => ({ name: PRIVACY_NAMES[value] ?? value, value }));
}

/**
 * Reads and checks the creator's settings, as TikTok requires before each post:
 * https://developers.tiktok.com/doc/content-sharing-guidelines
 */
export async function creatorFor(api: Api, post: Post): Promise<Creator> {
	const { creator } = api.limits as CreatorLimits;
	if (creator) return creator;
	const read = await creatorInfo(api);
	const problems = creatorProblems(post, { ...api.limits, creator: read } as Limits);
	const [first] = problems;
	if (!first) return read;
	const { rule, message } = first;
	return refuse({ code: 'validation_failed', platform: 'tikTok', rule, message, problems });
}

/** Problems with choices that the account is known not to allow. */
export function creatorProblems({ media, options }: Post, limits: Limits): Problem[] {
	const { creator } = limits as CreatorLimits;
	if (!creator || isDraft(options)) return [];
	const { privacy = '', allowComments, allowDuets, allowStitches } = options as Options;
	const choices = creator.privacy_level_options ?? [privacy];
	const longest = creator.max_video_post_duration_sec;
	const hasVideo = media.some(isVideo);
	return [
		...when(
			privacy && !choices.includes(privacy),
			'privacy.choice',
			`The account does not allow the privacy ${privacy}, only ${choices.join(', ')}`,
			{ limit: choices.join(', '), actual: privacy },
		),
		...offWhen(allowComments && creator.comment_disabled, 'comments'),
		...offWhen(hasVideo && allowDuets && creator.duet_disabled, 'duets'),
		...offWhen(hasVideo && allowStitches && creator.stitch_disabled, 'stitches'),
		...media.flatMap(({ name, seconds }) => {
			const message = `${name}: ${seconds} s, the account may post up to ${longest} s`;
			return over(seconds, longest, 'media.creatorDuration', message);
		}),
	];
}

function offWhen(wrong: unknown, what: string): Problem[] {
	const message = `The account has ${what} switched off in the TikTok app, so the post cannot allow them`;
	return when(wrong, `${what}.off`, message);
}

/** Whether the token has a scope; true if the token names no scopes. */
export function granted({ token }: Pick<Api, 'token'>, scope: string): boolean {
	return !token.scope || token.scope.split(/[\s,]+/).includes(scope);
}
