import { DAY, HOUR } from '../kit/clock';
import { bearerAuth } from '../kit/consent';
import { postPage } from '../kit/page';
import { rates } from '../kit/rates';
import type { Surroundings } from '../kit/server';
import { tokenStore } from '../kit/tokens';
import type { Call, Platform, Refusals, TokenRequest } from '../kit/types';
import { forbidden, restError, tokenError } from './errors';
import { mediaRoutes } from './media';
import {
	MEMBER_SCOPES,
	personUrn,
	settings,
	type LinkedInOptions,
	type LinkedInPost,
	type LinkedInState,
	type Server,
} from './model';
import { issue, oauthRoutes } from './oauth';
import { duplicateOf, postRoutes } from './posts';
import { readRoutes } from './reads';
import { mediaError } from './rules';

const UNCOUNTED = ['authorize', 'decide', 'token', 'introspect', 'page', 'upload', 'part'];

export function linkedIn(options: LinkedInOptions, around: Surroundings): Platform<LinkedInState> {
	const server = setUp(options, around);
	const { tokens, state, clock } = server;
	const counted = rates(clock, true);
	return {
		state,
		tokens,
		routes: [
			...oauthRoutes(server),
			...postRoutes(server),
			...mediaRoutes(server),
			...readRoutes(server),
			{
				operation: 'page',
				method: 'GET',
				path: '/feed/update/:urn',
				handle: ({ params }) =>
					postPage(
						'LinkedIn',
						state.posts.find(({ id }) => id === params.urn),
					),
			},
		],
		refusals: refusals(),
		bearer: (call) => bearerAuth(call.headers.authorization),
		/** Limits are for a day of UTC, and no header shows them. */
		limited(call) {
			const token = tokens.find(bearerAuth(call.headers.authorization));
			if (!token || UNCOUNTED.includes(call.operation)) return undefined;
			const day = Math.floor(clock.now() / DAY);
			const limit = { limit: server.settings.dailyCalls, windowMs: 48 * HOUR };
			return counted.count(`${token.account} ${day}`, limit).exceeded ? THROTTLED : undefined;
		},
		issueToken: (asked) => issued(server, asked),
		secrets: () => state.media.map(({ ut }) => ut),
		show: () => ({
			...state,
			media: state.media.map(({ ut: _ut, ...rest }) => rest),
			tokens: tokens.all.map(({ value: _value, refresh: _refresh, ...rest }) => rest),
		}),
	};
}

function setUp(options: LinkedInOptions, { url, clock }: Surroundings): Server {
	let last = 7_300_000_000_000_000_000n;
	const newId = () => {
		last += 4_194_307n;
		return last.toString();
	};
	const state: LinkedInState = {
		posts: [],
		deleted: [],
		media: [],
		comments: [],
		addPost({ account, text, author = personUrn(account) }) {
			const id = `urn:li:share:${newId()}`;
			const now = new Date(clock.now()).toISOString();
			const post: LinkedInPost = {
				id,
				account,
				author,
				text,
				commentary: text,
				cut: '',
				mentions: [],
				url: `${url}/feed/update/${id}/`,
				createdAt: now,
				modifiedAt: now,
				media: [],
				visibility: 'PUBLIC',
				shown: true,
				options: { lifecycleState: 'PUBLISHED' },
			};
			state.posts.push(post);
			return post;
		},
	};
	return { url, clock, settings: settings(options), state, tokens: tokenStore(clock), newId };
}

const THROTTLED = restError({
	status: 429,
	code: 'TOO_MANY_REQUESTS',
	serviceErrorCode: 101,
	message: 'Resource level throttle MEMBER DAY limit for calls to this resource is reached.',
});

/** A post that no longer exists, but that LinkedIn remembers. */
const EARLIER_POST = 'urn:li:share:7100000000000000002';

const CODES: Record<number, string> = {
	500: 'INTERNAL_SERVER_ERROR',
	503: 'SERVICE_UNAVAILABLE',
	504: 'GATEWAY_TIMEOUT',
};

/** Own kinds: daily-limit, duplicate, waiting-upload, processing-failed, conflict, sunset. */
function refusals(): Refusals {
	return {
		notFound: ({ path }: Call) =>
			restError({
				status: 404,
				code: 'RESOURCE_NOT_FOUND',
				message: `No virtual resource found for ${path}`,
			}),
		malformed: (_call, reason) =>
			restError({ status: 400, code: 'BAD_REQUEST', message: `Cannot parse the body: ${reason}` }),
		tooLarge: () =>
			restError({ status: 413, code: 'PAYLOAD_TOO_LARGE', message: 'Payload too large' }),
		// LinkedIn never says how long to wait.
		rateLimited: () =>
			restError({ status: 429, code: 'TOO_MANY_REQUESTS', message: 'Too many requests' }),
		serverError: (_call, status) =>
			restError({
				status,
				code: CODES[status] ?? 'INTERNAL_SERVER_ERROR',
				message: 'Internal Server Error',
			}),
		deadToken: (_call, health) => tokenError(health),
		refused: () =>
			restError({
				status: 400,
				code: 'INVALID_VALUE_FOR_FIELD',
				message: 'The content of this post is not allowed',
			}),
		mediaRefused: () => forbiddenResource(),
		special: {
			'daily-limit': () => THROTTLED,
			denied: () => forbidden('partnerApiPosts.CREATE'),
			duplicate: () => duplicateOf(EARLIER_POST),
			'waiting-upload': () =>
				mediaError('MEDIA_ASSET_WAITING_UPLOAD', 'The media asset is waiting for upload'),
			'processing-failed': () =>
				mediaError('MEDIA_ASSET_PROCESSING_FAILED', 'Processing of the media asset failed'),
			conflict: () => restError({ status: 409, code: 'CONFLICT', message: 'Write conflict' }),
			sunset: () =>
				restError({
					status: 426,
					code: 'NONEXISTENT_VERSION',
					message: 'Requested version 20251001 is not active',
				}),
		},
	};
}

function forbiddenResource() {
	return restError({
		status: 403,
		code: 'ACCESS_DENIED',
		message:
			'Accessing this image resource is forbidden. It is either due to missing permissions or an owner mismatch.',
	});
}

/** `kind: 'member'` gives a token with only the scopes of the self-serve products. */
function issued(server: Server, { account, scopes, kind, lifeMs }: TokenRequest) {
	const who = account ?? server.settings.accounts[0]!;
	const granted = scopes ?? (kind === 'member' ? MEMBER_SCOPES : server.settings.products);
	const grant = { client: server.settings.client.id, account: who, scopes: granted };
	const { value, refresh, expiresAt } = issue(server, grant, lifeMs);
	return {
		accessToken: value,
		account: who,
		scopes: granted,
		...(refresh && { refreshToken: refresh }),
		...(expiresAt && { expiresAt }),
	};
}
