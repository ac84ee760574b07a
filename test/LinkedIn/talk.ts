import type { IDataObject } from 'n8n-workflow';

import { conversation, type Line, type Said } from '@/test/support/conversation';
import { HOST, ME, SHARE } from './setup';

export const me: Line = ['GET', '/v2/userinfo', 200, { sub: 'abc', name: 'Alice Example' }];
export const named: Line = [
	'GET',
	'/rest/organizations/1001',
	200,
	{ id: 1001, localizedName: 'Crosspost Works', vanityName: 'works' },
];
export const published = (id = SHARE): Line => [
	'POST',
	'/rest/posts',
	201,
	'',
	{ 'x-restli-id': id },
];

/** Conversations of a post by the member only, or by the organization. */
export const asMember = (...lines: Line[]) => conversation(HOST, [me, ...lines]);
export const asWorks = (...lines: Line[]) => conversation(HOST, [me, named, ...lines]);

/** Requests without the headers that all of them have. */
export const said = ({ requests }: { requests: Said[] }) =>
	requests.map(({ method, path, query, body }) => ({
		method,
		path,
		...(Object.keys(query).length > 0 && { query }),
		...(body !== '' && { body }),
	}));

export const bodyOf = (commentary: string, more: IDataObject = {}) => ({
	author: ME,
	commentary,
	visibility: 'PUBLIC',
	distribution: {
		feedDistribution: 'MAIN_FEED',
		targetEntities: [],
		thirdPartyDistributionChannels: [],
	},
	lifecycleState: 'PUBLISHED',
	isReshareDisabledByAuthor: false,
	...more,
});
