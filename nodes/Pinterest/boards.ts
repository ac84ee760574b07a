import type { IDataObject, INodeProperties } from 'n8n-workflow';

import { webOf } from '../shared/connection/webOf';
import type { Api } from '../shared/contract/api';
import type { Operation } from '../shared/contract/operation';
import type { Picker } from '../shared/contract/platform';
import { refuse } from '../shared/errors/failure';
import { boardId, isId, sectionId } from './address';
import { listed, PAGE, searched } from './listing';
import { sectionLocator } from './options';
import { shortPin } from './pin';

const privacies = [
	{ name: 'Protected', value: 'PROTECTED' },
	{ name: 'Public', value: 'PUBLIC' },
	{ name: 'Secret', value: 'SECRET' },
];

const filterField: INodeProperties = {
	displayName: 'Privacy',
	name: 'privacyFilter',
	type: 'options',
	options: [
		{ name: 'All', value: 'ALL' },
		...privacies,
		{ name: 'Public and Secret', value: 'PUBLIC_AND_SECRET' },
	],
	default: 'ALL',
	description: 'Which boards to get. Secret ones need the additional scopes.',
};

const nameField: INodeProperties = {
	displayName: 'Name',
	name: 'name',
	type: 'string',
	default: '',
	required: true,
};

const boardFields: INodeProperties[] = [
	nameField,
	{ displayName: 'Description', name: 'boardDescription', type: 'string', default: '' },
	{
		displayName: 'Privacy',
		name: 'privacy',
		type: 'options',
		options: privacies,
		default: 'PUBLIC',
		description: 'Who may see the board. Secret ones need the additional scopes.',
	},
];

export const boardOperations: Operation[] = [
	{
		resource: 'board',
		operation: 'create',
		name: 'Create',
		action: 'Create a board',
		description: 'Create a board of the account',
		fields: boardFields,
		run: async (api, { name, boardDescription, privacy }) =>
			await api.send({
				method: 'POST',
				path: '/v5/boards',
				body: {
					name,
					...(boardDescription && { description: boardDescription }),
					...(privacy && { privacy }),
				},
			}),
	},
	{
		resource: 'board',
		operation: 'getAll',
		name: 'Get Many',
		action: 'Get many boards',
		description: 'Get many boards of the account, group boards included',
		fields: [filterField],
		pageSize: PAGE,
		simplify: shortBoard,
		page: async (api, { privacyFilter }, limit, cursor) =>
			await listed(api, '/v5/boards', limit, cursor, { privacy: privacyFilter || undefined }),
	},
	{
		resource: 'board',
		operation: 'getPins',
		name: 'Get Pins',
		action: 'Get the pins of a board',
		description: 'Get many Pins of a board, or of one of its sections',
		onTarget: true,
		fields: [sectionLocator],
		pageSize: PAGE,
		simplify: shortPin,
		page: async (api, { target, boardSection }, limit, cursor) => {
			const section = sectionId(boardSection);
			const place = `/v5/boards/${boardId(target)}${section ? `/sections/${section}` : ''}`;
			return await listed(api, `${place}/pins`, limit, cursor);
		},
	},
	{
		resource: 'boardSection',
		operation: 'create',
		name: 'Create',
		action: 'Create a board section',
		description: 'Create a section of a board',
		onTarget: true,
		fields: [nameField],
		run: async (api, { target, name }) =>
			await api.send({
				method: 'POST',
				path: `/v5/boards/${boardId(target)}/sections`,
				body: { name },
			}),
	},
	{
		resource: 'boardSection',
		operation: 'getAll',
		name: 'Get Many',
		action: 'Get many board sections',
		description: 'Get many sections of a board',
		onTarget: true,
		pageSize: PAGE,
		page: async (api, { target }, limit, cursor) =>
			await listed(api, `/v5/boards/${boardId(target)}/sections`, limit, cursor),
	},
];

/** Searches boards; omits those for ads only, which accept no organic Pins. */
export const searchBoards: Picker = async (api, filter, cursor) => {
	const { items, cursor: next } = await searched(api, '/v5/boards', filter, cursor);
	const results = items
		.filter(({ is_ads_only }) => is_ads_only !== true)
		.map(({ id, name, privacy }) => ({
			name: privacy === 'SECRET' ? `${String(name)} (secret)` : String(name),
			value: String(id),
		}));
	return { results, cursor: next };
};

export const searchSections: Picker = async (api, filter, cursor, target) => {
	if (!isId(target)) return refuseUnknownBoard();
	const path = `/v5/boards/${boardId(target)}/sections`;
	const { items, cursor: next } = await searched(api, path, filter, cursor);
	return {
		results: items.map(({ id, name }) => ({ name: String(name), value: String(id) })),
		cursor: next,
	};
};

function refuseUnknownBoard(): never {
	return refuse({
		code: 'validation_failed',
		platform: 'pinterest',
		rule: 'pinterest.board.missing',
		message: 'Choose a board first: sections belong to one',
		remediation: 'Where the board is an expression, give the ID of the section.',
	});
}

function shortBoard(item: IDataObject, api: Api): IDataObject {
	const { id, name, description, privacy, pin_count, follower_count, created_at } = item;
	const { username } = (item.owner ?? {}) as IDataObject;
	return {
		id,
		name,
		description,
		privacy,
		owner: username,
		...(username && { ownerUrl: `${webOf(api)}/${String(username)}/` }),
		pins: pin_count,
		followers: follower_count,
		createdAt: created_at,
	};
}
