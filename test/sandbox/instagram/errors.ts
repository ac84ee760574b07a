import type { Token } from '../kit/tokens';
import { refuse, type Call, type Reply } from '../kit/types';
import { authorized, bearer, deadToken, graphError } from '../graph';
import { userId, type Login, type Server } from './model';

/** https://developers.facebook.com/documentation/instagram-platform/instagram-graph-api/reference/error-codes */
const DOCUMENTED: Record<number, [code: number, message: string, userMessage: string]> = {
	2207001: [-1, 'An unexpected error has occurred.', 'Instagram server error. Try again.'],
	2207003: [-2, 'Timeout', 'It takes too long to download the media.'],
	2207004: [36000, 'The image size is too large.', 'The image should be less than 8 MiB.'],
	2207005: [36001, 'Unsupported image format', 'The image format is not supported.'],
	2207006: [24, 'The requested resource does not exist', 'The media with this id cannot be found.'],
	2207008: [24, 'The requested resource does not exist', 'The media builder has expired.'],
	2207009: [36003, 'Aspect ratio not supported', 'The aspect ratio must be within 4:5 to 1.91:1.'],
	2207010: [36004, 'The caption is too long.', 'The caption is too long.'],
	2207020: [-2, 'Media expired', 'The media you are trying to access has expired.'],
	2207023: [100, 'Unknown media type', 'The media type is unknown.'],
	2207026: [352, 'Unsupported video format', 'The video format is not supported.'],
	2207027: [9007, 'Media ID is not available', 'The media is not ready for publishing.'],
	2207028: [100, 'Carousel validation failed', 'A carousel takes between 2 and 10 media.'],
	2207032: [-1, 'Create media fail', 'Create media fail, please try to re-create media'],
	2207040: [100, 'Too many tags', 'More tags than a media may have.'],
	2207042: [9, 'Application request limit reached', 'Maximum number of posts reached.'],
	2207050: [25, 'Account restricted', 'The Instagram account is restricted.'],
	2207051: [4, 'Application request limit reached', 'We restrict certain activity.'],
	2207052: [9004, 'Only photo or video can be accepted', 'The media could not be fetched.'],
	2207053: [-1, 'Unknown', 'unknown upload error'],
	2207057: [1, 'Thumb offset out of bounds', 'Thumbnail offset must be greater or equal to 0.'],
};

export function documented(subcode: number): Reply {
	const [code, message, userMessage] = DOCUMENTED[subcode]!;
	return graphError({ code, subcode, message, title: message, userMessage });
}

export function fail(subcode: number): never {
	return refuse(documented(subcode));
}

export function badParameter(message: string): never {
	return refuse(graphError({ code: 100, message, type: 'IGApiException' }));
}

export function noObject(id: string, verb = 'get'): Reply {
	return graphError({
		code: 100,
		subcode: 33,
		type: 'IGApiException',
		message: `Unsupported ${verb} request. Object with ID '${id}' does not exist, cannot be loaded due to missing permissions, or does not support this operation`,
	});
}

function missingPermission(): Reply {
	return graphError({
		code: 10,
		status: 403,
		message: '(#10) Application does not have permission for this action',
	});
}

/** graph.facebook.com has its own path here. */
export function loginOf({ path }: Call): Login {
	return path.startsWith('/facebook/') ? 'facebook' : 'instagram';
}

/** The accounts of a call's token; each host knows only its own tokens. */
function reached(server: Server, call: Call): { token: Token; accounts: string[] } {
	if (loginOf(call) === 'facebook') {
		const { token, person, page } = authorized(server.graph, call);
		const pages = server.state.pages.filter(
			({ id, people }) => people.includes(person) && (!page || page.id === id),
		);
		return { token, accounts: pages.flatMap(({ instagram }) => instagram?.username ?? []) };
	}
	const token = own(server, call);
	return { token, accounts: [token.account] };
}

/** Expects a live token of Instagram Login. */
export function own({ tokens, clock }: Server, call: Call): Token {
	const value = bearer(call);
	if (!value)
		return refuse(
			graphError({ code: 104, message: 'An access token is required to request this resource.' }),
		);
	const token = value.startsWith('IG') ? tokens.find(value) : undefined;
	if (!token)
		return refuse(
			graphError({ code: 190, message: 'Invalid OAuth access token - Cannot parse access token' }),
		);
	const health = tokens.health(token);
	if (health !== 'live') return refuse(deadToken(health, clock.now()));
	call.token = token;
	return token;
}

const SCOPES = {
	basic: { instagram: 'instagram_business_basic', facebook: 'instagram_basic' },
	publish: {
		instagram: 'instagram_business_content_publish',
		facebook: 'instagram_content_publish',
	},
	comments: {
		instagram: 'instagram_business_manage_comments',
		facebook: 'instagram_manage_comments',
	},
	insights: {
		instagram: 'instagram_business_manage_insights',
		facebook: 'instagram_manage_insights',
	},
	contents: { instagram: '', facebook: 'instagram_manage_contents' },
};

export type Permission = keyof typeof SCOPES;

/** The accounts for which a call may act; all named permissions must be granted. */
export function accountsOf(server: Server, call: Call, ...permissions: Permission[]): string[] {
	const { token, accounts } = reached(server, call);
	const login = loginOf(call);
	const wanted = ['basic' as const, ...permissions].map((name) => SCOPES[name][login]);
	if (wanted.some((scope) => !token.scopes.includes(scope))) refuse(missingPermission());
	return accounts;
}

/** `/me/…` (only with Instagram Login) or an id that the token reaches. */
export function self(server: Server, call: Call, ...permissions: Permission[]): string {
	const accounts = accountsOf(server, call, ...permissions);
	const { user: whose = '' } = call.params;
	if (whose === 'me' && loginOf(call) === 'instagram') return accounts[0]!;
	const found = accounts.find((account) => userId(account) === whose);
	return found ?? refuse(noObject(whose, call.method.toLowerCase()));
}
