import type { IDataObject } from 'n8n-workflow';

import { bluesky } from './bluesky';
import { facebook } from './facebook';
import { instagram } from './instagram';
import { linkedIn } from './linkedIn';
import { mastodon } from './mastodon';
import { pinterest } from './pinterest';
import { threads } from './threads';
import { tikTok } from './tikTok';
import { binary, byId, fromWeb, given, WAITING, WEB, type Plan } from './values';
import { x } from './x';

export const platformPlans: Record<string, Plan> = {
	...{ bluesky, facebook, instagram, linkedIn, mastodon, pinterest, threads, tikTok, x },
};

const everywhere = Object.keys(platformPlans);
const COMMON = ['longText', 'numbering', 'processingWait', 'rateLimitWait'];

/** The Crosspost node that publishes the same as this node of one platform. */
function byCrosspost(id: string, { options, thread: _, ...rest }: IDataObject): IDataObject {
	const { target, authentication, ...post } = rest;
	const chosen = Object.entries((options ?? {}) as IDataObject);
	const common = chosen.filter(([name]) => COMMON.includes(name));
	const own = chosen.filter(([name]) => !COMMON.includes(name));
	return {
		...post,
		platforms: [id],
		...(target !== undefined && { [`${id}Target`]: target }),
		...(authentication !== undefined && { [`${id}Authentication`]: authentication }),
		options: Object.fromEntries(common),
		[id]: Object.fromEntries(own),
	};
}

/**
 * Whether a node has more than text and media, so that it differs from other nodes of its platform.
 */
const special = (node: IDataObject) =>
	Boolean(node.options ?? node.target ?? node.authentication) && !node.operation && !node.resource;

const ofPlatforms: Plan = Object.fromEntries(
	Object.entries(platformPlans).flatMap(([id, plan]) =>
		Object.entries(plan)
			.filter(([name, node]) => special(node) && name !== WAITING)
			.map(([name, node]) => [`${name}, ${id}`, byCrosspost(id, node)]),
	),
);

const places = {
	facebookTarget: byId(given('page')),
	pinterestTarget: byId(given('board')),
};

const overridden = (overrideMedia: IDataObject) =>
	Object.fromEntries(
		everywhere.map((id) => [
			id,
			{
				...{ overrideText: `For ${id}`, overrideLink: `${WEB}/article?for=${id}`, overrideMedia },
				...(id === 'tikTok' && { privacy: 'PUBLIC_TO_EVERYONE' }),
			},
		]),
	);

const ofFilm = { text: 'Film', media: binary('film', 'A film', '0,0') };
const forAll = {
	...{ platforms: everywhere, ...places, text: 'Hello', media: fromWeb('/c.jpg') },
	tikTok: { privacy: 'PUBLIC_TO_EVERYONE' },
};

export const crosspost: Plan = {
	'Publish everywhere': { ...forAll, link: `${WEB}/article`, publishWhen: 'passing' },
	'Publish everywhere or nowhere': {
		...{ ...forAll, platforms: ['bluesky', 'mastodon', 'x'] },
		publishWhen: 'all',
	},
	'Publish nowhere, since one refuses': {
		...{ platforms: ['instagram', 'x'], text: 'No picture', publishWhen: 'all' },
	},
	'Publish where it passes': { platforms: ['instagram', 'x'], text: 'No picture' },
	'Publish different files': {
		...{ platforms: everywhere, ...places, ...overridden(binary('one', 'Mine', '0,0')) },
	},
	'Publish different files of the web': {
		...{ platforms: everywhere, ...places, ...overridden(fromWeb('/c.jpg')) },
	},
	'Publish a film': { ...ofFilm, platforms: ['bluesky', 'mastodon', 'threads'] },
	...ofPlatforms,
	'Validate everywhere': { ...forAll, operation: 'validate' },
	'Validate a film': { ...ofFilm, operation: 'validate', platforms: ['linkedIn', 'x', 'tikTok'] },
	'Get many accounts': { resource: 'account', platforms: everywhere },
	'Get many accounts in other ways': {
		...{ resource: 'account', platforms: ['facebook', 'instagram', 'mastodon', 'threads'] },
		...{ facebookAuthentication: 'accessToken', instagramAuthentication: 'facebookLogin' },
		...{ mastodonAuthentication: 'accessToken', threadsAuthentication: 'accessToken' },
	},
	'Get an account with a pasted token': {
		...{ resource: 'account', platforms: ['instagram'] },
		instagramAuthentication: 'accessToken',
	},
};
