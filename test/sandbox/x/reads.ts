import type { Call, Reply, Route } from '../kit/types';
import { refuse } from '../kit/types';
import { postEntity, userEntity, type PostFields } from './entities';
import { userId, type Server, type XPost, type XState } from './model';
import { READ, invalid, missing, user } from './problems';

const SAME =
	'article attachments card_uri community_id context_annotations conversation_id created_at display_text_range edit_controls entities geo id lang media_metadata non_public_metrics organic_metrics possibly_sensitive promoted_metrics public_metrics reply_settings scopes source text withheld';
/** X has two names for these parameters, and answers in the one that was used. */
const POST_FIELDS = {
	'post.fields': `${SAME} article_title matched_media_notes note_post paid_partnership`,
	'tweet.fields': `${SAME} author_id edit_history_tweet_ids in_reply_to_user_id note_tweet referenced_tweets`,
};
const USER_FIELDS =
	'confirmed_email connection_status created_at description entities id is_identity_verified location name parody pinned_tweet_id profile_banner_url profile_image_url protected public_metrics receives_your_dm subscribes_to_you subscription subscription_type url username verified verified_followers_count verified_type withheld'.split(
		' ',
	);

export function readRoutes(server: Server): Route[] {
	const route = (operation: string, path: string, run: (call: Call) => Reply): Route => ({
		operation,
		method: 'GET',
		path,
		handle: run,
	});
	return [
		route('me', '/2/users/me', (call) => me(server, call)),
		route('get', '/2/tweets/:id', (call) => one(server, call)),
		route('list', '/2/users/:id/tweets', (call) => timeline(server, call)),
		route('communities', '/2/communities/search', (call) => communities(server, call)),
		route('community', '/2/communities/:id', (call) => {
			user(server, call, READ);
			const found = server.state.communities.find(({ id }) => id === call.params.id);
			return found ? { status: 200, json: { data: found } } : missing('community', call.params.id!);
		}),
	];
}

function fields({ query }: Call, name: string, allowed: string[]): string[] {
	const asked = query.get(name)?.split(',').filter(Boolean) ?? [];
	const unknown = asked.filter((field) => !allowed.includes(field));
	if (unknown.length)
		refuse(
			invalid(
				[
					`The \`${name}\` query parameter value [${unknown.join(',')}] is not one of [${allowed.join(',')}]`,
				],
				{
					[name]: unknown,
				},
			),
		);
	return asked;
}

function postFields({ settings }: Server, call: Call): PostFields {
	const names = Object.keys(POST_FIELDS) as Array<keyof typeof POST_FIELDS>;
	const known = names.filter((name) => ['either', name].includes(settings.postFields));
	const strange = names.find((name) => call.query.has(name) && !known.includes(name));
	if (strange)
		return refuse(
			invalid(
				[`The query parameter [${strange}] is not one of [id,expansions,${known.join(',')}]`],
				{
					[strange]: [call.query.get(strange)!],
				},
			),
		);
	const name = names.find((one) => call.query.has(one)) ?? 'tweet.fields';
	return { words: name, asked: fields(call, name, POST_FIELDS[name].split(' ')) };
}

function number({ query }: Call, name: string, min: number, max: number, usual: number): number {
	const given = query.get(name);
	if (given === null) return usual;
	const value = Number(given);
	if (Number.isInteger(value) && value >= min && value <= max) return value;
	return refuse(
		invalid([`The \`${name}\` query parameter value [${given}] is not between ${min} and ${max}`], {
			[name]: [given],
		}),
	);
}

function me(server: Server, call: Call): Reply {
	const account = user(server, call, READ);
	const asked = fields(call, 'user.fields', USER_FIELDS);
	return { status: 200, json: { data: userEntity(server, account, asked) } };
}

function one(server: Server, call: Call): Reply {
	user(server, call, READ);
	const asked = postFields(server, call);
	if (!/^[0-9]{1,19}$/.test(call.params.id!))
		return invalid([`The \`id\` query parameter value [${call.params.id}] is not valid`]);
	const post = server.state.posts.find(({ id }) => id === call.params.id);
	if (!post) return missing('tweet', call.params.id!);
	return { status: 200, json: { data: postEntity(server, post, asked) } };
}

function timeline(server: Server, call: Call): Reply {
	user(server, call, READ);
	const asked = postFields(server, call);
	const limit = number(call, 'max_results', 5, 100, 10);
	const { query } = call;
	const exclude = query.get('exclude')?.split(',') ?? [];
	const before = cursor(query.get('pagination_token')) ?? query.get('until_id');
	const since = query.get('since_id');
	const start = Date.parse(query.get('start_time') ?? '') || 0;
	const end = Date.parse(query.get('end_time') ?? '') || Infinity;
	const fits = (post: XPost) =>
		userId(post.account) === call.params.id &&
		!isForCommunity(server.state, post) &&
		!(exclude.includes('replies') && post.replyTo) &&
		(!before || BigInt(post.id) < BigInt(before)) &&
		(!since || BigInt(post.id) > BigInt(since)) &&
		Date.parse(post.createdAt) >= start &&
		Date.parse(post.createdAt) < end;
	const all = server.state.posts
		.filter(fits)
		.sort((left, right) => (BigInt(left.id) < BigInt(right.id) ? 1 : -1));
	const shown = all.slice(0, limit);
	if (!shown.length) return { status: 200, json: { meta: { result_count: 0 } } };
	return {
		status: 200,
		json: {
			data: shown.map((post) => postEntity(server, post, asked)),
			meta: {
				result_count: shown.length,
				newest_id: shown[0]!.id,
				oldest_id: shown.at(-1)!.id,
				...(all.length > limit && { next_token: token(shown.at(-1)!.id) }),
			},
		},
	};
}

/**
 * A community's post is on the profile only if it is shared; answers to it stay in the community.
 */
function isForCommunity(state: XState, { options, replyTo }: XPost): boolean {
	const parent = state.posts.find(({ id }) => id === replyTo);
	const alone = options.community_id && !options.share_with_followers;
	return Boolean(
		alone || parent?.options.community_id || (parent && isForCommunity(state, parent)),
	);
}

function token(id: string): string {
	return Buffer.from(`v1.${id}`).toString('base64url');
}

function cursor(given: string | null): string | undefined {
	if (given === null) return undefined;
	const id = /^v1\.(\d+)$/.exec(Buffer.from(given, 'base64url').toString())?.[1];
	return (
		id ??
		refuse(
			invalid([`The \`pagination_token\` query parameter value [${given}] is not valid`], {
				pagination_token: [given],
			}),
		)
	);
}

function communities(server: Server, call: Call): Reply {
	user(server, call, READ);
	const wanted = call.query.get('query') ?? '';
	if (!wanted) return invalid(['The `query` query parameter can not be empty']);
	const limit = number(call, 'max_results', 10, 100, 10);
	const from = Number(
		cursor(call.query.get('next_token') ?? call.query.get('pagination_token')) ?? 0,
	);
	const all = server.state.communities.filter(({ name }) =>
		name.toLowerCase().includes(wanted.toLowerCase()),
	);
	const shown = all.slice(from, from + limit);
	const more = all.length > from + limit;
	return {
		status: 200,
		json: {
			...(shown.length && { data: shown }),
			meta: {
				result_count: shown.length,
				...(more && { next_token: token(String(from + limit)) }),
			},
		},
	};
}
