import { DAY } from '../kit/clock';
import { refuse } from '../kit/types';
import { failed, wrong, type Fields } from './answers';
import type { Server } from './model';

const POSTS_A_DAY = 15;
const USERS_A_DAY = 5;
const CAPTION = 2200;
const TITLE = 90;
const DESCRIPTION = 4000;

const PUBLIC = ['PUBLIC_TO_EVERYONE', 'MUTUAL_FOLLOW_FRIENDS', 'SELF_ONLY'];
const PRIVATE = ['FOLLOWER_OF_CREATOR', 'MUTUAL_FOLLOW_FRIENDS', 'SELF_ONLY'];

/**
 * The privacy levels of an account:
 * https://developers.tiktok.com/doc/content-posting-api-reference-direct-post
 */
export function privacyLevels({ settings }: Server, account: string): string[] {
	return settings.privateAccounts.includes(account) ? PRIVATE : PUBLIC;
}

export function checkedInfo(server: Server, account: string, info: Fields): Fields {
	limited('title', info.title, CAPTION);
	flags(info, 'disable_comment', 'disable_duet', 'disable_stitch', 'is_aigc');
	const at = info.video_cover_timestamp_ms;
	if (at !== undefined && (!Number.isInteger(at) || Number(at) < 0))
		wrong('video_cover_timestamp_ms is invalid');
	direct(server, account, info);
	return info;
}

/** A draft accepts only title and description; the creator decides the rest. */
export function checkedPhotoInfo(
	server: Server,
	account: string,
	draft: boolean,
	info: Fields,
): Fields {
	limited('title', info.title, TITLE);
	limited('description', info.description, DESCRIPTION);
	flags(info, 'disable_comment', 'auto_add_music', 'is_aigc');
	if (!draft) direct(server, account, info);
	const { title, description } = info;
	return draft ? { title, description } : info;
}

function direct(server: Server, account: string, info: Fields): void {
	const { settings } = server;
	flags(info, 'brand_content_toggle', 'brand_organic_toggle');
	const privacy = info.privacy_level;
	if (typeof privacy !== 'string' || privacy === '') wrong('privacy_level is required');
	const isPrivate = settings.privateAccounts.includes(account);
	if (!settings.audited && !(isPrivate && privacy === 'SELF_ONLY'))
		refuse(failed('unaudited_client_can_only_post_to_private_accounts'));
	if (!privacyLevels(server, account).includes(String(privacy)))
		refuse(failed('privacy_level_option_mismatch'));
	if (info.brand_content_toggle && privacy === 'SELF_ONLY')
		wrong('Branded content cannot be private');
	const blocked = blockedBy(server, account);
	if (blocked) refuse(failed(blocked));
}

/** Limits on who may post and how often; creator_info reports them with HTTP 200. */
export function blockedBy({ state, clock, settings }: Server, account: string): string | undefined {
	const since = new Date(clock.now() - DAY).toISOString();
	const today = state.posts.filter(({ createdAt }) => createdAt > since);
	if (today.filter((post) => post.account === account).length >= POSTS_A_DAY)
		return 'spam_risk_too_many_posts';
	const users = new Set(today.map((post) => post.account));
	const another = !users.has(account) && users.size >= USERS_A_DAY;
	return another && !settings.audited ? 'reached_active_user_cap' : undefined;
}

/** Length in UTF-16 code units. */
function limited(name: string, value: unknown, most: number): void {
	if (value !== undefined && typeof value !== 'string') wrong(`${name} is invalid`);
	if (String(value ?? '').length > most) wrong(`${name} is too long`);
}

function flags(info: Fields, ...names: string[]): void {
	for (const name of names)
		if (info[name] !== undefined && typeof info[name] !== 'boolean') wrong(`${name} is invalid`);
}
