import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { DateTime } from 'luxon';

import type { Api } from '../shared/contract/api';
import type { Operation, Page } from '../shared/contract/operation';
import { textField } from '../shared/editor/fields';
import { refuse } from '../shared/errors/failure';
import { fromLittleText, toLittleText } from './littleText';
import { actorOf, nextOf, organizations, type Listed } from './organizations';
import { addComment } from './publish';
import { granted } from './token';
import { commentable, encoded, postUrn, urlOf } from './urns';

const newTextField: INodeProperties = {
	...textField,
	required: true,
	description: 'The text that takes the place of the one before',
};

const commentField: INodeProperties = {
	...textField,
	required: true,
	description: 'The text of the comment',
};

export const linkedInOperations: Operation[] = [
	{
		resource: 'comment',
		operation: 'create',
		name: 'Create',
		action: 'Create a comment',
		description:
			'Comment on a post, or answer a comment given by its URN. Needs the scope w_member_social_feed or w_organization_social_feed.',
		onTarget: true,
		onPost: true,
		fields: [commentField],
		run: async (api, { post, target, text }) => {
			const { urn: actor } = await actorOf(api, target);
			return await addComment(api, { ...commentable(post), actor, text: String(text ?? '') });
		},
	},
	{
		resource: 'organization',
		operation: 'getAll',
		name: 'Get Many',
		action: 'Get many organizations',
		description: 'Get many organizations that the account may post for',
		scope: 'rw_organization_admin',
		pageSize: 50,
		page: async (api, _input, limit, cursor) => await organizations(api, limit, cursor),
	},
	{
		resource: 'post',
		operation: 'delete',
		name: 'Delete',
		action: 'Delete a post',
		description: 'Delete a post of the account or its organization',
		onTarget: true,
		onPost: true,
		run: async (api, { post }) => {
			const id = postUrn(post);
			await api.send({
				method: 'DELETE',
				path: pathOf(id),
				headers: { 'x-restli-method': 'DELETE' },
			});
			return { id, deleted: true };
		},
	},
	{
		resource: 'post',
		operation: 'edit',
		name: 'Edit',
		action: 'Edit a post',
		description: 'Change the text of a post. LinkedIn allows nothing else, and not for polls.',
		onTarget: true,
		onPost: true,
		fields: [newTextField],
		run: async (api, { post, text }) => {
			const id = postUrn(post);
			const commentary = toLittleText(String(text ?? ''));
			await api.send({
				method: 'POST',
				path: pathOf(id),
				headers: { 'x-restli-method': 'PARTIAL_UPDATE' },
				body: { patch: { $set: { commentary } } },
				repeatable: true,
			});
			return { id, url: urlOf(api, id), edited: true };
		},
	},
	{
		resource: 'post',
		operation: 'get',
		name: 'Get',
		action: 'Get a post',
		description: 'Get a post of an organization by its URN or URL',
		onTarget: true,
		onPost: true,
		scope: 'r_organization_social',
		simplify: shortOf,
		run: async (api, { post }) => await api.send({ path: pathOf(postUrn(post)) }),
	},
	{
		resource: 'post',
		operation: 'getAll',
		name: 'Get Many',
		action: 'Get many posts',
		description:
			'Get many posts of an organization, newest first. LinkedIn lets hardly any app read those of a member.',
		onTarget: true,
		scope: 'r_organization_social',
		pageSize: 100,
		simplify: shortOf,
		page: async (api, { target }, limit, cursor) => {
			const { urn } = await actorOf(api, target);
			return mayRead(api, urn) ? await listPosts(api, urn, limit, cursor) : refuseMember();
		},
	},
];

/**
 * Whether the token may read the author's posts. A member's posts need a scope that LinkedIn grants
 * to few apps.
 */
export function mayRead({ token }: Api, author: string): boolean {
	const organization = author.startsWith('urn:li:organization:');
	return organization || granted(token.scope).includes('r_member_social');
}

export async function listPosts(
	api: Api,
	author: string,
	count: number,
	cursor = '0',
): Promise<Page> {
	const start = Number(cursor);
	const found = await api.send<Listed<IDataObject>>({
		// The path contains the query, because a URN must be encoded and HTTP clients do not encode its
		// colons.
		path: `/rest/posts?q=author&author=${encoded(author)}&sortBy=CREATED&start=${start}&count=${count}`,
		headers: { 'x-restli-method': 'FINDER' },
	});
	return { items: api.listIn(found.elements), ...nextOf(found, start, count) };
}

function refuseMember(): never {
	return refuse({
		code: 'permission_missing',
		platform: 'linkedIn',
		rule: 'linkedIn.scope.closed',
		message:
			'LinkedIn shows the posts of a member only to apps with the scope r_member_social, which it gives to few.',
		remediation: 'Choose an organization as the author, or request the scope if your app has it.',
	});
}

function pathOf(urn: string) {
	return `/rest/posts/${encoded(urn)}`;
}

function shortOf(post: IDataObject, api: Api): IDataObject {
	const { id, author, commentary, visibility, createdAt, lastModifiedAt } = post;
	return {
		id,
		url: urlOf(api, String(id)),
		text: fromLittleText(String(commentary ?? '')),
		author,
		visibility,
		createdAt: isoOf(createdAt),
		updatedAt: isoOf(lastModifiedAt),
	};
}

function isoOf(epoch: unknown): string | null {
	const time = DateTime.fromMillis(Number(epoch), { zone: 'utc' });
	return time.isValid ? time.toISO() : null;
}
